package edgesim

import (
	"errors"
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/origin"
)

// An OriginGroup asks its secondary origin when the primary one fails: cannot be reached, or answers with one of
// the statuses. Only GET, HEAD and OPTIONS requests fail over. The origin-request and origin-response functions
// run again for the secondary.
type OriginGroup struct {
	Primary, Secondary Origin
	Statuses           []int // among 400, 403, 404, 416, 429, 500, 502, 503 and 504
}

func (g *OriginGroup) seen(https bool) *message.Origin { return g.Primary.seen(https) }

func (g *OriginGroup) asker(*http.Transport) (origin.Asker, error) {
	return nil, errors.New("edgesim: an origin group is asked through its members")
}

func (g *OriginGroup) lookup() string { return g.Primary.lookup() }
