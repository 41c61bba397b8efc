package probe

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/origin"
)

// An Exchange is a request and what came back, as the report has it.
type Exchange struct {
	Request string   `json:"request"` // the method and the target
	Sent    []string `json:"sent,omitempty"`
	Status  int      `json:"status"`
	Interim []int    `json:"interim,omitempty"` // the statuses that came before
	Headers []string `json:"headers,omitempty"` // those that say something
	Body    string   `json:"body,omitempty"`    // its beginning, where it is no event and not the origin's

	header http.Header
	length int64 // -1: none was said
	body   []byte
}

// telling are the headers of an answer that a report has: none of them has anything of a person's.
var telling = []string{
	"Age", "Cache-Control", "Content-Encoding", "Content-Length", "Content-Type", "Date", "Etag", "Expires", "Set-Cookie", "Transfer-Encoding", "Vary",
	"X-Amz-Cf-Pop", "X-Cache",
}

// A request is what is asked; the zero value is a GET of the site.
type request struct {
	method, target string
	header         []string // "Name: value"
	asWritten      bool     // the headers go out by hand, in this order and with these letters
	host           string
	body           io.Reader // of unknown length, and so in chunks
}

// send sends a request, and keeps what became of it as evidence. After a failure it gives an exchange with nothing in it.
func (a *asking) send(r request) *Exchange {
	e := &Exchange{header: http.Header{}, length: -1}
	if a.stopped() {
		return e
	}
	if r.method == "" {
		r.method = http.MethodGet
	}
	e.Request, e.Sent = r.method+" "+r.target, r.header
	a.mu.Lock()
	a.answer.Evidence = append(a.answer.Evidence, e)
	a.mu.Unlock()
	trace := &httptrace.ClientTrace{Got1xxResponse: func(status int, _ textproto.MIMEHeader) error {
		e.Interim = append(e.Interim, status)
		return nil
	}}
	req, err := r.http(httptrace.WithClientTrace(a.ctx, trace), a.target.URL)
	switch {
	case err == nil && r.asWritten:
		err = e.byHand(a.target, req, r.header)
	case err == nil:
		err = e.exchange(a.target.transport, req)
	}
	if err != nil {
		a.fail(withoutAddresses(err))
	}
	return e
}

// withoutAddresses is an error of the network without this machine's addresses and its resolver's: a report has nothing of a person's.
func withoutAddresses(err error) error {
	if lookup := (*net.DNSError)(nil); errors.As(err, &lookup) {
		return errors.New("the host's name has no address: " + lookup.Err)
	}
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		return fmt.Errorf("%s: %w", op.Op, op.Err)
	}
	return err
}

func (r *request) http(ctx context.Context, url string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, url+r.target, r.body)
	if err != nil {
		return nil, err
	}
	req.Host = r.host
	for _, line := range r.header {
		name, value, _ := strings.Cut(line, ": ")
		req.Header.Add(name, value)
	}
	return req, nil
}

// exchange asks and reads the answer to its end.
func (e *Exchange) exchange(transport *http.Transport, r *http.Request) error {
	resp, err := transport.RoundTrip(r)
	if err != nil {
		return err
	}
	return e.read(resp)
}

// byHand sends a GET over a connection of its own, with the lines of its header as they are.
func (e *Exchange) byHand(t *Target, r *http.Request, lines []string) error {
	connection, err := t.connect(r.Context(), r.URL)
	if err != nil {
		return err
	}
	defer connection.Close()
	head := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\nConnection: close\r\n\r\n", r.URL.RequestURI(), r.URL.Host, strings.Join(lines, "\r\n"))
	if _, err := io.WriteString(connection, head); err != nil {
		return err
	}
	resp, err := http.ReadResponse(bufio.NewReader(connection), r)
	if err != nil {
		return err
	}
	return e.read(resp)
}

// read reads an answer to its end, and keeps what of it the report has.
func (e *Exchange) read(resp *http.Response) (err error) {
	defer resp.Body.Close()
	if e.body, err = io.ReadAll(io.LimitReader(resp.Body, 4<<20)); err != nil {
		return err
	}
	e.Status, e.header, e.length = resp.StatusCode, resp.Header, resp.ContentLength
	if len(resp.TransferEncoding) > 0 {
		e.header.Set("Transfer-Encoding", strings.Join(resp.TransferEncoding, ", "))
	}
	for name, values := range e.header {
		if slices.Contains(telling, name) || strings.HasPrefix(name, "X-Probe-") {
			for _, value := range values {
				e.Headers = append(e.Headers, fmt.Sprintf("%s: %s", name, value))
			}
		}
	}
	slices.Sort(e.Headers)
	if !json.Valid(e.body) {
		e.Body = string(e.body[:min(len(e.body), 200)])
	}
	return nil
}

// An event is what a function saw.
type event struct {
	EventType string `json:"eventType"`
	Request   struct {
		Method, URI, QueryString string
		Headers                  map[string][]struct{ Key, Value string }
		Body                     json.RawMessage
		Origin                   map[string]json.RawMessage
	} `json:"request"`
}

// event is the event that a function answered with.
func (a *asking) event(e *Exchange) (seen event) {
	if err := json.Unmarshal(e.body, &seen); err != nil || e.Status != http.StatusOK || seen.EventType == "" {
		a.cannot("the function's answer with its event did not come: status %d", e.Status)
	}
	return seen
}

// seen is what the origin saw.
func (a *asking) seen(e *Exchange) (seen origin.Seen) {
	if err := json.Unmarshal(e.body, &seen); err != nil || seen.ID == "" {
		a.cannot("the origin's answer did not come: status %d", e.Status)
	}
	return seen
}

// said is what a function put into its header of the answer; "" when it did not run.
func (e *Exchange) said(trigger string) string { return e.header.Get("X-Probe-" + trigger) }
