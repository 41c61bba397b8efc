package edgesim

import (
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/origin"
)

// An Origin is where a behaviour gets objects from. Only the types of this package implement it: *[S3Origin],
// *[WebsiteOrigin], *[CustomOrigin] and *[OriginGroup].
type Origin interface {
	seen(https bool) *message.Origin             // as functions see it for a viewer who came by https, or by http
	asker(*http.Transport) (origin.Asker, error) // what answers for it
	lookup() string                              // the name that must resolve before the origin-request function runs; "" when there is none
}

// A source is an origin with its defaults filled in.
type source struct {
	origin.Asker
	secure, plain *message.Origin // as functions see it for a viewer who came by https, and by http
	lookup        string
	host          string // the Host header that a CloudFront Function asked for; "": the policies decide
}

// seen is the origin as functions see it.
func (s *source) seen(https bool) *message.Origin {
	if https {
		return s.secure
	}
	return s.plain
}

// addSources fills in the defaults of an origin, or of both members of a group. An origin that several behaviours have is one source.
func (s *Simulator) addSources(o Origin) error {
	for _, o := range members(o) {
		if _, known := s.sources[o]; known {
			continue
		}
		asker, err := o.asker(s.transport)
		if err != nil {
			return err
		}
		s.sources[o] = &source{Asker: asker, secure: o.seen(true), plain: o.seen(false), lookup: o.lookup()}
		s.sourceList = append(s.sourceList, s.sources[o])
	}
	return nil
}

// members is the origin itself, or the two of a group in order.
func members(o Origin) []Origin {
	if g, ok := o.(*OriginGroup); ok {
		return []Origin{g.Primary, g.Secondary}
	}
	return []Origin{o}
}
