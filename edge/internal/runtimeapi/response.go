package runtimeapi

import (
	"fmt"
	"strconv"
	"strings"
)

// A response is one of the Runtime API's answers.
type response struct {
	status int
	head   string // the header; the fields below are parts of it
	body   []byte // valid until the next response is read

	requestID, deadline, arn, traceID, tenantID string

	contentLength int // -1 when not given
	chunked       bool
	close         bool // the connection ends after this response
}

// readResponse reads the final response of an exchange: interim ones (1xx) are passed over (RFC 9110 section 15.2).
func readResponse(r *reader) (response, error) {
	for {
		head, err := r.head()
		if err != nil {
			return response{}, err
		}
		// One copy for all that outlives the buffer: the request id and the like are parts of it.
		res, err := parseHead(string(head))
		if err != nil {
			return response{}, err
		}
		if res.status < 200 && res.status != 101 {
			continue
		}
		res.body, err = readBody(r, &res)
		return res, err
	}
}

// readBody reads the body with the length that RFC 9112 section 6.3 gives it.
func readBody(r *reader, res *response) ([]byte, error) {
	switch {
	case res.status == 204 || res.status == 304:
		return nil, nil
	case res.chunked:
		return readChunked(r)
	case res.contentLength >= 0:
		return r.take(res.contentLength)
	}
	res.close = true
	return r.rest()
}

func parseHead(head string) (response, error) {
	line, fields, _ := strings.Cut(head, "\n")
	res := response{head: head, contentLength: -1}
	if err := res.parseStatusLine(strings.TrimSuffix(line, "\r")); err != nil {
		return response{}, err
	}
	for fields != "" {
		line, fields, _ = strings.Cut(fields, "\n")
		line = strings.TrimSuffix(line, "\r")
		if line == "" {
			break
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsAny(name, " \t") { // RFC 9112 section 5.1
			return response{}, fmt.Errorf("got header line %q; want name: value", line)
		}
		if err := res.setField(name, strings.Trim(value, " \t")); err != nil {
			return response{}, err
		}
	}
	return res, nil
}

// parseStatusLine reads "HTTP/1.1 200 OK" (RFC 9112 section 4).
func (res *response) parseStatusLine(line string) error {
	version, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(code)
	if err != nil || len(code) != 3 || status < 100 || version != "HTTP/1.1" && version != "HTTP/1.0" {
		return fmt.Errorf("got status line %q; want HTTP/1.1 and a status", line)
	}
	res.status = status
	res.close = version == "HTTP/1.0"
	return nil
}

// setField takes the fields that matter here. Names are told apart by length first: most need no look at their letters.
func (res *response) setField(name, value string) error {
	is := func(want string) bool { return len(name) == len(want) && strings.EqualFold(name, want) }
	switch {
	case is("Content-Length"):
		n, err := strconv.ParseUint(value, 10, 31)
		if err != nil || res.contentLength >= 0 && res.contentLength != int(n) {
			return fmt.Errorf("got Content-Length %q", value)
		}
		res.contentLength = int(n)
	case is("Transfer-Encoding"):
		if !strings.EqualFold(value, "chunked") || res.chunked {
			return fmt.Errorf("got Transfer-Encoding %q; want chunked", value)
		}
		res.chunked = true
	case is("Connection"):
		res.close = res.close || strings.EqualFold(value, "close")
	case is("Lambda-Runtime-Aws-Request-Id"):
		res.requestID = value
	case is("Lambda-Runtime-Deadline-Ms"):
		res.deadline = value
	case is("Lambda-Runtime-Invoked-Function-Arn"):
		res.arn = value
	case is("Lambda-Runtime-Trace-Id"):
		res.traceID = value
	case is("Lambda-Runtime-Aws-Tenant-Id"):
		res.tenantID = value
	}
	return nil
}
