package edgelog

import (
	"strconv"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/internal/redact"
)

// appendCall appends the beginning of a line: what each has.
func appendCall(line []byte, now time.Time, level Level, message string, c *Call) []byte {
	line = now.UTC().AppendFormat(append(line, `{"timestamp":"`...), "2006-01-02T15:04:05.000Z")
	line = append(line, `","level":"`...)
	line = append(line, level.String()...)
	line = append(line, '"')
	line = appendMember(line, "message", message)
	for _, m := range [...]struct{ name, value string }{
		{"requestId", c.RequestID}, {"cloudFrontRequestId", c.CloudFrontRequestID}, {"distributionId", c.DistributionID},
		{"trigger", string(c.Trigger)}, {"region", c.Region}, {"traceId", c.TraceID},
	} {
		if m.value != "" {
			line = appendMember(line, m.name, m.value)
		}
	}
	return line
}

// appendRequest appends what the line shows of a request, in the form of an event.
func (l *Logger) appendRequest(line []byte, r *edge.Request) []byte {
	line = append(line, `,"request":{"method":`...)
	line = appendText(line, r.Method)
	headers := false
	for _, name := range l.Show {
		value := ""
		switch name {
		case "uri":
			value = r.URI
		case "querystring":
			value = l.shown(redact.Query, r.QueryString)
		case "clientIp":
			value = l.shown(redact.Fill, r.ClientIP)
		default:
			headers = headers || r.Header.Has(name)
		}
		if value != "" {
			line = appendMember(line, name, value)
		}
	}
	if headers {
		line = l.appendHeaders(append(line, `,"headers":{`...), &r.Header)
		line = append(line, '}')
	}
	return append(line, '}')
}

// appendHeaders appends the headers that the line shows. Several values of one are joined by commas.
func (l *Logger) appendHeaders(line []byte, h *edge.Header) []byte {
	names := redact.Names{Host: func(host string) string { return host }, Addresses: redact.Fill}
	first := len(line)
	for _, name := range l.Show {
		values := h.Values(name)
		if len(values) == 0 {
			continue
		}
		name = strings.ToLower(name)
		for i, value := range values {
			values[i] = l.shown(func(s string) string { return names.Header(name, s) }, value)
		}
		if len(line) > first {
			line = append(line, ',')
		}
		line = append(appendText(line, name), ':')
		line = appendText(line, strings.Join(values, ", "))
	}
	return line
}

// shown returns a value as lines show it.
func (l *Logger) shown(redacted func(string) string, value string) string {
	if l.Personal {
		return value
	}
	return redacted(value)
}

// appendField appends a field, unless it is none.
func appendField(line []byte, f *Field) []byte {
	if f.kind == absent {
		return line
	}
	line = append(appendText(append(line, ','), f.member()), ':')
	switch f.kind {
	case text:
		return appendText(line, f.text)
	case boolean:
		return strconv.AppendBool(line, f.number != 0)
	case milliseconds:
		return appendMilliseconds(line, time.Duration(f.number))
	}
	return strconv.AppendInt(line, f.number, 10)
}

// appendMilliseconds appends a number with three decimal digits.
func appendMilliseconds(line []byte, d time.Duration) []byte {
	us := d.Microseconds()
	if us < 0 {
		line, us = append(line, '-'), -us
	}
	line = strconv.AppendInt(line, us/1000, 10)
	return append(line, '.', byte('0'+us/100%10), byte('0'+us/10%10), byte('0'+us%10))
}

// appendMetrics appends the member that makes metrics of the fields that are some, if there are any
// (CloudWatch_Embedded_Metric_Format_Specification.html).
func appendMetrics(line []byte, now time.Time, namespace string, c *Call, fields []Field) []byte {
	some := false
	for i := range fields {
		f := &fields[i]
		unit := f.unit()
		if unit == "" {
			continue
		}
		if some {
			line = append(line, ',')
		} else {
			line = strconv.AppendInt(append(line, `,"_aws":{"Timestamp":`...), now.UnixMilli(), 10)
			line = appendText(append(line, `,"CloudWatchMetrics":[{"Namespace":`...), namespace)
			line = append(line, `,"Dimensions":[[`...)
			line = append(line, dimensions(c)...)
			line = append(line, `]],"Metrics":[`...)
		}
		some = true
		line = appendText(append(line, `{"Name":`...), f.member())
		line = append(line, `,"Unit":"`...)
		line = append(line, unit...)
		line = append(line, `"}`...)
	}
	if some {
		line = append(line, "]}]}"...)
	}
	return line
}

// dimensions returns the names of the dimensions: members that the line must have.
func dimensions(c *Call) string {
	if c.DistributionID == "" || c.Trigger == "" {
		return ""
	}
	return `"distributionId","trigger"`
}
