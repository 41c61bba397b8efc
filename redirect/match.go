package redirect

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A Match is the redirect that a table has for a request.
type Match struct {
	Location     string
	Status       int
	CacheControl string
	Vary         string // the request headers that decided, separated by commas; "" for none
	Line         int    // the rule's [Rule.Line]
}

// Response returns m as an answer to the viewer.
func (m Match) Response() *edge.Response {
	r := respond(m.Status, m.Location, m.CacheControl)
	if m.Vary != "" {
		r.Header.Set("Vary", m.Vary)
	}
	return r
}

// redirect sets m to the redirect that e has for req, or returns why it has none.
func (e *entry) redirect(m *Match, req *request, caps *captures, vary []string) outcome {
	location, result := e.locate(req, caps)
	if result != redirects {
		return result
	}
	*m = Match{Location: location, Status: e.status, CacheControl: e.cacheControl, Line: e.line}
	if m.Status == 0 {
		m.Status = 307
		if req.method == "GET" || req.method == "HEAD" {
			m.Status = 302
		}
	}
	if m.CacheControl == "" {
		m.CacheControl = defaultCacheControl(m.Status, e.conditional || len(vary) > 0)
	}
	if len(vary) > 0 {
		m.Vary = strings.Join(vary, ", ")
	}
	return redirects
}
