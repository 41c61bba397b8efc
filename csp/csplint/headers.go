package main

import (
	"bytes"
	"cmp"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// A response is what is known of one: from the network, from a file of headers, or
// from an HTML file, which has a body only.
type response struct {
	source
	url      *url.URL // of the page; nil if it is not known
	status   int      // 0 if there is no status line
	html     bool
	typed    bool   // there is a Content-Type
	charset  string // that it names, "" for UTF-8
	policies map[string]*headerValue
	cache    []string
	length   int // that the headers give the body; 0 if they do not

	text       *text // of the whole file, or of the body; nil without a body
	begin, end int   // of the body in text

	bodyOnly bool // it is a file without headers
	fresh    bool // made for this request: a nonce in the page is as it should be
	static   bool // its nonces were seen in another response

	last *headerValue // the header read last, if it is a policy
}

// A headerValue is the value of all headers of a name together.
type headerValue struct {
	text     string
	pieces   []piece // where it is in the file; none if it is in no file
	policies []int   // offsets of its policies, once a finding asks for them
}

// A piece is a part of a value, that up to the next.
type piece struct{ at, offset int }

// add adds a piece that is at an offset in a file; -1 stands for no file.
func (v *headerValue) add(text string, offset int) {
	if offset >= 0 {
		v.pieces = append(v.pieces, piece{len(v.text), offset})
	}
	v.text += text
}

// place gives a finding its place in the file.
func (v *headerValue) place(f csp.Finding, t *text) finding {
	if v == nil || len(v.pieces) == 0 {
		return finding{Finding: f}
	}
	if v.policies == nil {
		v.policies = policyOffsets(v.text)
	}
	at := f.Position.Offset
	if i := f.Position.Policy; 0 <= i && i < len(v.policies) {
		at += v.policies[i]
	}
	n, found := slices.BinarySearchFunc(v.pieces, at, func(p piece, at int) int { return cmp.Compare(p.at, at) })
	if !found {
		n--
	}
	p := v.pieces[n]
	return t.at(f, p.offset+at-p.at)
}

// policyOffsets gives the offsets of the policies of a list.
func policyOffsets(text string) []int {
	var offsets []int
	at := 0
	for part := range strings.SplitSeq(text, ",") {
		trimmed := strings.TrimLeft(part, " \t\r\n\f")
		if list, _ := csp.ParseList(trimmed); len(list) > 0 {
			offsets = append(offsets, at+len(part)-len(trimmed))
		}
		at += len(part) + 1
	}
	return offsets
}

func newResponse(s source, status int) *response {
	return &response{source: s, status: status, policies: make(map[string]*headerValue)}
}

// needsPolicy reports whether the response shows a page. Redirects and the like do
// not.
func (r *response) needsPolicy() bool {
	return !r.bodyOnly && (r.html || !r.typed) && (r.status < 300 || r.status >= 400)
}

// list gives the policies in the headers of a name.
func (r *response) list(header string) csp.List {
	if v := r.policies[header]; v != nil {
		list, _ := csp.ParseList(v.text)
		return list
	}
	return nil
}

// body gives the page.
func (r *response) body() []byte {
	if r.text == nil {
		return nil
	}
	return r.text.content[r.begin:r.end]
}

// header takes a header in, which is at an offset of a file or at none. Several of
// one name are one with commas between.
func (r *response) header(name, value string, offset int) {
	r.last = nil
	for _, header := range []string{csp.HeaderName, csp.ReportOnlyHeaderName} {
		if strings.EqualFold(name, header) {
			if r.policies[header] == nil {
				r.policies[header] = &headerValue{}
			} else {
				r.policies[header].add(", ", offset)
			}
			r.last = r.policies[header]
			r.last.add(value, offset)
		}
	}
	switch strings.ToLower(name) {
	case "cache-control":
		r.cache = append(r.cache, value)
	case "content-length":
		r.length, _ = strconv.Atoi(value)
	case "content-type":
		r.typed = true
		r.html = strings.Contains(strings.ToLower(value), "html")
		_, parameters, _ := mime.ParseMediaType(value)
		if r.charset = strings.ToLower(parameters["charset"]); r.charset == "utf-8" || r.charset == "utf8" {
			r.charset = ""
		}
	}
}

// nonces gives the nonce-sources in the policies of the headers.
func (r *response) nonces() []string {
	var nonces []string
	for _, header := range []string{csp.HeaderName, csp.ReportOnlyHeaderName} {
		for _, p := range r.list(header) {
			for d := range p.Directives() {
				for v := range d.Values() {
					if strings.HasPrefix(strings.ToLower(v), "'nonce-") {
						nonces = append(nonces, v)
					}
				}
			}
		}
	}
	return nonces
}

// markStatic marks responses whose nonces were in an earlier one.
func markStatic(responses []*response) {
	first := make(map[string]*response)
	for _, r := range responses {
		for _, nonce := range r.nonces() {
			if before, ok := first[nonce]; !ok {
				first[nonce] = r
			} else if before != r {
				r.static = true
			}
		}
	}
}

// readResponses reads what curl -i, -D or -v saves: status lines, headers and
// bodies. It gives none if there are no headers.
func readResponses(s source, content []byte) []*response {
	h := headerReader{source: s, text: newText(content)}
	for h.offset < len(content) {
		line := h.next()
		h.line(string(line))
		h.offset += len(line)
	}
	h.endBody()
	return h.responses
}

// A headerReader reads a file of headers line by line.
type headerReader struct {
	source
	text      *text
	responses []*response
	offset    int // of the line
	inBody    bool
}

// next gives the line at the offset; the last of a body up to its end, if another
// response begins there.
func (h *headerReader) next() []byte {
	line := h.text.content[h.offset:]
	if n := bytes.IndexByte(line, '\n'); n >= 0 {
		line = line[:n+1]
	}
	if h.inBody {
		if left := h.current().bodyEnd() - h.offset; 0 < left && left < len(line) && bytes.HasPrefix(line[left:], []byte("HTTP/")) {
			line = line[:left]
		}
	}
	return line
}

// current gives the response read last.
func (h *headerReader) current() *response { return h.responses[len(h.responses)-1] }

// bodyEnd gives where the body ends by its Content-Length, 0 without one.
func (r *response) bodyEnd() int {
	if r.length <= 0 {
		return 0
	}
	return r.begin + r.length
}

// mayEnd reports whether a status line may be that of another response. In a page it
// is text, as the page may be about HTTP. It is none before a body, which requests by
// HEAD and redirects that are followed do not have; where the body ends; and after
// what is no page.
func (h *headerReader) mayEnd() bool {
	if !h.inBody {
		return true
	}
	r := h.current()
	switch before := h.text.content[r.begin:h.offset]; {
	case len(bytes.TrimSpace(before)) == 0, h.offset == r.bodyEnd():
		return true
	case h.offset < r.bodyEnd():
		return false
	}
	return 100 <= r.status && r.status < 200 || 300 <= r.status && r.status < 400
}

func (h *headerReader) line(line string) {
	bare := strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	bare = strings.TrimPrefix(bare, "< ") // of curl -v
	at := h.offset + strings.Index(line, bare)
	switch status, isStatus := statusOf(bare); {
	case isStatus && h.mayEnd():
		h.endBody()
		h.responses = append(h.responses, newResponse(h.source, status))
	case h.inBody:
	case bare == "" || bare == "<":
		if n := len(h.responses); n > 0 {
			h.inBody = true
			h.responses[n-1].begin = h.offset + len(line)
		}
	case bare[0] == ' ' || bare[0] == '\t': // a folded line (RFC 9112, 5.2)
		if n := len(h.responses); n > 0 && h.responses[n-1].last != nil {
			h.responses[n-1].last.add(bare, at)
		}
	default:
		name, value, ok := strings.Cut(bare, ":")
		if !ok || strings.ContainsAny(name, " \t") {
			return // what curl -v says of its own
		}
		if len(h.responses) == 0 {
			h.responses = append(h.responses, newResponse(h.source, 0))
		}
		trimmed := strings.TrimLeft(value, " \t")
		h.responses[len(h.responses)-1].header(name, strings.TrimRight(trimmed, " \t"), at+len(bare)-len(trimmed))
	}
}

// endBody ends the body of the response read last.
func (h *headerReader) endBody() {
	n := len(h.responses)
	if n == 0 {
		return
	}
	r := h.responses[n-1]
	r.text = h.text
	if r.end = h.offset; !h.inBody {
		r.begin = r.end
	}
	h.inBody = false
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
