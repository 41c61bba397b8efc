package policy

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A ResponseHeaders is what a response headers policy does to an answer on its way from the cache to the viewer-response function
// (understanding-response-headers-policies.html). Names are canonical.
type ResponseHeaders struct {
	Remove []string
	CORS   *CORS
	Set    []Header
}

// A Header is a header that a policy adds. Without Override the origin's own stays.
type Header struct {
	Name, Value string
	Override    bool
}

// A CORS is what of the Fetch standard's CORS protocol a policy answers.
type CORS struct {
	Origins     []string // "*", or origins in which "*" stands for a part of the host or for the port
	Methods     []string
	Headers     []string
	Expose      []string
	MaxAge      int // in seconds; 0: not sent
	Credentials bool
	Override    bool // the policy's headers take the place of the origin's; otherwise one of the origin's keeps all of the policy's out
}

// Apply changes the headers of an answer to the request, and gives the names of those that it removed and of those that it set.
func (p *ResponseHeaders) Apply(r *message.Request, h http.Header) (removed, set []string) {
	for _, name := range p.Remove {
		if len(h[name]) > 0 {
			delete(h, name)
			removed = append(removed, name)
		}
	}
	if p.CORS != nil {
		set = p.CORS.apply(r, h)
	}
	for _, header := range p.Set {
		if header.Override || len(h[header.Name]) == 0 {
			h[header.Name] = []string{header.Value}
			set = append(set, header.Name)
		}
	}
	return removed, set
}

// corsHeaders are the headers of the CORS protocol in answers.
var corsHeaders = [...]string{"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Expose-Headers",
	"Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age"}

// apply answers a CORS request: one with an Origin. Three of the headers are for preflights only, which the page says of each. Of
// Vary it says nothing: a distribution was seen (August 2026) to send Vary: Origin with answers to other requests, and none with an
// answer that allows every origin.
func (c *CORS) apply(r *message.Request, h http.Header) (set []string) {
	if !c.Override && slices.ContainsFunc(corsHeaders[:], func(name string) bool { return len(h[name]) > 0 }) {
		return nil
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		h["Vary"] = []string{"Origin"}
		return []string{"Vary"}
	}
	allowed := c.allows(origin)
	if allowed == "" {
		return nil
	}
	put := func(name, value string) {
		if value != "" {
			h[name] = []string{value}
			set = append(set, name)
		}
	}
	put("Access-Control-Allow-Origin", allowed)
	if c.Credentials {
		put("Access-Control-Allow-Credentials", "true")
	}
	put("Access-Control-Expose-Headers", strings.Join(c.Expose, ","))
	if r.Method == http.MethodOptions && len(r.Header["Access-Control-Request-Method"]) > 0 {
		put("Access-Control-Allow-Methods", strings.Join(c.Methods, ","))
		put("Access-Control-Allow-Headers", strings.Join(c.Headers, ","))
		if c.MaxAge > 0 {
			put("Access-Control-Max-Age", strconv.Itoa(c.MaxAge))
		}
	}
	delete(h, "Vary")
	if allowed != "*" {
		put("Vary", "Origin") // Fetch standard, "CORS protocol and HTTP caches"
	}
	return set
}

// allows is the value of Access-Control-Allow-Origin for an origin, "" when the policy does not allow it.
func (c *CORS) allows(origin string) string {
	for _, pattern := range c.Origins {
		switch {
		case pattern == "*":
			return "*"
		case matchesOrigin(pattern, origin):
			return origin
		}
	}
	return ""
}

// matchesOrigin reports whether an origin is one that the pattern means: "*" is any part of a host, and as a port any port.
func matchesOrigin(pattern, origin string) bool {
	before, after, wild := strings.Cut(pattern, "*")
	if !wild {
		return strings.EqualFold(pattern, origin)
	}
	if len(origin) < len(before) || !strings.EqualFold(origin[:len(before)], before) {
		return false
	}
	rest := origin[len(before):]
	for i := 0; i <= len(rest); i++ {
		if matchesOrigin(after, rest[i:]) {
			return true
		}
		if i < len(rest) && strings.IndexByte("/:@", rest[i]) >= 0 {
			return false
		}
	}
	return false
}
