package signing

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// MaxTime is the last second that CloudFront takes: "use a 32-bit integer for a date that's no later than 2147483647
// (January 19th, 2038 at 03:14:07 UTC)" (private-content-creating-signed-url-canned-policy.html).
const MaxTime = 1<<31 - 1

// A Policy is the statement of a custom policy.
type Policy struct {
	Resource  string       // with wildcards; "" is every URL
	Expires   int64        // DateLessThan, in seconds since 1970
	NotBefore int64        // DateGreaterThan; 0 is none
	Source    netip.Prefix // IpAddress; the zero value is any
}

// Text is the policy as JSON, in the order in which AWS's own libraries write it.
func (p *Policy) Text() []byte {
	var b strings.Builder
	b.WriteString(`{"Statement":[{`)
	if p.Resource != "" {
		b.WriteString(`"Resource":` + quote(p.Resource) + `,`)
	}
	fmt.Fprintf(&b, `"Condition":{"DateLessThan":{"AWS:EpochTime":%d}`, p.Expires)
	if p.NotBefore != 0 {
		fmt.Fprintf(&b, `,"DateGreaterThan":{"AWS:EpochTime":%d}`, p.NotBefore)
	}
	if p.Source.IsValid() {
		fmt.Fprintf(&b, `,"IpAddress":{"AWS:SourceIp":"%s"}`, p.Source)
	}
	b.WriteString(`}}]}`)
	return []byte(b.String())
}

// Canned is the text of a canned policy, which CloudFront makes of the request and of Expires.
func Canned(resource, expires string) []byte {
	return []byte(`{"Statement":[{"Resource":` + quote(resource) + `,"Condition":{"DateLessThan":{"AWS:EpochTime":` + expires + `}}}]}`)
}

// quote is a JSON string. Bytes that are no UTF-8 stay as they are: two URLs must not have one text.
func quote(s string) string {
	b := []byte{'"'}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}

// parse reads a custom policy. "Include all punctuation and parameter names exactly as specified": a name that is not
// known is an error, as a condition that nobody checks would be none.
func parse(text []byte) (*Policy, error) {
	top, err := members(text, "the policy", "Statement")
	if err != nil {
		return nil, err
	}
	statement := top["Statement"]
	var list []json.RawMessage
	if json.Unmarshal(statement, &list) == nil { // AWS's pages have a list of one, and one without the list
		if len(list) != 1 {
			return nil, fmt.Errorf("got %d statements, one is allowed", len(list))
		}
		statement = list[0]
	}
	of, err := members(statement, "Statement", "Resource", "Condition")
	if err != nil {
		return nil, err
	}
	p := &Policy{}
	if p.Resource, err = readResource(of["Resource"]); err != nil {
		return nil, err
	}
	return p, p.readCondition(of["Condition"])
}

func readResource(raw json.RawMessage) (string, error) {
	if raw == nil {
		return "", nil // every URL
	}
	var resource string
	if json.Unmarshal(raw, &resource) != nil || resource == "" {
		return "", errors.New("want one URL as the Resource")
	}
	if !strings.Contains(resource, "://") && resource[0] != '*' {
		return "", fmt.Errorf("got the Resource %q, must begin with http://, https:// or *", resource)
	}
	return resource, nil
}

func (p *Policy) readCondition(raw json.RawMessage) error {
	conditions, err := members(raw, "Condition", "DateLessThan", "DateGreaterThan", "IpAddress")
	if err != nil {
		return err
	}
	if p.Expires, err = readTime(conditions["DateLessThan"], "DateLessThan"); err != nil {
		return err
	}
	if raw := conditions["DateGreaterThan"]; raw != nil {
		if p.NotBefore, err = readTime(raw, "DateGreaterThan"); err != nil {
			return err
		}
	}
	if raw := conditions["IpAddress"]; raw != nil {
		p.Source, err = readSource(raw)
	}
	return err
}

func readTime(raw json.RawMessage, at string) (int64, error) {
	value, err := members(raw, at, "AWS:EpochTime")
	if err != nil {
		return 0, err
	}
	return seconds(string(value["AWS:EpochTime"]), at)
}

// seconds reads a time.
func seconds(text, at string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil || n < 0 || text[0] == '+':
		return 0, fmt.Errorf("%s: want seconds since 1970, as digits without quotation marks", at)
	case n > MaxTime:
		return 0, fmt.Errorf("%s: got %d, above %d, the last second that CloudFront takes; are these milliseconds?", at, n, MaxTime)
	}
	return n, nil
}

func readSource(raw json.RawMessage) (netip.Prefix, error) {
	value, err := members(raw, "IpAddress", "AWS:SourceIp")
	if err != nil {
		return netip.Prefix{}, err
	}
	var text string
	if json.Unmarshal(value["AWS:SourceIp"], &text) == nil {
		if p, err := netip.ParsePrefix(text); err == nil && p.Addr().Is4() {
			return p.Masked(), nil
		}
	}
	return netip.Prefix{}, errors.New("want one IPv4 range as AWS:SourceIp, for instance 192.0.2.0/24, or 192.0.2.10/32 for one address")
}

// members reads a JSON object that has no other members than those named, all of them with values.
func members(raw json.RawMessage, at string, names ...string) (map[string]json.RawMessage, error) {
	if raw == nil {
		return nil, fmt.Errorf("%s: missing", at)
	}
	var all map[string]json.RawMessage
	if json.Unmarshal(raw, &all) != nil || all == nil {
		return nil, fmt.Errorf("%s: not a JSON object", at)
	}
	for name := range all {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("%s: %q is not one of %q, which are to be spelled so", at, name, names)
		}
	}
	return all, nil
}
