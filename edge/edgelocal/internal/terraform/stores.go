package terraform

import "github.com/edgehelpers/lambdaedge/edge/edgesim"

// A Store is the aws_cloudfront_key_value_store of a CloudFront Function.
type Store struct{ ARN, Name string } // "" when they are not known

// stores are the key value stores of a file.
type stores struct {
	names map[string]string            // by ARN, which a plan does not know
	pairs map[string]map[string]string // the same
}

// storesOf finds the stores, and the values that the file puts into them.
func storesOf(all []resource) stores {
	s := stores{map[string]string{}, map[string]map[string]string{}}
	for _, r := range all {
		arn := r.text("key_value_store_arn")
		switch r.Type {
		case "aws_cloudfront_key_value_store":
			s.names[r.text("arn")] = r.text("name")
		case "aws_cloudfrontkeyvaluestore_key":
			s.add(arn, r.Values)
		case "aws_cloudfrontkeyvaluestore_keys_exclusive":
			pairs, _ := r.Values["resource_key_value_pair"].([]any)
			for _, p := range pairs {
				pair, _ := p.(map[string]any)
				s.add(arn, pair)
			}
		}
	}
	return s
}

func (s stores) add(arn string, pair map[string]any) {
	key, isKey := pair["key"].(string)
	value, isValue := pair["value"].(string)
	if !isKey || !isValue {
		return
	}
	if s.pairs[arn] == nil {
		s.pairs[arn] = map[string]string{}
	}
	s.pairs[arn][key] = value
}

// of is the store of a CloudFront Function. In a plan, which does not know what a function has, it is the one that the file has.
func (s stores) of(r resource) (Store, *edgesim.KeyValueStore) {
	associations, known := r.Values["key_value_store_associations"]
	list, _ := associations.([]any)
	arn := ""
	if len(list) > 0 {
		arn, _ = list[0].(string)
	}
	if len(list) == 0 && (known || len(s.names) != 1) {
		return Store{}, nil
	}
	return Store{ARN: arn, Name: s.names[arn]}, &edgesim.KeyValueStore{Pairs: s.pairs[arn]}
}
