package console

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// What became of a header between two places.
const (
	kept    = "kept"
	added   = "added"
	changed = "changed"
	dropped = "dropped"
)

// by is who changed a header when no function did.
const byCloudFront = "CloudFront"

// The parts of a request line that are compared as headers are. No header has such a name (RFC 9110 section 5.6.2).
const (
	rowPath  = "(path)"
	rowQuery = "(query string)"
)

// A fields is a message's headers, and for a request its path and query string.
type fields map[string][]string

// A change is what a function made of a message.
type change struct {
	by            string // the trigger
	before, after fields
}

// A row says what became of one header, path or query string.
type row struct {
	Name   string   `json:"name"`
	Was    []string `json:"was,omitempty"`
	Now    []string `json:"now,omitempty"`
	From   string   `json:"from,omitempty"` // the trigger that set Was, when it did not come from the first place
	Change string   `json:"change"`
	By     string   `json:"by,omitempty"`  // a trigger or CloudFront, when not kept
	Why    string   `json:"why,omitempty"` // in words
}

// compare follows every header from the first place to the last, through what functions did in between. What no function explains is
// CloudFront's doing, and why says so in words.
func compare(first fields, between []change, last fields, why func(*row) string) []row {
	rows := []row{}
	for _, name := range names(first, between, last) {
		r := row{Name: name, Was: first[name], Now: last[name]}
		left := r.Was // as the last function left it
		for _, c := range between {
			if slices.Equal(c.before[name], c.after[name]) {
				continue
			}
			left, r.By = c.after[name], c.by
			if r.Was == nil && left != nil {
				r.Was, r.From = left, c.by
			}
		}
		if !slices.Equal(left, r.Now) {
			r.By = byCloudFront
		}
		if r.From != "" && slices.Equal(r.Was, r.Now) {
			r.Was, r.From = nil, "" // it came from a function and arrived
		}
		r.Change = r.change()
		if r.Change == "" {
			continue // set by one function and taken out by another
		}
		if r.Change == kept {
			r.By = ""
		}
		if r.By == byCloudFront {
			r.Why = why(&r)
		}
		rows = append(rows, r)
	}
	return rows
}

func (r *row) change() string {
	switch {
	case slices.Equal(r.Was, r.Now) && r.Was == nil:
		return ""
	case slices.Equal(r.Was, r.Now):
		return kept
	case r.Was == nil:
		return added
	case r.Now == nil:
		return dropped
	}
	return changed
}

// names are all names in order; path and query string sort before them.
func names(first fields, between []change, last fields) (all []string) {
	add := func(f fields) {
		for name := range f {
			all = append(all, name)
		}
	}
	add(first)
	add(last)
	for _, c := range between {
		add(c.after)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A cfMessage is a request or a response in an event or in a function's answer (lambda-event-structure.html).
type cfMessage struct {
	Headers map[string][]struct{ Key, Value string }
	URI     *string
	Query   *string `json:"querystring"`
	Status  any
}

// fields are the headers under their canonical names.
func (m *cfMessage) fields() fields {
	f := fields{}
	for name, values := range m.Headers {
		for _, v := range values {
			f[http.CanonicalHeaderKey(name)] = append(f[http.CanonicalHeaderKey(name)], v.Value)
		}
	}
	if m.URI != nil {
		f[rowPath] = []string{*m.URI}
	}
	if m.Query != nil && *m.Query != "" {
		f[rowQuery] = []string{*m.Query}
	}
	return f
}

// changeOf reads what a function did. ok is false when it failed, or when what it got and gave is not kept.
func changeOf(st *edgesim.Stage) (c change, ok bool) {
	var event struct {
		Records []struct {
			CF struct{ Request, Response *cfMessage }
		}
	}
	var answer *cfMessage
	if st.Function == "" || st.Error != "" || json.Unmarshal(st.Input, &event) != nil || len(event.Records) == 0 ||
		json.Unmarshal(st.Output, &answer) != nil || answer == nil {
		return change{}, false
	}
	c = change{by: string(st.Name), before: fields{}, after: answer.fields()}
	cf := event.Records[0].CF
	switch {
	case cf.Response != nil:
		c.before = cf.Response.fields()
	case cf.Request != nil && answer.Status == nil: // it made no response of its own
		c.before = cf.Request.fields()
	}
	return c, true
}

// requestFields are a request's headers with Host, and its path and query string.
func requestFields(header map[string][]string, target string) fields {
	f := fields{}
	for name, values := range header {
		f[name] = values
	}
	path, query, _ := strings.Cut(target, "?")
	f[rowPath] = []string{path}
	if query != "" {
		f[rowQuery] = []string{query}
	}
	return f
}
