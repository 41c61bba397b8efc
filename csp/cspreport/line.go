package cspreport

import "strconv"

// timeFormat is that of the member time: RFC 3339 with milliseconds.
const timeFormat = "2006-01-02T15:04:05.000Z"

// AppendLine appends the report as a line of JSON: an object in printable ASCII,
// and a newline. The members are named as in the body of a report of the Reporting
// API; those that are "" or 0 are left out. It leaves out personal data:
// see [Report.WithoutPersonalData]. [Parse] of the line gives that report again.
func (r Report) AppendLine(dst []byte) []byte {
	return r.WithoutPersonalData().AppendPersonalLine(dst)
}

// AppendPersonalLine is [Report.AppendLine] with everything that is in the
// report.
func (r Report) AppendPersonalLine(dst []byte) []byte {
	m := members{dst: append(dst, '{')}
	if !r.Time.IsZero() {
		m.string("time", r.Time.UTC().Format(timeFormat))
	}
	m.number("age", r.Age.Milliseconds())
	m.string("documentURL", r.DocumentURL)
	m.string("referrer", r.Referrer)
	m.string("blockedURL", r.BlockedURL)
	m.string("effectiveDirective", r.Directive)
	m.string("originalPolicy", r.Policy)
	m.string("disposition", r.Disposition)
	m.number("statusCode", int64(r.StatusCode))
	m.string("sourceFile", r.SourceFile)
	m.number("lineNumber", int64(r.Line))
	m.number("columnNumber", int64(r.Column))
	m.string("sample", r.Sample)
	m.string("userAgent", r.UserAgent)
	if r.Cut {
		m.name("cut")
		m.dst = append(m.dst, "true"...)
	}
	return append(m.dst, "}\n"...)
}

// members writes the members of an object.
type members struct{ dst []byte }

func (m *members) name(name string) {
	if m.dst[len(m.dst)-1] != '{' {
		m.dst = append(m.dst, ',')
	}
	m.dst = append(appendString(m.dst, name), ':')
}

func (m *members) string(name, value string) {
	if value != "" {
		m.name(name)
		m.dst = appendString(m.dst, value)
	}
}

func (m *members) number(name string, value int64) {
	if value != 0 {
		m.name(name)
		m.dst = strconv.AppendInt(m.dst, value, 10)
	}
}
