package runtimeapi

import (
	"bytes"
	"errors"
	"strconv"
)

// A response is one of the Runtime API's answers. Its slices are valid until the next response is read.
type response struct {
	status int
	body   []byte

	requestID, deadline, arn, traceID, tenantID []byte // fields of the header; nil when not given

	contentLength int // -1 when not given
	chunked       bool
	close         bool // the connection ends after this response
}

// read reads the final response of an exchange: interim ones (1xx) are passed over (RFC 9110 section 15.2).
func (res *response) read(r *reader) error {
	for {
		head, err := r.head()
		if err != nil {
			return err
		}
		if err := res.parseHead(head); err != nil {
			return err
		}
		if res.status < 200 && res.status != 101 {
			continue
		}
		res.body, err = readBody(r, res)
		return err
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

func (res *response) parseHead(head []byte) error {
	line, fields := cutLine(head)
	*res = response{contentLength: -1}
	if err := res.parseStatusLine(line); err != nil {
		return err
	}
	for {
		if line, fields = cutLine(fields); len(line) == 0 {
			return nil
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if !ok || len(name) == 0 || bytes.IndexByte(name, ' ') >= 0 || bytes.IndexByte(name, '\t') >= 0 { // RFC 9112 section 5.1
			return errors.New("got header line " + strconv.Quote(string(line)) + "; want name: value")
		}
		if err := res.setField(name, trimSpace(value)); err != nil {
			return err
		}
	}
}

// trimSpace returns value without the optional white space around it (RFC 9110 section 5.6.3).
func trimSpace(value []byte) []byte {
	for len(value) > 0 && (value[0] == ' ' || value[0] == '\t') {
		value = value[1:]
	}
	for n := len(value); n > 0 && (value[n-1] == ' ' || value[n-1] == '\t'); n-- {
		value = value[:n-1]
	}
	return value
}

// cutLine returns the first line, without its end, and what follows.
func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// parseStatusLine reads "HTTP/1.1 200 OK" (RFC 9112 section 4).
func (res *response) parseStatusLine(line []byte) error {
	version, rest, _ := bytes.Cut(line, []byte(" "))
	code, _, _ := bytes.Cut(rest, []byte(" "))
	status, ok := parseNumber(code, 10)
	if !ok || len(code) != 3 || status < 100 || string(version) != "HTTP/1.1" && string(version) != "HTTP/1.0" {
		return errors.New("got status line " + strconv.Quote(string(line)) + "; want HTTP/1.1 and a status")
	}
	res.status = status
	res.close = string(version) == "HTTP/1.0"
	return nil
}

// setField takes the fields that matter here.
func (res *response) setField(name, value []byte) error {
	switch {
	case equalFold(name, "Content-Length"):
		n, ok := parseNumber(value, 10)
		if !ok || res.contentLength >= 0 && res.contentLength != n {
			return errors.New("got Content-Length " + strconv.Quote(string(value)))
		}
		res.contentLength = n
	case equalFold(name, "Transfer-Encoding"):
		if !equalFold(value, "chunked") || res.chunked {
			return errors.New("got Transfer-Encoding " + strconv.Quote(string(value)) + "; want chunked")
		}
		res.chunked = true
	case equalFold(name, "Connection"):
		res.close = res.close || equalFold(value, "close")
	case equalFold(name, "Lambda-Runtime-Aws-Request-Id"):
		res.requestID = value
	case equalFold(name, "Lambda-Runtime-Deadline-Ms"):
		res.deadline = value
	case equalFold(name, "Lambda-Runtime-Invoked-Function-Arn"):
		res.arn = value
	case equalFold(name, "Lambda-Runtime-Trace-Id"):
		res.traceID = value
	case equalFold(name, "Lambda-Runtime-Aws-Tenant-Id"):
		res.tenantID = value
	}
	return nil
}

// equalFold reports whether b is s but for the case of ASCII letters, which is all that header names have.
func equalFold(b []byte, s string) bool {
	if len(b) != len(s) {
		return false
	}
	if string(b) == s { // as it is nearly always spelt
		return true
	}
	for i := range b {
		if b[i] != s[i] && (b[i]|0x20 != s[i]|0x20 || b[i]|0x20 < 'a' || b[i]|0x20 > 'z') {
			return false
		}
	}
	return true
}

// parseNumber reads a number of digits only, of at most 31 bits.
func parseNumber(digits []byte, base int) (n int, ok bool) {
	u, err := strconv.ParseUint(string(digits), base, 31)
	return int(u), err == nil
}
