package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// A store is a CloudFront Function's key value store, as a configuration has it.
type store struct {
	arn, name string // "" when they are not known
	file      string // of its values, on this machine; "" when the configuration names none
	from      string // the ARN of the object that fills it; "" when it is not known
}

// keyValueStore is the store of a CloudFront Function; nil when it has none. One whose values are not here is empty. written is what the
// configuration has of it.
func (b *binder) keyValueStore(n awsconfig.FunctionName, written *edgesim.KeyValueStore) *edgesim.KeyValueStore {
	s, has := b.project.stores[cmp.Or(n.ARN, n.Address)]
	file, said := b.sayStore(s.arn, s.name, n.ARN, n.Address, n.Name)
	switch {
	case said:
		s.file = file
	case !has:
		return nil
	case written != nil && written.Pairs != nil:
		return written
	case s.file == "":
		name := cmp.Or(s.name, n.Name)
		b.problem("%s: the values of the key value store of the CloudFront Function %s are not known, and it is empty: say which file has them, with -env '%s=FILE.json' or under keyValueStores in %s; %s",
			n.At, n.Name, name, settings.FileName, s.way())
		b.open = append(b.open, open{"keyValueStores", name, "./" + name + ".json", "of the CloudFront Function " + n.Name})
		return &edgesim.KeyValueStore{}
	}
	b.files = append(b.files, s.file)
	read, err := readStore(s.file)
	if err != nil {
		name := cmp.Or(s.name, n.Name)
		for line := range strings.SplitSeq(err.Error(), "\n") {
			b.problem("%s: key value store %s: %s: %s: it is empty here", n.At, name, s.file, line)
		}
		return &edgesim.KeyValueStore{}
	}
	return read
}

// way is how the values of a store that is deployed are had.
func (s *store) way() string {
	if bucket, object, ok := strings.Cut(strings.TrimPrefix(s.from, "arn:aws:s3:::"), "/"); ok {
		return fmt.Sprintf("it is filled by the object s3://%s/%s", bucket, object)
	}
	return "\"aws cloudfront-keyvaluestore list-keys --kvs-arn " + cmp.Or(s.arn, "ARN") + "\" prints such a file of a store that is deployed"
}

// sayStore looks for a store's file under one of the names on the command line and in the settings.
func (b *binder) sayStore(names ...string) (string, bool) {
	for _, name := range names {
		for _, all := range []map[string]string{b.stores, b.settings.KeyValueStores} {
			if file, ok := all[name]; ok && name != "" {
				b.used[name] = true
				return file, true
			}
		}
	}
	return "", false
}

// readStore reads the values of a store: the file that AWS imports, or what "aws cloudfront-keyvaluestore list-keys" prints.
func readStore(file string) (*edgesim.KeyValueStore, error) {
	content, err := settings.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("there is no such file")
	} else if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), file+": "))
	}
	var listed struct{ Items []json.RawMessage }
	if json.Unmarshal(content, &listed) == nil && listed.Items != nil {
		content, _ = json.Marshal(map[string]any{"data": listed.Items})
	}
	read, err := edgesim.ReadKeyValueStore(content)
	if err != nil {
		text := strings.TrimPrefix(err.Error(), "edgesim: key value store: ")
		if line, broken := strings.CutPrefix(place(file, content, err), file+":"); broken {
			text = "line " + line + ": no JSON: " + text
		}
		return nil, errors.New(text)
	}
	return read, nil
}
