package template

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Members whose text stands for something else than itself: what cannot be resolved stays as people write it, so that it can be bound
// under that name.
var standsFor = map[string]bool{
	"CachePolicyId": true, "FunctionARN": true, "HeaderValue": true, "Id": true, "KeyValueStoreARN": true, "LambdaFunctionARN": true,
	"OriginAccessControlId": true, "OriginAccessIdentity": true, "OriginId": true, "OriginRequestPolicyId": true,
	"ResponseHeadersPolicyId": true, "TargetOriginId": true, "Value": true,
}

// Members that change nothing for requests to one machine, or of which awsconfig says what they do whatever their value.
var withoutEffect = map[string]bool{
	"Comment": true, "Logging": true, "OriginShield": true, "PriceClass": true, "Tags": true, "ViewerCertificate": true, "WebACLId": true,
}

// Members that are switches: YAML 1.1, which CloudFormation reads, has more words for them.
var switches = map[string]bool{
	"Compress": true, "Enabled": true, "IPV6Enabled": true, "IncludeBody": true, "OriginOverride": true, "Override": true, "QueryString": true,
	"SmoothStreaming": true, "Staging": true, "EnableAcceptEncodingGzip": true, "EnableAcceptEncodingBrotli": true,
}

// settle makes values into JSON: what cannot be resolved is left out or keeps its expression, and a note names it. Numbers where
// CloudFormation has text become text, and the other way round.
func (t *stack) settle(path string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		settled := make(map[string]any, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if kept, keep := t.settleMember(member(path, name), name, v[name]); keep {
				settled[name] = kept
			}
		}
		return settled
	case []any:
		settled := make([]any, 0, len(v))
		for i, value := range v {
			u, unknown := value.(*unresolved)
			if !unknown {
				settled = append(settled, t.settle(entry(path, i), value))
				continue
			}
			t.note(entry(path, i), "%s: %s; it is left out of the list", u.expression, u.why)
		}
		return settled
	case *unresolved:
		t.note(path, "%s: %s", v.expression, v.why)
		return nil
	}
	return v
}

func (t *stack) settleMember(path, name string, v any) (any, bool) {
	u, unknown := v.(*unresolved)
	switch {
	case withoutEffect[name]:
		return plainValue(v), true
	case !unknown:
		if host, ok := v.(string); ok && name == "DomainName" && !isDomainName(host) {
			standIn := strings.Trim(strings.Map(plainHost, host), "-.") + ".invalid"
			t.note(path, "%q is no domain name; the host is %s here, a name that no server has: bind the origin to a folder or a URL", host, standIn)
			return standIn, true
		}
		return scalarOf(name, t.settle(path, v)), true
	case name == "DomainName":
		host := strings.ToLower(plainName(strings.TrimPrefix(u.expression, "!")))
		host = host[:min(len(host), 50)] + ".invalid"
		t.note(path, "%s: %s; the host is %s here, a name that no server has: bind the origin to a folder or a URL", u.expression, u.why, host)
		return host, true
	case standsFor[name]:
		way := "it keeps this text"
		if strings.HasSuffix(name, "ARN") || strings.HasSuffix(name, "PolicyId") {
			way += ": bind it under this name"
		}
		t.note(path, "%s: %s; %s", u.expression, u.why, way)
		return u.expression, true
	}
	t.note(path, "%s: %s; it is left out", u.expression, u.why)
	return nil, false
}

// isDomainName reports whether a text may be an origin's domain name: placeholders such as "<bucket>.s3.amazonaws.com", and variables
// that nothing replaced, are none.
func isDomainName(host string) bool {
	return strings.Contains(host, ".") && strings.Map(plainHost, host) == host
}

// plainHost has a hyphen for what no host's name has.
func plainHost(c rune) rune {
	switch {
	case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '.', c == '_', c == '-':
		return c
	}
	return '-'
}

// plainValue has the expressions of what is not resolved, without a word about it.
func plainValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		plain := make(map[string]any, len(v))
		for name, value := range v {
			plain[name] = plainValue(value)
		}
		return plain
	case []any:
		plain := make([]any, 0, len(v))
		for _, value := range v {
			plain = append(plain, plainValue(value))
		}
		return plain
	case *unresolved:
		return v.expression
	}
	return v
}

// scalarOf brings a scalar into the type of its member.
func scalarOf(name string, v any) any {
	s, isText := text(v)
	switch {
	case name == "StatusCodes":
		return numbers(v)
	case !isText:
		return v
	case switches[name]:
		switch strings.ToLower(s) {
		case "true", "yes", "on":
			return true
		case "false", "no", "off":
			return false
		}
	case standsFor[name] || name == "HeaderName" || name == "Header":
		return s
	case strings.HasSuffix(name, "TTL"): // a Double in CloudFormation: 60.0 is taken
		if whole, zeros, is := strings.Cut(s, "."); is && whole != "" && strings.Trim(zeros, "0") == "" {
			return json.Number(whole)
		}
	}
	return v
}

// numbers are the status codes of failover criteria, which a parameter or a quoted number makes text.
func numbers(v any) any {
	codes := []any{}
	for _, code := range items(v) {
		if s, ok := code.(string); ok && json.Valid([]byte(s)) {
			code = json.Number(s)
		}
		codes = append(codes, code)
	}
	return map[string]any{"Items": codes, "Quantity": len(codes)}
}
