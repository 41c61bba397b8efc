package forms

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// readNetlify reads the redirects of netlify.toml. Each is written as the line of a
// _redirects file that says the same, so that package rulefile says what it means.
func readNetlify(fb *fileBuilder, s string) {
	fb.file.Syntax, fb.file.IgnoreSlash = redirect.Netlify, true
	n := fb.parseTOML(s)
	if n == nil {
		return
	}
	for _, m := range n.get("context").membersOf() {
		if r := m.value.get("redirects"); r != nil {
			fb.note(r.position, rulefile.Dropped, "redirects of the context %s: the site never had these, since Netlify takes redirects at the top of the file only", m.name)
		}
	}
	redirects := n.get("redirects")
	if redirects == nil || !fb.isKind(redirects, "redirects", list) {
		return
	}
	r := &netlifyReader{fileBuilder: fb}
	for _, item := range redirects.items {
		r.redirect(item)
	}
	r.finish()
}

// membersOf returns the members of an object, none if n is none.
func (n *node) membersOf() []member {
	if n == nil {
		return nil
	}
	return n.members
}

// A netlifyReader writes lines.
type netlifyReader struct {
	*fileBuilder
	out   strings.Builder // of lines
	lines []netlifyLine
}

// A netlifyLine is a line and where its parts stand in the file.
type netlifyLine struct {
	text      string
	columns   []int
	positions []position
	to        int // the index of the target
}

// addPart puts a part behind the line. What separates parts there is escaped.
func (l *netlifyLine) addPart(at position, part string) {
	if l.text != "" {
		l.text += " "
	}
	l.columns = append(l.columns, len(l.text)+1)
	l.positions = append(l.positions, at)
	l.text += escapeBlanks(part)
}

func escapeBlanks(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' {
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// position returns where in the file the part at that column stands.
func (l *netlifyLine) position(column int) position {
	at := l.positions[0]
	for i, c := range l.columns {
		if c <= column {
			at = l.positions[i]
		}
	}
	return at
}

// redirect writes a redirect as a line.
func (r *netlifyReader) redirect(n *node) {
	if !r.isKind(n, "a redirect", object) {
		return
	}
	begin := len(r.errs)
	r.checkMembers(n, "a redirect", "from", "origin", "to", "destination", "status", "force", "query", "params", "parameters", "conditions",
		"headers", "signed", "signing", "sign", "rate_limit")
	var l netlifyLine
	from, at := r.text(n, alias(n, "from", "origin"))
	to, atTo := r.text(n, alias(n, "to", "destination"))
	status, atStatus := r.netlifyStatus(n)
	if to == "" && strings.HasPrefix(status, "2") && strings.HasSuffix(from, "/*") {
		to = strings.TrimSuffix(from, "*") + ":splat"
	}
	switch {
	case from == "":
		r.fail(at, rulefile.Syntax, "no source; it is called from")
	case to == "":
		r.fail(atTo, rulefile.Syntax, "no target; it is called to")
	case from[0] == '#' || to[0] == '#':
		r.fail(at, rulefile.Syntax, "from %q to %q; must begin with / or be URLs", from, to)
	}
	l.addPart(at, from)
	r.netlifyQuery(&l, n.get(alias(n, "query", "params", "parameters")))
	l.to = len(l.positions)
	l.addPart(atTo, to)
	conditions := n.get("conditions")
	if status == "" && len(conditions.membersOf()) > 0 {
		// A line needs it before conditions; 301 is the default.
		status = "301"
	}
	if status != "" {
		l.addPart(atStatus, status)
	}
	r.netlifyConditions(&l, conditions)
	r.netlifyRest(&l, n)
	if len(r.errs) > begin {
		return
	}
	r.out.WriteString(l.text + "\n")
	r.lines = append(r.lines, l)
}

// alias returns the first of the names that n has, the first of all if it has none.
func alias(n *node, names ...string) string {
	for _, name := range names {
		if n.get(name) != nil {
			return name
		}
	}
	return names[0]
}

// netlifyStatus returns status and force as a line has them.
func (r *netlifyReader) netlifyStatus(n *node) (status string, at position) {
	at = n.position
	if s := n.get("status"); s != nil && r.isKind(s, "status", number, text) {
		status, at = s.text, s.position
	}
	if f := n.get("force"); f != nil && r.isKind(f, "force", boolean) && f.text == "true" {
		// A line needs the status, whose default is 301.
		status = cmp.Or(status, "301") + "!"
	}
	return status, at
}

func (r *netlifyReader) netlifyQuery(l *netlifyLine, n *node) {
	if n == nil || !r.isKind(n, "query", object) {
		return
	}
	for _, m := range n.members {
		switch {
		case !r.isKind(m.value, "a parameter of query", text):
		case m.name == "" || ascii.IsDigit(m.name[0]) || strings.ContainsAny(m.name, "/#=&"):
			r.fail(m.position, rulefile.Unsupported, "the parameter %q; a name that is empty, begins with a digit or has one of / # = & in it cannot be asked for", m.name)
		default:
			l.addPart(m.position, m.name+"="+m.value.text)
		}
	}
}

func (r *netlifyReader) netlifyConditions(l *netlifyLine, n *node) {
	if n == nil || !r.isKind(n, "conditions", object) {
		return
	}
	for _, m := range n.members {
		values := []string{m.value.text}
		if !r.isKind(m.value, m.name, text, list) {
			continue
		}
		if m.value.kind == list {
			values = nil
			for _, item := range m.value.items {
				if r.isKind(item, "a value of "+m.name, text) {
					values = append(values, item.text)
				}
			}
		}
		joined := strings.ReplaceAll(strings.Join(values, ","), " ", "")
		l.addPart(m.position, m.name+"="+joined)
	}
}

// netlifyRest reads what is for requests that Netlify sends on to other hosts.
func (r *netlifyReader) netlifyRest(l *netlifyLine, n *node) {
	if key, at := r.text(n, alias(n, "signed", "signing", "sign")); key != "" {
		l.addPart(at, "signed="+key)
	}
	if n.has("headers") {
		r.note(n.get("headers").position, rulefile.Unsupported, "headers are for what Netlify fetches from another host; redirects have none")
	}
	if n.has("rate_limit") {
		r.note(n.get("rate_limit").position, rulefile.Unsupported, "rate_limit is not read; AWS WAF has rules for that")
	}
}

// finish reads the lines.
func (r *netlifyReader) finish() {
	file, err := rulefile.Parse(r.out.String(), rulefile.Netlify)
	for _, note := range file.Notes {
		r.note(r.lines[note.Line-1].position(note.Column), note.Kind, "%s", note.Message)
	}
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range list.Unwrap() {
			if e, ok := err.(*rulefile.Error); ok {
				r.fail(r.lines[e.Line-1].position(e.Column), e.Kind, "%s", e.Message)
			}
		}
	}
	rules := slices.Collect(file.Rules())
	for i, rule := range rules {
		l := r.lines[rule.Line-1]
		r.add(rule, l.positions[0], l.positions[l.to])
		// A line that passes makes no other rule.
		r.file.Places[i].Guard = rule.Pass && i+1 < len(rules) && rules[i+1].Line == rule.Line
	}
}
