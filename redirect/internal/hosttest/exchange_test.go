package hosttest_test

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/hosttest"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// An exchange is a file, a request, and what host and module make of them.
type exchange struct {
	dialect rulefile.Dialect
	lines   []line
	text    string
	url     string
	headers map[string]string
	host    outcome
	here    redirect.Match // the zero value if the request passes
}

func (x *exchange) String() string {
	return fmt.Sprintf("%s\n%s\n%s %v\nhost %s (to %q)\nhere %s (line %d)", x.dialect, strings.TrimSpace(x.text), x.url, x.headers, x.host, x.host.To, x.answer(), x.here.Line)
}

// answer returns the module's answer in the words of a row.
func (x *exchange) answer() string {
	if x.here.Status == 0 {
		return "passes"
	}
	return fmt.Sprintf("%d %s", x.here.Status, x.here.Location)
}

// lookup asks the module.
func (x *exchange) lookup(table *redirect.Table) error {
	var fields []string
	for name, value := range x.headers {
		fields = append(fields, name+"="+value)
	}
	r, err := rulefile.NewRequest("GET", x.url, fields...)
	if err != nil {
		return err
	}
	x.here, _ = table.Lookup(r)
	return nil
}

// again returns the exchange as it is if the host reads file and request as read says, and whether that is another way.
func (x *exchange) again(read func(*exchange)) (*exchange, bool) {
	y := *x
	y.lines = append([]line(nil), x.lines...)
	y.headers = maps.Clone(x.headers)
	read(&y)
	if y.url == x.url && maps.Equal(y.headers, x.headers) && fmt.Sprint(y.lines) == fmt.Sprint(x.lines) {
		return x, false
	}
	table, err := compile(y.dialect, y.lines, func(line, *rulefile.Error) {})
	if err != nil || y.lookup(table) != nil {
		return x, false
	}
	y.text = fileText(y.lines)
	return &y, true
}

// compile compiles a file. It empties the lines in which this module sees mistakes, and reports them.
func compile(d rulefile.Dialect, lines []line, report func(line, *rulefile.Error)) (*redirect.Table, error) {
	for {
		_, table, err := hosttest.Compile(d, fileText(lines))
		list, ok := err.(interface{ Unwrap() []error })
		if !ok {
			return table, err
		}
		for _, err := range list.Unwrap() {
			e, ok := errors.AsType[*rulefile.Error](err)
			if !ok || e.Line == 0 {
				return nil, err
			}
			if l := lines[e.Line-1]; l.from != "" {
				report(l, e)
			}
			lines[e.Line-1] = line{}
		}
	}
}

// change changes each line.
func (x *exchange) change(f func(*line)) {
	for i := range x.lines {
		f(&x.lines[i])
	}
}

// rule returns the line whose rule has answered here.
func (x *exchange) rule() line {
	if x.here.Line == 0 {
		return line{}
	}
	return x.lines[x.here.Line-1]
}

// query returns the query of the request.
func (x *exchange) query() string {
	_, query, _ := strings.Cut(x.url, "?")
	return query
}

// origin returns scheme and host of the request.
func (x *exchange) origin() string {
	end := len("https://") + strings.IndexByte(x.url[len("https://"):], '/')
	return x.url[:end]
}

// leadsHere reports whether the host's redirect leads to where the request is.
func (x *exchange) leadsHere() bool {
	for _, location := range []string{x.host.Location, x.host.To, x.host.To + "?" + x.query()} {
		location, _, _ = strings.Cut(location, "#")
		if strings.HasPrefix(location, "/") {
			location = x.origin() + location
		}
		if plainURL(location) == plainURL(x.url) {
			return true
		}
	}
	return false
}

// plainURL returns a URL without what hosts may add or take away.
func plainURL(s string) string {
	return strings.ReplaceAll(slashes.ReplaceAllString(decode(strings.TrimSuffix(s, "?")), "/"), "$$", "$")
}

// withoutQuery cuts the viewer's query off an answer. It is not ok if the query must be there and is not.
func (x *exchange) withoutQuery(answer string) (string, bool) {
	if r := x.rule(); x.query() == "" || r.hasQuery() || r.query != "" {
		return answer, true
	}
	body, fragment, hash := strings.Cut(answer, "#")
	body, ok := strings.CutSuffix(body, "?"+x.query())
	if hash {
		body += "#" + fragment
	}
	return body, ok
}

// withQuery adds a query to a location that has none.
func withQuery(location, query string) string {
	body, fragment, hash := strings.Cut(location, "#")
	body = strings.TrimSuffix(body, "?")
	if query != "" && !strings.Contains(body, "?") {
		body += "?" + query
	}
	if hash {
		body += "#" + fragment
	}
	return body
}

// status returns an answer's status and the space behind it.
func status(answer string) string {
	code, _, _ := strings.Cut(answer, " ")
	return code + " "
}

var (
	escape   = regexp.MustCompile(`%([0-9A-Fa-f]{2})`)
	notASCII = regexp.MustCompile(`[^\x00-\x7f]+`)
)

// decode returns s with its escapes decoded.
func decode(s string) string {
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		c, err := url.PathUnescape(e)
		if err != nil {
			return e
		}
		return c
	})
}

// browserForm returns s with escapes for what is not ASCII.
func browserForm(s string) string { return notASCII.ReplaceAllStringFunc(s, url.PathEscape) }
