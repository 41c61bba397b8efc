package rulefile

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// expectDomain is the distribution of the requests of expectations, and their Host
// unless they have another.
const expectDomain = "d111111abcdef8.cloudfront.net"

// An Expectation says what is to come of a request. In a file it is a comment of
// its own:
//
//	# expect: METHOD TARGET [Name=value...] -> STATUS LOCATION
//	# expect: METHOD TARGET [Name=value...] -> pass
//
// The target is a path with its query, or a URL for another Host. The names are
// those of headers, and Country, Language, Cookie and Referer for the headers that
// rules of that name look at. The Host, and what {distribution} stands for, is
// d111111abcdef8.cloudfront.net.
type Expectation struct {
	Line    int
	Request *edge.Request
	Want    string // "302 /new", or "pass"
}

// Check returns an error if something else comes of the request; it tells what and
// why.
func (e *Expectation) Check(t *redirect.Table) error {
	got := "pass"
	if m, ok := t.Lookup(e.Request); ok {
		got = strconv.Itoa(m.Status) + " " + m.Location
	}
	if got == e.Want {
		return nil
	}
	return &Error{e.Line, 1, "expect", fmt.Sprintf("got %s; want %s\n%s", got, e.Want, strings.TrimRight(t.Explain(e.Request), "\n"))}
}

// Test checks all expectations of the file and returns their errors, joined.
func (f *File) Test(t *redirect.Table) error {
	var errs []error
	for i := range f.Expectations {
		errs = append(errs, f.Expectations[i].Check(t))
	}
	return errors.Join(errs...)
}

// expect reads an expectation.
func (p *parser) expect(text string, column int) {
	request, answer, ok := strings.Cut(text, "->")
	words, want := strings.Fields(request), strings.Fields(answer)
	switch {
	case !ok || len(words) < 2:
		p.fail(column, Syntax, "expectation must be METHOD TARGET -> STATUS LOCATION, or -> pass")
		return
	case len(want) == 1 && want[0] == "pass":
	case len(want) == 2 && digits(want[0]) == want[0]:
	default:
		p.fail(column, Syntax, "expectation of %q; must be a status and a location, or pass", strings.TrimSpace(answer))
		return
	}
	r, err := NewRequest(words[0], words[1], words[2:]...)
	if err != nil {
		p.fail(column, Syntax, "expectation: %v", err)
		return
	}
	p.file.Expectations = append(p.file.Expectations, Expectation{p.line, r, strings.Join(want, " ")})
}

// NewRequest returns the request that an expectation describes with these words: a
// method, a path with its query or a URL, and headers as Name=value.
func NewRequest(method, target string, fields ...string) (*edge.Request, error) {
	r := &edge.Request{Method: method, Config: edge.Config{DistributionDomainName: expectDomain}}
	r.Header.Set("Host", expectDomain)
	if scheme, rest, ok := strings.Cut(target, "://"); ok && (scheme == "https" || scheme == "http") {
		host := rest
		target = "/"
		if i := strings.IndexAny(rest, "/?"); i >= 0 {
			host, target = rest[:i], rest[i:]
		}
		r.Header.Set("Host", host)
		r.Header.Set("CloudFront-Forwarded-Proto", scheme)
	}
	if method != strings.ToUpper(method) {
		return nil, fmt.Errorf("method %q; must be in upper case", method)
	}
	if !strings.HasPrefix(target, "/") {
		return nil, fmt.Errorf("target %q; must begin with / or be a URL", target)
	}
	r.URI = target
	for _, f := range fields {
		name, value, ok := strings.Cut(f, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("got %q; must be Name=value", f)
		}
		switch strings.ToLower(name) {
		case "country":
			name = "CloudFront-Viewer-Country"
		case "language":
			name = "Accept-Language"
		}
		r.Header.Add(name, value)
	}
	return r, nil
}
