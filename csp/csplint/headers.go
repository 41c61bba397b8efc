package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

// A response is what saved headers say of one.
type response struct {
	status     int // 0 if there is no status line
	html       bool
	policies   map[string]string // by header name
	cache      []string
	hasContent bool   // there is a Content-Type
	last       string // name of the last header, if it is a policy
}

// headers looks at saved responses, those of redirects among them.
func (o *options) headers(place string, r io.Reader) ([]report, error) {
	responses, err := readResponses(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", place, err)
	}
	var reports []report
	nonces := make(map[string]bool)
	for i, r := range responses {
		name := place
		if len(responses) > 1 {
			name += fmt.Sprintf(", response %d", i+1)
		}
		d := csp.Delivery{StatusCode: r.status, CacheControl: strings.Join(r.cache, ", ")}
		repeated := false
		var own []string
		for _, header := range []string{csp.HeaderName, csp.ReportOnlyHeaderName} {
			text, ok := r.policies[header]
			if !ok && (header != csp.HeaderName || !r.needsPolicy()) {
				continue
			}
			list, _ := csp.ParseList(text)
			for _, nonce := range noncesOf(list) {
				repeated = repeated || nonces[nonce]
				own = append(own, nonce)
			}
			reports = append(reports, o.evaluate(name, header, list, evaluator.Conditions{
				ReportOnly: header == csp.ReportOnlyHeaderName, Static: repeated, Delivery: &d}))
		}
		for _, nonce := range own {
			nonces[nonce] = true
		}
	}
	return reports, nil
}

// needsPolicy reports whether a response shows a page. Redirects and the like do
// not.
func (r *response) needsPolicy() bool {
	return (r.html || !r.hasContent) && (r.status < 300 || r.status >= 400)
}

func noncesOf(list csp.List) []string {
	var nonces []string
	for _, p := range list {
		for d := range p.Directives() {
			for v := range d.Values() {
				if strings.HasPrefix(strings.ToLower(v), "'nonce-") {
					nonces = append(nonces, v)
				}
			}
		}
	}
	return nonces
}

// readResponses reads what curl -i, -D or -v saves: status lines, headers, and
// bodies, which are passed over.
func readResponses(r io.Reader) ([]response, error) {
	var responses []response
	inBody := false
	lines := bufio.NewReader(r)
	for {
		text, err := lines.ReadString('\n')
		if err != nil && err != io.EOF {
			return nil, err
		}
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
		text = strings.TrimPrefix(text, "< ") // of curl -v
		switch status, isStatus := statusOf(text); {
		case isStatus:
			responses = append(responses, newResponse(status))
			inBody = false
		case text == "" || text == "<":
			inBody = inBody || len(responses) > 0
		case inBody:
		case text[0] == ' ' || text[0] == '\t': // a folded line (RFC 9112, 5.2)
			if len(responses) > 0 {
				responses[len(responses)-1].fold(text)
			}
		default:
			if name, value, ok := strings.Cut(text, ":"); ok && !strings.ContainsAny(name, " \t") {
				if len(responses) == 0 {
					responses = append(responses, newResponse(0))
				}
				responses[len(responses)-1].header(name, strings.Trim(value, " \t"))
			}
		}
		if err == io.EOF {
			break
		}
	}
	if len(responses) == 0 {
		return nil, errors.New("no headers, lines such as \"content-security-policy: default-src 'self'\"")
	}
	return responses, nil
}

func newResponse(status int) response {
	return response{status: status, policies: make(map[string]string)}
}

// statusOf reads a status line.
func statusOf(line string) (int, bool) {
	if !strings.HasPrefix(line, "HTTP/") {
		return 0, false
	}
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return 0, false
	}
	status, err := strconv.Atoi(fields[1])
	return status, err == nil
}

// header takes a header in. Several of one name are one with commas between.
func (r *response) header(name, value string) {
	r.last = ""
	for _, header := range []string{csp.HeaderName, csp.ReportOnlyHeaderName} {
		if strings.EqualFold(name, header) {
			r.last = header
			if before, ok := r.policies[header]; ok {
				value = before + ", " + value
			}
			r.policies[header] = value
		}
	}
	switch strings.ToLower(name) {
	case "cache-control":
		r.cache = append(r.cache, value)
	case "content-type":
		r.hasContent = true
		r.html = strings.Contains(strings.ToLower(value), "html")
	}
}

// fold goes on with a policy in the line after it.
func (r *response) fold(text string) {
	if r.last != "" {
		r.policies[r.last] += text
	}
}
