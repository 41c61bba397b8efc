package console

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// Handler is what Serve serves.
func (c *Console) Handler(sim *edgesim.Simulator) http.Handler { return c.handler(sim) }

// Kept tells how many requests are kept, and how many bytes they take.
func (c *Console) Kept() (requests int, bytes int64) {
	c.kept.mu.Lock()
	defer c.kept.mu.Unlock()
	return len(c.kept.records), c.kept.bytes
}

// Policy is the page's.
func Policy() csp.Policy { return policy() }

// Finds tells whether a query finds a request.
func Finds(s string, t *edgesim.Trace) (bool, error) {
	q, err := parseQuery(s)
	r := newRecord(t, 1<<20)
	return q.matches(&r), err
}

// Fates are what became of the headers of a request, all fates of a name together.
func Fates(t *edgesim.Trace) map[string]string {
	j := follow(t, "d.example")
	fates := map[string]string{}
	for i, rows := range append([][]row{j.Answer}, j.Origins[0].Request, j.Origins[1].Request) {
		for _, r := range rows {
			name := fmt.Sprint(i, r.Name)
			fates[name] = strings.TrimSpace(fates[name] + " " + r.Change)
		}
	}
	return fates
}
