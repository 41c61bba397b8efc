package console

import (
	"fmt"
	"regexp"
	"strings"
)

// An index is what of a request is searched, beside what is in its summary. All but the behaviour is in lower case.
type index struct {
	text      string   // the list's line
	functions []string // the names of those that ran
	behavior  string   // the path pattern
	headers   string   // a line for each header, "\nname: value", of the viewer's request, of those to origins, and of the answers
}

func newIndex(r *record) index {
	s, t := &r.summary, r.trace
	x := index{behavior: s.Behavior}
	x.text = strings.ToLower(fmt.Sprint(s.Method, " ", s.Target, " ", s.Status, " ", s.Result, " ", s.Cache))
	if s.Problem {
		x.text += " error"
	}
	if t == nil {
		return x
	}
	x.behavior = t.Behavior
	for _, st := range t.Stages {
		if st.Function != "" {
			x.functions = append(x.functions, strings.ToLower(st.Function))
		}
	}
	var b strings.Builder
	writeHeaders(&b, t.Viewer.Header)
	for _, o := range t.Origins {
		writeHeaders(&b, o.Header)
		writeHeaders(&b, o.Received)
	}
	writeHeaders(&b, t.Header)
	b.WriteByte('\n')
	x.headers = strings.ToLower(b.String())
	return x
}

func writeHeaders(b *strings.Builder, h map[string][]string) {
	for name, values := range h {
		for _, value := range values {
			b.WriteByte('\n')
			b.WriteString(name)
			b.WriteString(": ")
			b.WriteString(strings.ReplaceAll(value, "\n", " "))
		}
	}
}

// hasHeader reports whether there is a header: "name", "name*" for every one that begins so, or "name=text" for one whose value has the text.
func (x *index) hasHeader(what string) bool {
	name, text, valued := strings.Cut(what, "=")
	prefix := "\n" + name + ": "
	if begin, ok := strings.CutSuffix(name, "*"); ok {
		prefix = "\n" + begin
	}
	for rest := x.headers; ; {
		at := strings.Index(rest, prefix)
		if at < 0 {
			return false
		}
		line, _, _ := strings.Cut(rest[at+1:], "\n")
		_, value, _ := strings.Cut(line, ": ")
		if !valued || strings.Contains(value, text) {
			return true
		}
		rest = rest[at+1:]
	}
}

// byItself matches what browsers ask for by themselves.
var byItself = regexp.MustCompile(`^/(favicon\.(ico|svg|png)|apple-touch-icon[^?]*|\.well-known/appspecific/[^?]*|robots\.txt|browserconfig\.xml)(\?|$)`)
