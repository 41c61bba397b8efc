package signing

import (
	"crypto"
	"fmt"
	"net/netip"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A Request is what CloudFront looks at.
type Request struct {
	Origin      string   // the scheme and the distribution's name: https://d111111abcdef8.cloudfront.net
	Local       string   // what the viewer calls it: http://localhost:8080; "" when that is the same
	Path, Query string   // as the viewer sent them
	Cookies     []string // the Cookie lines
	ClientIP    string
	Now         time.Time
}

// A Refusal is a 403.
type Refusal struct {
	Code, Message string // as CloudFront's answer has them
	Why           string // for the trace; quotes the URL, and nothing of the signature
}

// The refusals, as people have seen them (the code and the message of the knowledge center's article
// cloudfront-troubleshoot-signed-url-cookies, and of public reports). MissingSignature is by analogy with MissingKey.
func missingKey(why string) *Refusal {
	return &Refusal{"MissingKey", "Missing Key-Pair-Id query parameter or cookie value", why}
}
func missingSignature() *Refusal {
	return &Refusal{"MissingSignature", "Missing Signature query parameter or cookie value", "a Key-Pair-Id without a Signature"}
}
func invalidKey(why string) *Refusal { return &Refusal{"InvalidKey", "Unknown Key", why} }
func malformedSignature(why string) *Refusal {
	return &Refusal{"MalformedSignature", "Could not unencode Signature", why}
}
func malformedPolicy(why string) *Refusal {
	return &Refusal{"MalformedPolicy", "Malformed Policy", why}
}
func accessDenied(format string, args ...any) *Refusal {
	return &Refusal{"AccessDenied", "Access denied", fmt.Sprintf(format, args...)}
}

// A check is the work on one request.
type check struct {
	*Request
	*credential
	keys    Keys
	escaped bool // a policy's query string begins with `\?` only

	hashed    crypto.Hash
	decoded   []byte // the signature
	statement []byte // the text of a custom policy
}

// Verify judges a request by the keys that are trusted. The note says in words what let it in, without anything of the
// viewer's.
func Verify(r *Request, keys Keys, escaped bool) (note string, refused *Refusal) {
	c := &check{Request: r, credential: read(r.Query, r.Cookies), keys: keys, escaped: escaped}
	if refused = c.complete(); refused != nil {
		return "", refused
	}
	var p *Policy
	var base string
	if c.policy == "" {
		p, base, refused = c.canned()
	} else {
		p, base, refused = c.custom()
	}
	if refused == nil {
		refused = c.conditions(p)
	}
	if refused != nil {
		return "", refused
	}
	return c.describe(p, base), nil
}

// complete checks that all is there and can be read.
func (c *check) complete() *Refusal {
	switch {
	case c.keyID == "" && c.inURL:
		return missingKey("no Key-Pair-Id in the URL; it has another parameter of a signed URL, and then CloudFront does not look at cookies")
	case c.keyID == "":
		return missingKey("neither a signed URL nor signed cookies")
	case c.keys[c.keyID] == nil:
		return invalidKey(fmt.Sprintf("no trusted key group of the behaviour has a key with the id %q; trusted are %s", c.keyID, c.keys.ids()))
	case c.twice != "":
		return accessDenied("%s stands twice in the URL", c.twice)
	case c.signature == "":
		return missingSignature()
	}
	var known bool
	if c.hashed, known = hashNamed(c.hash); !known {
		return accessDenied("%s: got %q, CloudFront knows SHA1 and SHA256", c.called("Hash-Algorithm"), c.hash)
	}
	var err error
	if c.decoded, err = decode(c.signature); err != nil {
		return malformedSignature(c.called("Signature") + ` is not base64 in CloudFront's form, with "-" for "+", "_" for "=" and "~" for "/"`)
	}
	return nil
}

// called is what a parameter is called where it came from.
func (c *check) called(name string) string {
	if c.inURL {
		return name
	}
	return prefix + name
}

// bases are the names of the distribution that count: its own, and the local one, under which a page finds it on this
// machine.
func (c *check) bases() []string {
	if c.Local == "" || c.Local == c.Origin {
		return []string{c.Origin}
	}
	return []string{c.Origin, c.Local}
}

// target is the path and the query string that are signed.
func (c *check) target() string { return message.Target(c.Path, StripQuery(c.Query)) }

func (c *check) signed(text []byte) bool { return signed(c.keys[c.keyID], c.hashed, text, c.decoded) }

// canned makes the policy of the request: the URL as it was asked for, and Expires.
func (c *check) canned() (*Policy, string, *Refusal) {
	if c.expires == "" {
		return nil, "", malformedPolicy("neither " + c.called("Expires") + " nor " + c.called("Policy"))
	}
	expires, err := seconds(c.expires, c.called("Expires"))
	if err != nil {
		return nil, "", malformedPolicy(err.Error())
	}
	for _, base := range c.bases() {
		if c.signed(Canned(base+c.target(), c.expires)) {
			return &Policy{Expires: expires}, base, nil
		}
	}
	return nil, "", accessDenied("%s", c.explain())
}

// custom reads the policy that the request brings along: first its signature, then what it says
// (private-content-signed-urls.html, "How signed URLs work").
func (c *check) custom() (*Policy, string, *Refusal) {
	var err error
	if c.statement, err = decode(c.policy); err != nil {
		return nil, "", malformedPolicy(c.called("Policy") + ` is not base64 in CloudFront's form, with "-" for "+", "_" for "=" and "~" for "/"`)
	}
	if !c.signed(c.statement) {
		return nil, "", accessDenied("%s", c.explain())
	}
	p, err := parse(c.statement)
	if err != nil {
		return nil, "", malformedPolicy(err.Error())
	}
	query := StripQuery(c.Query)
	for _, base := range c.bases() {
		u := split(base + "/")
		u.path, u.query = c.Path, query
		if covers(p.Resource, u, c.escaped) {
			return p, base, nil
		}
	}
	return nil, "", accessDenied("the policy is for %q, the request for %q", p.Resource, c.Origin+c.target())
}

// conditions checks the times and the viewer's address. "Users are not allowed to access the file on or before the
// specified date and time" of DateGreaterThan; of DateLessThan it is the second itself that is too late.
func (c *check) conditions(p *Policy) *Refusal {
	now := c.Now.Unix()
	if now >= p.Expires {
		return accessDenied("expired %s ago, at %s", span(now-p.Expires), moment(p.Expires))
	}
	if now <= p.NotBefore {
		return accessDenied("not valid before %s, in %s", moment(p.NotBefore+1), span(p.NotBefore+1-now))
	}
	if !p.Source.IsValid() {
		return nil
	}
	address, err := netip.ParseAddr(c.ClientIP)
	if err == nil && p.Source.Contains(address.Unmap()) {
		return nil
	}
	return accessDenied("the policy is for viewers from %s, this one comes from %s; X-Mock-CloudFront-Viewer-Address plays another", p.Source, c.ClientIP)
}

// describe says what let the request in.
func (c *check) describe(p *Policy, base string) string {
	what, kind := "signed cookies", "canned"
	if c.inURL {
		what = "signed URL"
	}
	if c.policy != "" {
		kind = "custom"
	}
	note := fmt.Sprintf("%s: %s policy, key %s, %s, valid for %s more", what, kind, c.keyID, HashName(c.hashed), span(p.Expires-c.Now.Unix()))
	if base != c.Origin {
		note += fmt.Sprintf("; signed for %s: at CloudFront it has to be %s", base, c.Origin)
	}
	return note
}

// span is a time in words.
func span(seconds int64) string { return (time.Duration(seconds) * time.Second).String() }

func moment(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.RFC3339) }
