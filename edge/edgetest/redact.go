package edgetest

import (
	"context"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
	"github.com/edgehelpers/lambdaedge/edge/internal/redact"
)

// Redact takes out of a captured event what must not be published, so that it can
// be committed as a test's data. It returns the event with
//
//   - addresses (clientIp, X-Forwarded-For, CloudFront-Viewer-Address) replaced by
//     ones reserved for documentation, equal ones by equal ones,
//   - host names by reserved ones, equal ones by equal ones; of S3 buckets, distributions
//     and other names under AWS's domains the first part is replaced,
//   - the values of cookies, query parameters and credentials, bodies, and the values
//     of all headers that are not known to be harmless, the origin's custom headers
//     included: each letter becomes x or X and each digit 0, punctuation stays,
//   - strings in members that this package does not know: likewise,
//   - the ids of the distribution and the request by AWS's example ids.
//
// The shape stays: members, white space, order, header names and keys, numbers, and
// the length of each value in bytes. Only where no reserved name or address is as
// short or as long as the original does a length change: a host name below 9 bytes, a
// bucket's name below 14, an IPv4 address of 7, 8 or 15. Percent-encoded text stays that, UTF-8 too. Redact of a
// redacted event changes nothing.
//
// It does not touch the path of the URI and of URLs in headers, the names of query
// parameters and cookies, the User-Agent and Accept-Language headers, the country, and
// the origin's path: a function decides by these, and a test without them would test
// nothing. Read them before you publish an event.
//
// Redact fails if event is not an event of CloudFront. It changes nothing in event.
func Redact(event []byte) ([]byte, error) {
	text := string(event)
	if _, err := continuing(nil, nil).Invoke(context.Background(), event); err != nil {
		return nil, fmt.Errorf("edgetest: Redact: %w", err)
	}
	var r redactor
	r.Init(text)
	r.object(members{"Records": r.records})
	var out []byte
	from := 0
	for _, e := range r.edits {
		out = append(out, text[from:e.from]...)
		out = jsontext.AppendString(out, e.value)
		from = e.to
	}
	return append(out, text[from:]...), nil
}

// A redactor walks an event that is known to be one and notes what to replace.
type redactor struct {
	jsontext.Scanner
	names names
	edits []redaction
}

// A redaction replaces the string between two offsets.
type redaction struct {
	from, to int
	value    string
}

// members says what to do with the members of an object. Those that it does not
// name are unknown.
type members map[string]func()

func (r *redactor) object(known members) {
	if r.Peek() != '{' {
		r.unknown()
		return
	}
	for m := r.Object(); m.Next(); {
		if visit, ok := known[m.Name]; ok {
			visit()
			continue
		}
		r.unknown()
	}
}

// text returns the visit of a string that change is to be made to. Anything but
// a string is unknown.
func (r *redactor) text(change func(string) string) func() {
	return func() {
		if r.Peek() != '"' {
			r.unknown()
			return
		}
		from := r.Pos()
		was := r.String()
		if now := change(was); now != was {
			r.edits = append(r.edits, redaction{from, r.Pos(), now})
		}
	}
}

// unknown fills all strings in a value that nobody knows.
func (r *redactor) unknown() {
	switch r.Peek() {
	case '{':
		for m := r.Object(); m.Next(); {
			r.unknown()
		}
	case '[':
		for e := r.Array(); e.Next(); {
			r.unknown()
		}
	case '"':
		r.text(redact.Fill)()
	default:
		r.Skip()
	}
}

func (r *redactor) records() {
	for e := r.Array(); e.Next(); {
		r.object(members{"cf": r.cf})
	}
}

func (r *redactor) cf() {
	r.object(members{
		"config": func() {
			r.object(members{
				"distributionDomainName": r.text(r.names.host),
				"distributionId":         r.text(distribution),
				"eventType":              r.Skip,
				"requestId":              r.text(request),
			})
		},
		"request": func() {
			r.object(members{
				"clientIp":    r.text(r.names.addresses),
				"headers":     r.headers(r.names.values().Header),
				"method":      r.Skip,
				"querystring": r.text(redact.Query),
				"uri":         r.Skip,
				"body":        r.body,
				"origin":      r.origin,
			})
		},
		"response": func() {
			r.object(members{
				"headers":           r.headers(r.names.values().Header),
				"status":            r.Skip,
				"statusDescription": r.Skip,
			})
		},
	})
}

func (r *redactor) body() {
	r.object(members{"action": r.Skip, "encoding": r.Skip, "data": r.text(redact.Body)})
}

func (r *redactor) origin() {
	known := func() {
		r.object(members{
			"authMethod": r.Skip, "path": r.Skip, "protocol": r.Skip, "region": r.Skip, "sslProtocols": r.Skip,
			"domainName":    r.text(r.names.host),
			"customHeaders": r.headers(func(_, value string) string { return redact.Fill(value) }),
		})
	}
	r.object(members{"custom": known, "s3": known})
}

// headers returns the visit of a header map, whose values change is to be made to.
func (r *redactor) headers(change func(name, value string) string) func() {
	return func() {
		if r.Peek() != '{' {
			r.unknown()
			return
		}
		for m := r.Object(); m.Next(); {
			name := strings.ToLower(m.Name)
			for e := r.Array(); e.Next(); {
				r.object(members{"key": r.Skip, "value": r.text(func(v string) string { return change(name, v) })})
			}
		}
	}
}
