package redact

import (
	"encoding/base64"
	"encoding/json"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// Secrets are what must not be read. The zero value has none.
type Secrets struct {
	values    map[string]bool // true: a value, whose words are secret as well; false: a line, which has names between the values
	addresses addresses
}

// line adds what is secret as a whole.
func (s *Secrets) line(text string) { s.add(text, false) }

func (s *Secrets) add(text string, hasWords bool) {
	if s.values == nil {
		s.values = map[string]bool{}
	}
	s.values[text] = s.values[text] || hasWords
}

// Value adds a value that somebody gave, of any kind: it, its words, the addresses in it, and what a JSON Web Token in it says.
func (s *Secrets) Value(v string) {
	whole := v
	if v = strings.Trim(strings.TrimSpace(v), `"`); v != whole {
		s.line(whole)
	}
	if a, err := netip.ParseAddr(v); err == nil && ofThisMachine(a) || v == "" || s.values[v] {
		return
	}
	s.add(v, true)
	s.addressesOf(v)
	if text, err := url.QueryUnescape(v); err == nil && text != v {
		s.addressesOf(text)
	}
	for part := range strings.SplitSeq(v, ".") {
		s.claims(part)
	}
}

// addressesOf adds the addresses in a value; a long one is a text and no address.
func (s *Secrets) addressesOf(v string) {
	if len(v) > 1024 {
		return
	}
	for p := range addressesIn([]byte(v)) {
		s.address(p.address)
	}
}

func (s *Secrets) address(a netip.Addr) {
	if ofThisMachine(a) || s.addresses[a] {
		return
	}
	if s.addresses == nil {
		s.addresses = addresses{}
	}
	s.addresses[a] = true
	for _, text := range spellings(a) {
		s.line(text)
	}
}

// claims adds the texts of a JSON object in base64, as the parts of JSON Web Tokens and many session cookies are.
func (s *Secrets) claims(part string) {
	if !strings.HasPrefix(part, "eyJ") { // `{"`
		return
	}
	text, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(strings.NewReplacer("+", "-", "/", "_").Replace(part), "="))
	var object any
	if err == nil && json.Unmarshal(text, &object) == nil {
		s.texts(object)
	}
}

func (s *Secrets) texts(v any) {
	switch v := v.(type) {
	case string:
		s.Value(v)
	case []any:
		for _, item := range v {
			s.texts(item)
		}
	case map[string]any:
		for _, item := range v {
			s.texts(item)
		}
	}
}

// Query adds a query string, without its question mark.
func (s *Secrets) Query(query string) {
	s.pairs(query, "&;")
}

// Cookie adds the value of a Cookie header.
func (s *Secrets) Cookie(line string) { s.pairs(line, ";") }

// pairs adds a line of names with values, of which only the line's pieces and the values are secret. What has no value is one.
func (s *Secrets) pairs(line, separators string) {
	line = withoutNames(line)
	s.line(line)
	for pair := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		name, value, found := strings.Cut(pair, "=")
		if !found {
			value = name
		}
		s.Value(value)
	}
}

// signed finds the names of the parameters of signed URLs and cookies, and the id of a public key, which is public, too.
var signed = regexp.MustCompile(`\b(?:CloudFront-)?(?:(?:Expires|Policy|Signature|Hash-Algorithm)=|Key-Pair-Id=(?:(?:K|APKA)[A-Z0-9]{10,20}\b)?)`)

// withoutNames is a line of names and values without the names that a text needs which says why a signature is refused.
func withoutNames(line string) string { return signed.ReplaceAllString(line, "=") }

// Credentials adds the value of an Authorization header: it, what stands behind the scheme, and the user and the password of Basic
// (RFC 7617).
func (s *Secrets) Credentials(v string) {
	s.line(v)
	scheme, rest, found := strings.Cut(strings.TrimSpace(v), " ")
	if !found {
		s.Value(scheme)
		return
	}
	s.Value(rest)
	if !strings.EqualFold(scheme, "Basic") {
		return
	}
	if pair, err := base64.StdEncoding.DecodeString(strings.TrimSpace(rest)); err == nil {
		user, password, _ := strings.Cut(string(pair), ":")
		s.line(string(pair))
		s.Value(user)
		s.Value(password)
	}
}

// URL adds what of a URL is not for everybody: see [SplitURL].
func (s *Secrets) URL(v string) {
	v = withoutNames(v)
	if i := strings.IndexAny(v, "?#"); i >= 0 {
		s.line(v[i+1:])
	}
	_, user, query, fragment := SplitURL(v)
	name, password, _ := strings.Cut(user, ":")
	s.Value(name)
	s.Value(password)
	s.Query(query)
	s.Query(fragment) // it may have the form of one: #access_token=...
}

// SplitURL splits a URL, or a path with a query string, into what everybody may see (scheme, host and path), and what only its
// user should: the user's name and password, the query string and the fragment, without the characters between them.
func SplitURL(v string) (public, user, query, fragment string) {
	public, fragment, _ = strings.Cut(v, "#")
	public, query, _ = strings.Cut(public, "?")
	if scheme, rest, found := strings.Cut(public, "//"); found {
		authority, _, _ := strings.Cut(rest, "/")
		if at := strings.LastIndexByte(authority, '@'); at >= 0 {
			public, user = scheme+"//"+rest[at+1:], authority[:at]
		}
	}
	return public, user, query, fragment
}

// RequestHeader adds a header of a request, if it is not known to be harmless.
func (s *Secrets) RequestHeader(name, value string) {
	switch name = strings.ToLower(name); {
	case name == "cookie":
		s.Cookie(value)
	case name == "authorization" || name == "proxy-authorization":
		s.Credentials(value)
	case name == "referer" || name == "origin":
		s.URL(value)
	case !harmless(name):
		s.Value(value)
	}
}

// harmless reports whether a request header's values are words of the protocol, or CloudFront's own, so that a text without them
// would only be harder to read.
func harmless(name string) bool {
	switch name {
	case "cache-control", "cdn-loop", "connection", "date", "dnt", "host", "pragma", "priority", "range", "te", "transfer-encoding", "upgrade",
		"upgrade-insecure-requests", "user-agent", "via", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-requested-with":
		return true
	case "cloudfront-viewer-address", "x-mock-cloudfront-viewer-address":
		return false
	}
	for _, prefix := range []string{"accept", "access-control-", "cloudfront-is-", "cloudfront-viewer-", "cloudfront-forwarded-", "content-", "if-", "sec-", "x-mock-"} {
		if strings.HasPrefix(name, prefix) {
			return !strings.HasPrefix(name, "cloudfront-viewer-cert-")
		}
	}
	return false
}

// ResponseHeader adds what of a response's header is secret: the value of a cookie, and what follows the path of a URL. The other
// headers are the site's own words.
func (s *Secrets) ResponseHeader(name, value string) {
	switch strings.ToLower(name) {
	case "set-cookie":
		cookie, _, _ := strings.Cut(value, ";")
		s.Cookie(cookie)
	case "location", "content-location", "refresh", "link":
		s.URL(value)
	}
}
