package forms_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
	"github.com/google/go-cmp/cmp"
)

// A sample is a file and what is to be read of it.
type sample struct {
	name   string
	format forms.Format
	text   string
	rules  []string // as summary has them
	notes  []string // what each begins with
	errors []string // the same
	reason string
}

// try holds a file to what is to be read of it.
func (s *sample) try(t *testing.T) {
	t.Helper()
	file, err := forms.ReadAs(s.format, s.text)
	var rules []string
	for _, r := range file.Rules {
		rules = append(rules, summary(&r))
	}
	if diff := cmp.Diff(s.rules, rules); diff != "" {
		t.Errorf("rules (-want +got), %s:\n%s", s.reason, diff)
	}
	var notes []string
	for _, n := range file.Notes {
		notes = append(notes, n.Error())
	}
	if diff := cmp.Diff(s.notes, begin(notes, s.notes)); diff != "" {
		t.Errorf("notes (-want +got), %s:\n%s", s.reason, diff)
	}
	if diff := cmp.Diff(s.errors, begin(problems(err), s.errors)); diff != "" {
		t.Errorf("errors (-want +got), %s:\n%s", s.reason, diff)
	}
	if _, err := compile(file); err != nil {
		t.Errorf("the rules do not compile: %v", err)
	}
}

// begin returns got with what begins as wanted cut to that.
func begin(got, want []string) []string {
	for i := range min(len(got), len(want)) {
		if strings.HasPrefix(got[i], want[i]) {
			got[i] = want[i]
		}
	}
	return got
}

// joined returns the errors that err joins.
func joined(err error) []error {
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		return list.Unwrap()
	}
	return nil
}

// problems returns what is wrong, one by one.
func problems(err error) (list []string) {
	for _, err := range joined(err) {
		list = append(list, err.Error())
	}
	return list
}

// compile compiles a file's rules; they may lead to the hosts that are in them.
func compile(file *forms.File) (*redirect.Table, error) {
	c := file.Config()
	for _, h := range rulefile.HostsOf(slices.Values(c.Rules)) {
		c.Origins = append(c.Origins, h.Origin)
	}
	c.Tolerate = []string{"chain", "duplicate", "placeholder", "trigger", "unreachable"}
	return redirect.Compile(c)
}

// summary returns what a rule says, in words.
func summary(r *redirect.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d: %s", r.Line, r.From)
	if r.Pass {
		b.WriteString(" passes")
	} else {
		fmt.Fprintf(&b, " -> %s %d %s", r.To, r.Status, r.Query)
	}
	for _, name := range r.DenyQuery {
		b.WriteString(" -" + name)
	}
	conditions(&b, "", &r.When)
	conditions(&b, "unless ", &r.Unless)
	return b.String()
}

func conditions(b *strings.Builder, unless string, w *redirect.When) {
	for _, f := range w.Query {
		fmt.Fprintf(b, " %s?%s=%s", unless, f.Name, f.Value)
	}
	for _, f := range w.Header {
		fmt.Fprintf(b, " %s%s: %s", unless, f.Name, f.Value)
	}
	for _, f := range w.Cookie {
		fmt.Fprintf(b, " %scookie %s=%s", unless, f.Name, f.Value)
	}
	if w.Country != nil {
		fmt.Fprintf(b, " %scountry=%s", unless, strings.Join(w.Country, ","))
	}
	if w.Language != nil {
		fmt.Fprintf(b, " %slanguage=%s", unless, strings.Join(w.Language, ","))
	}
}

// lookups are requests and what comes of them, "" for nothing.
type lookups map[string]string

// lookUp holds a file to what comes of requests: a path with its query or a URL, and
// headers as Name=value behind it.
func lookUp(t *testing.T, format forms.Format, text string, want lookups) {
	t.Helper()
	file, err := forms.ReadAs(format, text)
	if err != nil {
		t.Fatal(err)
	}
	table, err := compile(file)
	if err != nil {
		t.Fatal(err)
	}
	for request, location := range want {
		words := strings.Fields(request)
		r, err := rulefile.NewRequest("GET", words[0], words[1:]...)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if m, ok := table.Lookup(r); ok {
			got = fmt.Sprint(m.Status, " ", m.Location)
		}
		if got != location {
			t.Errorf("%s: got %q; want %q\n%s", request, got, location, table.Explain(r))
		}
	}
}
