package cffunction

import (
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// The ways to change the origin of a request (helper-functions-origin-modification.html).
const (
	Update = "updateRequestOrigin"      // of the settings of the origin, or of the first of its group
	Select = "selectRequestOriginById"  // of another origin of the distribution
	Group  = "createRequestOriginGroup" // of two origins of the distribution
)

// A Change is one call that changes the origin. Of the fields, nil and "" are what the function did not name.
type Change struct {
	Kind     string
	IDs      []string // of Select one, of Group two
	Hosts    []string // the Host headers for IDs; of Update one; "": as without the change
	Statuses []int    // of Group: at which the second is asked

	Domain        string
	Path          *string
	CustomHeaders http.Header // nil: stay
	Protocol      string
	Port          int
	SSLProtocols  []string

	Read, Completion, Keepalive time.Duration
}

// call is the JSON of a change, in the words of AWS's page.
type call struct {
	Kind      string     `json:"kind"`
	Origin    settings   `json:"origin"`
	ID        string     `json:"id"`
	Overrides *overrides `json:"overrides"`
	Group     struct {
		IDs      []member `json:"originIds"`
		Failover struct {
			Statuses []int `json:"statusCodes"`
		} `json:"failoverCriteria"`
		Selection string `json:"selectionCriteria"`
	} `json:"group"`
}

type overrides struct {
	Host string `json:"hostHeader"`
}

type settings struct {
	overrides
	Domain   string             `json:"domainName"`
	Path     *string            `json:"originPath"`
	Headers  *map[string]string `json:"customHeaders"`
	Attempts *int               `json:"connectionAttempts"`
	Access   *struct {
		Enabled *bool `json:"enabled"`
	} `json:"originAccessControlConfig"`
	Timeouts struct {
		Read       *int `json:"readTimeout"`
		Completion *int `json:"responseCompletionTimeout"`
		Keepalive  *int `json:"keepAliveTimeout"`
		Connection *int `json:"connectionTimeout"`
	} `json:"timeouts"`
	Custom *struct {
		Port         int      `json:"port"`
		Protocol     string   `json:"protocol"`
		SSLProtocols []string `json:"sslProtocols"`
	} `json:"customOriginConfig"`
}

// A member is an origin of a group: its id, as a string or as an object with overrides. AWS's page has both.
type member struct {
	ID        string
	Overrides overrides
}

// UnmarshalJSON implements [json.Unmarshaler].
func (m *member) UnmarshalJSON(text []byte) error {
	if json.Unmarshal(text, &m.ID) == nil {
		return nil
	}
	var long struct {
		ID        string    `json:"originId"`
		Overrides overrides `json:"originOverrides"`
	}
	err := json.Unmarshal(text, &long)
	m.ID, m.Overrides = long.ID, long.Overrides
	return err
}

// readChanges reads the calls that change the origin, in their order. sent is the viewer's header.
func (o *Outcome) readChanges(text string, sent http.Header) {
	if text == "" || text == "[]" {
		return
	}
	var calls []json.RawMessage
	if json.Unmarshal([]byte(text), &calls) != nil {
		return // the host writes an array
	}
	for _, raw := range calls {
		var c call
		if err := json.Unmarshal(raw, &c); err != nil {
			o.rewrite(c.Kind, "", err.Error(), "")
			continue
		}
		switch c.Kind {
		case Update:
			o.readUpdate(&c.Origin, sent)
		case Select:
			o.readSelect(&c)
		case Group:
			o.readGroup(&c)
		}
	}
}

// rewrite notes a breach in a change of the origin. The sentence was seen on a live distribution.
func (o *Outcome) rewrite(at, value, reason, cure string) {
	o.breach(page.OriginRewrite, at, value, reason, cure)
}

func (o *Outcome) readSelect(c *call) {
	change := Change{Kind: Select, IDs: []string{c.ID}, Hosts: []string{""}}
	if c.ID == "" {
		o.rewrite(Select, "", "no origin id", "")
	}
	if c.Overrides != nil {
		change.Hosts[0] = c.Overrides.Host
	}
	o.checkHost(Select, change.Hosts[0])
	o.Changes = append(o.Changes, change)
}

func (o *Outcome) readGroup(c *call) {
	change := Change{Kind: Group, Statuses: c.Group.Failover.Statuses}
	for _, m := range c.Group.IDs {
		change.IDs, change.Hosts = append(change.IDs, m.ID), append(change.Hosts, m.Overrides.Host)
		o.checkHost(Group, m.Overrides.Host)
	}
	if len(change.IDs) != 2 {
		o.rewrite(Group+".originIds", "", fmt.Sprintf("%d origins, a group has two", len(change.IDs)), "")
		return
	}
	if len(change.Statuses) == 0 {
		o.rewrite(Group+".failoverCriteria", "", "no statusCodes", "")
	}
	if s := c.Group.Selection; s != "" && s != "default" && s != "media-quality-score" {
		o.rewrite(Group+".selectionCriteria", s, `neither "default" nor "media-quality-score"`, "")
	}
	o.Changes = append(o.Changes, change)
}

func (o *Outcome) readUpdate(s *settings, sent http.Header) {
	c := Change{Kind: Update, Hosts: []string{s.Host}, Domain: s.Domain, Path: s.Path}
	o.checkName(Update+".domainName", s.Domain)
	o.checkHost(Update, s.Host)
	if s.Host == "" {
		c.Hosts[0] = s.Domain // "If this is not provided, the value from the domainName parameter is used."
	} else if s.Access != nil && s.Access.Enabled != nil && *s.Access.Enabled {
		o.warn(Update+".hostHeader", "a live distribution refused it together with an origin access control", "leave it out, or disable originAccessControlConfig")
	}
	if s.Access != nil && s.Access.Enabled == nil {
		o.rewrite(Update+".originAccessControlConfig", "", "enabled is missing", "")
	}
	if p := s.Path; p != nil && *p != "" && (!strings.HasPrefix(*p, "/") || strings.HasSuffix(*p, "/") || len(*p) > 255) {
		o.rewrite(Update+".originPath", *p, "must begin with a slash, must not end with one, and has at most 255 characters", "")
	}
	if s.Headers != nil {
		c.CustomHeaders = o.customHeaders(*s.Headers, sent)
	}
	if custom := s.Custom; custom != nil {
		c.Protocol, c.Port, c.SSLProtocols = custom.Protocol, custom.Port, custom.SSLProtocols
		if custom.Port < 1 || custom.Port > 65535 || custom.Protocol != "http" && custom.Protocol != "https" || len(custom.SSLProtocols) == 0 {
			o.rewrite(Update+".customOriginConfig", "", `needs a port, a protocol ("http" or "https") and sslProtocols`, "")
		}
	}
	t := &s.Timeouts
	o.checkRange("connectionAttempts", s.Attempts, 3)
	o.checkRange("timeouts.connectionTimeout", t.Connection, 10)
	c.Read = o.checkRange("timeouts.readTimeout", t.Read, 120)
	c.Keepalive = o.checkRange("timeouts.keepAliveTimeout", t.Keepalive, 120)
	c.Completion = o.checkRange("timeouts.responseCompletionTimeout", t.Completion, 3600)
	o.Changes = append(o.Changes, c)
}

// checkRange holds a number to 1 and its maximum, and gives it in seconds.
func (o *Outcome) checkRange(name string, n *int, most int) time.Duration {
	if n == nil {
		return 0
	}
	if *n < 1 || *n > most {
		o.rewrite(Update+"."+name, fmt.Sprint(*n), fmt.Sprintf("1 to %d are allowed", most), "")
	}
	return time.Duration(*n) * time.Second
}

func (o *Outcome) checkHost(at, host string) { o.checkName(at+".hostHeader", host) }

func (o *Outcome) checkName(at, name string) {
	bad := func(r rune) bool { return r == '/' || r <= ' ' || r >= 0x7f }
	if strings.Contains(name, ":") || net.ParseIP(name) != nil || len(name) > 253 || strings.ContainsFunc(name, bad) {
		o.rewrite(at, name, "a domain name of at most 253 characters, without a colon, and no IP address", "")
	}
}

// customHeaders reads names and values. A header that the viewer sent cannot be among them.
func (o *Outcome) customHeaders(given map[string]string, sent http.Header) http.Header {
	h := http.Header{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		canonical := http.CanonicalHeaderKey(name)
		reason := ""
		switch {
		case !message.IsToken(name) || name != message.LowerASCII(name):
			reason = "not a header name in lower case"
		case function.IsDisallowed(canonical):
			reason = "CloudFront does not allow functions to set this header"
		case len(sent[canonical]) > 0:
			reason = "the viewer's request has it too"
		case message.ControlAt(given[name]) >= 0:
			reason = "a control character in the value"
		}
		if reason != "" {
			o.rewrite(headerAt(Update+".customHeaders", name), "", reason, "")
			continue
		}
		h[canonical] = []string{given[name]}
	}
	return h
}
