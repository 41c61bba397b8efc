package edgesim

import (
	"context"
	"errors"
)

// An OriginGroup asks its secondary origin when the primary one fails: cannot be reached, or answers with one of
// the statuses. Only GET, HEAD and OPTIONS requests fail over. The origin-request and origin-response functions
// run again for the secondary.
type OriginGroup struct {
	Primary, Secondary Origin
	Statuses           []int // among 400, 403, 404, 416, 429, 500, 502, 503 and 504
}

func (g *OriginGroup) settings() *originSettings { return g.Primary.settings() }

func (g *OriginGroup) roundTrip(context.Context, *originCall) (*response, error) {
	return nil, errors.New("edgesim: an origin group is asked through its members")
}
