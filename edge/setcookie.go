package edge

import (
	"errors"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// A Cookie is a cookie that a response sets, with [Response.SetCookie]. The fields are the attributes of draft-ietf-httpbis-rfc6265bis; one
// that has its zero value is left out.
//
// There is no Expires: all browsers read Max-Age, and where both stand Max-Age counts (section 5.6.2).
type Cookie struct {
	Name  string // a token, such as __Host-session
	Value string // printable ASCII without spaces, quotation marks, commas, semicolons and backslashes

	Domain string // a host name without a leading dot, with all below it; "" is the host that answers, alone
	Path   string // begins with a slash; "" is the directory of the request's path

	// MaxAge is in seconds. 0 lasts until the browser ends; below 0 deletes the cookie, which takes the Domain and the Path that it was
	// set with. Browsers keep no cookie for more than 400 days.
	MaxAge int

	Secure      bool   // for https alone
	HTTPOnly    bool   // not for scripts
	SameSite    string // "Strict", "Lax", "None", or "", which browsers take for Lax
	Partitioned bool   // kept apart for each site that embeds this one (CHIPS)
}

// SetCookie adds a Set-Cookie header. It fails, with all that is wrong at once, where browsers drop the cookie without a word or read
// another one: a semicolon or a control character in it, more than 4,096 bytes of name and value, 1,024 of an attribute, SameSite None or
// Partitioned without Secure, a name with one of the prefixes __Secure-, __Host-, __Http- and __Host-Http- without the attributes that the
// prefix promises. It fails, too, for other characters in the value that RFC 6265 leaves out: browsers keep them, and servers and proxies do not
// agree on them. The header is unchanged then. No error has the cookie's value.
//
// What an origin-request or origin-response function sets goes into the cache, for every viewer: set what is one viewer's in
// the viewer triggers, or answer with Cache-Control: no-store.
func (r *Response) SetCookie(c Cookie) error {
	var errs []error
	for _, reason := range c.breaches() {
		errs = append(errs, errors.New("edge: cookie "+strconv.Quote(shorten(c.Name))+": "+reason))
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	r.Header.Add("Set-Cookie", c.field())
	return nil
}

// field returns the value of the Set-Cookie header.
func (c *Cookie) field() string {
	s := c.Name + "=" + c.Value
	if c.Domain != "" {
		s += "; Domain=" + c.Domain
	}
	if c.Path != "" {
		s += "; Path=" + c.Path
	}
	if c.MaxAge != 0 {
		s += "; Max-Age=" + strconv.Itoa(max(0, c.MaxAge))
	}
	if c.Secure {
		s += "; Secure"
	}
	if c.HTTPOnly {
		s += "; HttpOnly"
	}
	if c.SameSite != "" {
		s += "; SameSite=" + c.SameSite
	}
	if c.Partitioned {
		s += "; Partitioned"
	}
	return s
}

// breaches returns what is wrong with the cookie.
func (c *Cookie) breaches() (reasons []string) {
	refuse := func(broken bool, reason string) {
		if broken {
			reasons = append(reasons, reason)
		}
	}
	refuse(!rules.IsToken(c.Name), "this is no name of a cookie: letters, digits and !#$%&'*+-.^_`|~")
	if i := notCookieOctet(c.Value); i >= 0 {
		// By place alone: the value may let somebody in.
		refuse(true, "byte "+strconv.Itoa(i)+" of the value must not stand in a cookie; encode the value with base64.RawURLEncoding or percent-encode it")
	}
	refuse(len(c.Name)+len(c.Value) > maxCookie, "name and value have "+strconv.Itoa(len(c.Name)+len(c.Value))+" bytes; browsers keep "+strconv.Itoa(maxCookie))
	refuse(!isCookieDomain(c.Domain), "got Domain "+strconv.Quote(shorten(c.Domain))+"; want a host name, without a dot before or behind it and without a port")
	refuse(!isCookiePath(c.Path), "got Path "+strconv.Quote(shorten(c.Path))+"; want a slash first, ASCII without control characters and semicolons, at most "+
		strconv.Itoa(maxAttribute)+" bytes")
	switch c.SameSite {
	case "", "Strict", "Lax", "None":
	default:
		refuse(true, "got SameSite "+strconv.Quote(shorten(c.SameSite))+`; want "Strict", "Lax", "None" or ""`)
	}
	refuse(c.SameSite == "None" && !c.Secure, "SameSite None needs Secure")
	refuse(c.Partitioned && !c.Secure, "Partitioned needs Secure")
	return append(reasons, c.prefixBreaches()...)
}

// The limits of draft-ietf-httpbis-rfc6265bis, section 5.6, in bytes: of name and value together, and of an attribute's value.
const (
	maxCookie    = 4096
	maxAttribute = 1024
)

// prefixBreaches returns what a prefix of the name promises and the attributes do not keep. Browsers compare prefixes
// without regard to case (draft-ietf-httpbis-rfc6265bis, section 5.4).
func (c *Cookie) prefixBreaches() (reasons []string) {
	need := func(has bool, prefix, attribute string) {
		if !has {
			reasons = append(reasons, "the prefix "+prefix+" needs "+attribute)
		}
	}
	name := strings.ToLower(c.Name)
	host := strings.HasPrefix(name, "__host-")
	switch {
	case host:
		need(c.Secure, "__Host-", "Secure")
		need(c.Path == "/", "__Host-", `Path "/"`)
		need(c.Domain == "", "__Host-", "no Domain")
	case strings.HasPrefix(name, "__secure-"):
		need(c.Secure, "__Secure-", "Secure")
	}
	switch {
	case host && strings.HasPrefix(name, "__host-http-"):
		need(c.HTTPOnly, "__Host-Http-", "HTTPOnly")
	case strings.HasPrefix(name, "__http-"):
		need(c.Secure, "__Http-", "Secure")
		need(c.HTTPOnly, "__Http-", "HTTPOnly")
	}
	return reasons
}

// notCookieOctet returns the offset of the first byte that is no cookie-octet (RFC 6265, section 4.1.1), -1 if there is none.
func notCookieOctet(value string) int {
	for i := range len(value) {
		if c := value[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`",;\`, c) >= 0 {
			return i
		}
	}
	return -1
}

// isCookieDomain reports whether browsers keep the domain: they ignore a leading dot, drop an address unless it is the host itself, and
// take one with a dot at its end, or two together, for another host.
func isCookieDomain(s string) bool {
	return s == "" || rules.IsHostName(s) && !strings.Contains("."+s+".", "..") && len(s) <= maxAttribute && !rules.IsIPv4(s)
}

// isCookiePath reports whether s is a path-value (RFC 6265, section 4.1.1) that browsers do not take for the default path.
func isCookiePath(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f || s[i] == ';' {
			return false
		}
	}
	return s == "" || s[0] == '/' && len(s) <= maxAttribute
}
