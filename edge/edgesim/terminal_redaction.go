package edgesim

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/redact"
)

// secretsOf is what of a trace a terminal must not show: what the viewer sent, and what functions and origins were shown or made of
// it. Methods, hosts and paths are not among it.
func secretsOf(t *Trace) *redact.Secrets {
	s := &redact.Secrets{}
	s.URL(t.Viewer.Target)
	s.Value(t.Viewer.Client)
	each(t.Viewer.Header, s.RequestHeader)
	for _, o := range t.Origins {
		s.URL(o.Target)
		each(o.Header, s.RequestHeader)
		each(o.Received, s.ResponseHeader)
	}
	each(t.Header, s.ResponseHeader)
	for i := range t.Stages {
		st := &t.Stages[i]
		addEvent(s, st.Input)
		for _, f := range st.Findings {
			addFinding(s, &f)
		}
	}
	return s
}

func each(h map[string][]string, add func(name, value string)) {
	for name, values := range h {
		for _, value := range values {
			add(name, value)
		}
	}
}

// A shownHeader is a header map as events have it.
type shownHeader map[string][]struct{ Value string }

func (h shownHeader) each(add func(name, value string)) {
	for name, entries := range h {
		for _, entry := range entries {
			add(name, entry.Value)
		}
	}
}

// addEvent adds what a function was shown: it has what other functions made of the request, the body, and the custom headers of the
// origin, which often are a password.
func addEvent(s *redact.Secrets, input []byte) {
	var event struct {
		Records []struct {
			CF struct {
				Request struct {
					ClientIP, Querystring string
					Headers               shownHeader
					Body                  struct{ Data string }
					Origin                map[string]struct{ CustomHeaders shownHeader }
				}
				Response struct{ Headers shownHeader }
			}
		}
	}
	if len(input) == 0 || json.Unmarshal(input, &event) != nil || len(event.Records) == 0 {
		return
	}
	r := &event.Records[0].CF.Request
	s.Value(r.ClientIP)
	s.Query(r.Querystring)
	r.Headers.each(s.RequestHeader)
	for _, o := range r.Origin {
		o.CustomHeaders.each(func(_, value string) { s.Value(value) })
	}
	s.Value(r.Body.Data) // as it stands in an event that a function puts into its error
	if body, err := base64.StdEncoding.DecodeString(r.Body.Data); err == nil {
		s.Value(string(body))
	}
	event.Records[0].CF.Response.Headers.each(s.ResponseHeader)
}

// addFinding adds the value of a finding, which is the function's own, where it stands for something that a viewer keeps secret.
func addFinding(s *redact.Secrets, f *Finding) {
	switch field := strings.ToLower(f.Field); {
	case strings.Contains(field, "set-cookie"):
		s.ResponseHeader("Set-Cookie", f.Value)
	case strings.Contains(field, "cookie"):
		s.Cookie(f.Value)
	case strings.Contains(field, "authorization"):
		s.Credentials(f.Value)
	case strings.Contains(field, "querystring"):
		s.Query(f.Value)
	case strings.Contains(field, "clientip"):
		s.Value(f.Value)
	case strings.Contains(field, "location"):
		s.URL(f.Value)
	}
}
