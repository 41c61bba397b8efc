package cspreport

import (
	"math"
	"strings"
	"time"
)

// The most that [Parse] takes.
const (
	// MaxBody is the longest body, in bytes: what CloudFront shows of one to a
	// function in origin-request; in viewer-request it is 40 KB. Browsers send far
	// less.
	MaxBody = 1 << 20

	// MaxReports is the most reports of one body. Chromium sends at most 100
	// at once.
	MaxReports = 100
)

// Parse reads the body of a request in which a browser reports violations. It goes
// by the body's form, whatever its media type says, for WebKit sends one form
// with the type of the other:
//
//	{"csp-report": {"blocked-uri": …}}                   report-uri (draft 5.3)
//	[{"type": "csp-violation", "body": {"blockedURL": …}}]  report-to (Reporting API, 2.4)
//	{"type": "csp-violation", "body": {…}}                  report-to in WebKit
//	{"effectiveDirective": …}                               a line of [Report.AppendLine]
//
// Reports of other types, deprecations for example, are passed over: it is no error
// if there is nothing else. Names are taken with hyphens, underscores or capital
// letters; unknown ones are passed over, and so are values of a kind that was
// not expected.
//
// If there is an error, a [*ParseError], the reports are those that could be read
// in spite of it: the first ones of a body that was cut, for example.
func Parse(body []byte) ([]Report, error) {
	if len(body) > MaxBody {
		return nil, &ParseError{Kind: TooLarge, Offset: MaxBody, Reason: "it is longer than 1 MB"}
	}
	p := parser{scanner: scanner{data: trimBOM(body)}}
	switch p.peek() {
	case '{':
		p.envelope()
	case '[':
		p.elements(func() {
			if p.peek() == '{' {
				p.envelope()
				return
			}
			p.note(NotReport, "an element of the array is no object")
			p.skip()
		})
	default:
		if p.pos == len(p.data) {
			p.fail(EndsEarly, "it is empty")
		} else {
			p.fail(NotJSON, "it begins with neither { nor [")
		}
	}
	if p.peek(); p.pos < len(p.data) {
		p.fail(NotJSON, "something stands behind the end")
	}
	if p.err == nil {
		p.err = p.noted
	}
	if p.err != nil { // a nil *ParseError would be an error
		return p.reports, p.err
	}
	return p.reports, nil
}

func trimBOM(b []byte) []byte {
	if len(b) >= 3 && string(b[:3]) == "\ufeff" {
		return b[3:]
	}
	return b
}

// A parser reads the forms of reports.
type parser struct {
	scanner
	reports []Report
	noted   *ParseError // the first that did not end the reading
}

// note records what is wrong and goes on.
func (p *parser) note(kind Kind, reason string) {
	if p.noted == nil {
		p.noted = &ParseError{Kind: kind, Offset: p.pos, Reason: reason}
	}
}

// envelope reads an object with a report in it, or around it.
func (p *parser) envelope() {
	var r reading
	kind := ""
	p.members(func(name string) {
		switch name {
		case "csp-report", "body":
			if p.peek() != '{' {
				p.skip()
				return
			}
			p.members(func(name string) { p.field(&r, name) })
		case "type":
			kind, _ = p.scalar(MaxText)
		default:
			p.field(&r, name)
		}
	})
	if p.err != nil {
		return
	}
	switch report, ok := r.report(); {
	case kind != "" && kind != "csp-violation" && kind != "csp": // "csp" before May 2020
	case !ok:
		p.note(NotReport, "an object has no effective-directive, as every report has")
	case len(p.reports) == MaxReports:
		p.note(TooMany, "it has more than 100 reports")
	default:
		p.reports = append(p.reports, report)
	}
}

// A reading is a report together with what stands in for what it lacks.
type reading struct {
	Report
	url      string // of the envelope
	violated string // violated-directive
}

// field reads the value of a member. The names are those of the draft's 5.3 and
// 5.5 and of the Reporting API's 2.4, without hyphens and underscores.
func (p *parser) field(r *reading, name string) {
	switch plainName(name) {
	case "documenturl", "documenturi":
		p.string(r, &r.DocumentURL, MaxURL)
	case "url":
		p.string(r, &r.url, MaxURL)
	case "referrer":
		p.string(r, &r.Referrer, MaxURL)
	case "blockedurl", "blockeduri":
		p.string(r, &r.BlockedURL, MaxURL)
	case "effectivedirective":
		p.string(r, &r.Directive, MaxText)
	case "violateddirective":
		r.violated, _ = p.scalar(MaxText) // of old browsers with all its sources
	case "originalpolicy":
		p.string(r, &r.Policy, MaxPolicy)
	case "disposition":
		p.string(r, &r.Disposition, MaxText)
	case "statuscode":
		r.StatusCode = int(p.number(999))
	case "sourcefile":
		p.string(r, &r.SourceFile, MaxURL)
	case "linenumber":
		r.Line = int(p.number(math.MaxInt32))
	case "columnnumber":
		r.Column = int(p.number(math.MaxInt32))
	case "sample", "scriptsample":
		p.string(r, &r.Sample, MaxText)
	case "useragent":
		p.string(r, &r.UserAgent, MaxText)
	case "age":
		r.Age = time.Duration(p.number(maxAge.Milliseconds())) * time.Millisecond
	case "time":
		text, _ := p.scalar(MaxText)
		r.Time, _ = time.Parse(timeFormat, text)
	case "cut":
		text, _ := p.scalar(MaxText)
		r.Cut = r.Cut || text == "true"
	default:
		p.skip()
	}
}

// plainName gives the name of a member in lower case, without hyphens and
// underscores.
func plainName(name string) string {
	plain := make([]byte, 0, len(name))
	for i := range len(name) {
		if name[i] != '-' && name[i] != '_' {
			plain = append(plain, name[i])
		}
	}
	return asciiLower(string(plain))
}

// maxAge is the greatest age: who says more is wrong.
const maxAge = 365 * 24 * time.Hour

// string reads a text of a report.
func (p *parser) string(r *reading, to *string, limit int) {
	text, cut := p.scalar(limit)
	*to = text
	r.Cut = r.Cut || cut
}

// report gives the report, in one form whatever the browser, and whether it is
// one.
func (r *reading) report() (Report, bool) {
	if r.Directive == "" {
		r.Directive = r.violated
	}
	if r.DocumentURL == "" {
		r.DocumentURL = r.url
	}
	fields := strings.Fields(asciiLower(r.Directive))
	if len(fields) == 0 {
		return Report{}, false
	}
	r.Directive = fields[0]
	if r.Disposition != "enforce" && r.Disposition != "report" {
		r.Disposition = ""
	}
	return r.Report, true
}
