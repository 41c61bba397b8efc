package edgesim

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/cffunction"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A route is which origins a request is for: those of its behaviour, or what a CloudFront Function made of them.
type route struct {
	sources  []*source
	failover []int // the statuses at which the second of the sources is asked
}

// route is the request's.
func (x *exchange) route() route {
	if x.changed != nil {
		return *x.changed
	}
	return route{x.behavior.sources, x.behavior.failover}
}

// changeOrigin applies a change that a CloudFront Function asked for. Changes build upon each other. The cache key
// stays as it is: it has no origin in it.
func (x *exchange) changeOrigin(st *Stage, c *cffunction.Change) error {
	now := x.route()
	if c.Kind == cffunction.Update {
		// "If you're updating an origin that is part of an origin group, only the primary origin of the origin group is
		// updated."
		first, err := x.updated(now.sources[0], c)
		if err != nil {
			return err
		}
		now.sources = append([]*source{first}, now.sources[1:]...)
		st.note("origin is now %s%s", first.secure.DomainName, first.secure.Path)
		x.changed = &now
		return nil
	}
	now = route{failover: c.Statuses}
	for i, id := range c.IDs {
		o, known := x.s.config.Distribution.Origins[id]
		if !known {
			ids := slices.Sorted(maps.Keys(x.s.config.Distribution.Origins))
			return fmt.Errorf("no origin of the distribution has the id %q: Distribution.Origins has %q", id, ids)
		}
		chosen := *x.s.sources[o]
		chosen.host = c.Hosts[i]
		now.sources = append(now.sources, &chosen)
		st.note("origin is now %s, %s", id, chosen.secure.DomainName)
	}
	x.changed = &now
	return nil
}

// updated is an origin with other settings: "Any settings that you don't specify in the updateRequestOrigin() will
// inherit the same settings from the existing origin's configuration."
func (x *exchange) updated(o *source, c *cffunction.Change) (*source, error) {
	u := *o
	u.host = cmp.Or(c.Hosts[0], o.host)
	u.secure, u.plain = x.updatedSettings(o.secure, c), x.updatedSettings(o.plain, c)
	if c.Domain == "" || c.Domain == o.secure.DomainName {
		return &u, nil
	}
	asker, err := x.backing(o, u.seen(x.viewer.HTTPS))
	if err != nil {
		return nil, err
	}
	u.Asker, u.lookup = asker, c.Domain
	if known, ok := asker.(*source); ok {
		u.Asker, u.lookup = known.Asker, known.lookup
	}
	return &u, nil
}

func (x *exchange) updatedSettings(o *message.Origin, c *cffunction.Change) *message.Origin {
	s := *o
	if c.Domain != "" && c.Domain != o.DomainName {
		s.DomainName = c.Domain
		x.retype(&s)
	}
	if c.Path != nil {
		s.Path = *c.Path
	}
	if c.CustomHeaders != nil {
		s.CustomHeaders = c.CustomHeaders
	}
	if c.Protocol != "" && s.Kind == message.Custom {
		s.Protocol, s.Port, s.SSLProtocols = c.Protocol, c.Port, c.SSLProtocols
	}
	s.ReadTimeout = cmp.Or(c.Read, s.ReadTimeout)
	s.CompletionTimeout = cmp.Or(c.Completion, s.CompletionTimeout)
	s.Keepalive = cmp.Or(c.Keepalive, s.Keepalive)
	return &s
}

// retype makes the settings those of a bucket when the domain name is one's, and of a server when it is not.
func (x *exchange) retype(s *message.Origin) {
	kind := message.Custom
	if labels := strings.Split(s.DomainName, "."); strings.HasSuffix(s.DomainName, ".amazonaws.com") && slices.Contains(labels, "s3") {
		kind = message.S3
	}
	for _, known := range x.s.sourceList {
		if known.secure.DomainName == s.DomainName {
			kind = known.secure.Kind
		}
	}
	if kind == s.Kind {
		return
	}
	s.Kind = kind
	if kind == message.S3 {
		s.AuthMethod = cmp.Or(s.AuthMethod, "none")
		return
	}
	standard := (&CustomOrigin{}).seen(true)
	s.Protocol, s.Port, s.SSLProtocols, s.Keepalive = standard.Protocol, standard.Port, standard.SSLProtocols, standard.Keepalive
}
