package origin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A Server is an origin at an address, asked over the network.
type Server struct {
	Transport       *http.Transport // one of [NewTransport]
	Scheme, Address string          // address with its port where that is not the scheme's; "": as the origin of the call has them
	HostIsAddress   bool            // a Host that is the origin's domain name, as functions see it, is sent as Address
	Connect         time.Duration   // for a connection attempt
	Attempts        int             // connection attempts
}

// NewTransport makes the client side of the edge: HTTP/1.1, bodies as they come, no redirects followed, no proxy
// of the machine's.
func NewTransport() *http.Transport {
	return &http.Transport{
		DisableCompression:     true,
		MaxIdleConnsPerHost:    64,
		IdleConnTimeout:        5 * time.Second, // CloudFront's default keep-alive
		DialContext:            dial,
		DialTLSContext:         dialTLS,
		MaxResponseHeaderBytes: 1 << 20, // above what CloudFront takes, so that the simulator can say how long it was
		Protocols:              http1Only(),
	}
}

func http1Only() *http.Protocols {
	var p http.Protocols
	p.SetHTTP1(true)
	return &p
}

// Ask implements [Asker]. The origin's read timeout counts until the first byte and then from byte to byte, as
// CloudFront's response timeout does.
func (s *Server) Ask(ctx context.Context, call *Call) (*message.Response, error) {
	if call.Interim != nil {
		ctx = withInterim(ctx, call.Interim)
	}
	ctx, cancel := context.WithCancelCause(context.WithValue(ctx, connectKey{}, s.Connect))
	idle := call.Origin.ReadTimeout
	watchdog := time.AfterFunc(idle+s.Connect*time.Duration(s.Attempts), func() { cancel(errReadTimeout) })
	resp, err := s.send(ctx, call)
	if err != nil {
		watchdog.Stop()
		cancel(nil)
		return nil, classify(ctx, err)
	}
	if len(resp.TransferEncoding) > 0 {
		message.SetChunked(resp.Header) // net/http took it out
	}
	stream := &timedBody{body: resp.Body, idle: idle, watchdog: watchdog, ctx: ctx, cancel: cancel}
	watchdog.Reset(idle)
	if d := call.Origin.CompletionTimeout; d > 0 {
		stream.deadline = time.AfterFunc(d, func() { cancel(errCompletionTimeout) })
	}
	return &message.Response{
		Status: resp.StatusCode, Reason: reasonOf(resp), Header: resp.Header, Stream: stream, Length: resp.ContentLength,
	}, nil
}

// withInterim has the transport call f for interim responses. 100 is between the edge and the origin.
func withInterim(ctx context.Context, f func(status int, h http.Header)) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{Got1xxResponse: func(status int, h textproto.MIMEHeader) error {
		if status != http.StatusContinue {
			f(status, http.Header(h))
		}
		return nil
	}})
}

var (
	errReadTimeout       = errors.New("the origin's read timeout is over")
	errCompletionTimeout = errors.New("the origin's response completion timeout is over")
)

// send repeats an attempt that found nobody to connect to.
func (s *Server) send(ctx context.Context, call *Call) (*http.Response, error) {
	for attempt := 1; ; attempt++ {
		scheme, address := s.target(call)
		req, err := http.NewRequestWithContext(ctx, call.Method, scheme+"://"+address, nil)
		if err != nil {
			return nil, err
		}
		setTarget(req.URL, call.Path, call.Query)
		req.Host = call.Header.Get("Host")
		if s.HostIsAddress && req.Host == call.Origin.DomainName {
			req.Host = address // with its port, and the address where events show a name in its place
		}
		req.Header = call.Header.Clone()
		for _, name := range []string{"Host", "Transfer-Encoding"} {
			req.Header.Del(name) // net/http writes them from what the request says
		}
		req.ContentLength = call.Length
		if call.Body != nil {
			req.Body = io.NopCloser(call.Body)
		}
		resp, err := roundTrip(s.Transport, req)
		var op *net.OpError
		unreached := errors.As(err, &op) && op.Op == "dial"
		if err == nil || !unreached || attempt >= s.Attempts || ctx.Err() != nil {
			return resp, err
		}
	}
}

// setTarget makes u one that is written as path and query, byte for byte, in origin form.
func setTarget(u *url.URL, path, query string) {
	u.RawQuery = query
	if !strings.HasPrefix(path, "//") {
		u.Opaque = path
		return
	}
	// As the opaque part it would be taken for a host, and be written in absolute form. This way net/url escapes what no path may have
	// (RFC 3986 section 3.3): a known difference.
	u.Path = path
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = plain, path
	}
}

// target is the scheme and the address that the call goes to.
func (s *Server) target(call *Call) (scheme, address string) {
	if s.Address != "" {
		return s.Scheme, s.Address
	}
	o := call.Origin
	return o.Protocol, net.JoinHostPort(o.DomainName, strconv.Itoa(o.Port))
}

// reasonOf is the status description that the origin sent.
func reasonOf(resp *http.Response) string {
	_, reason, _ := strings.Cut(resp.Status, " ")
	return reason
}

// classify gives the status for a failure (CloudFront's pages "HTTP 502 status code" and "HTTP 504 status code").
func classify(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause == errReadTimeout || cause == errCompletionTimeout {
		return &Error{http.StatusGatewayTimeout, "the origin did not answer in time", cause}
	}
	var (
		dns     *net.DNSError
		timeout interface{ Timeout() bool }
	)
	switch {
	case errors.As(err, &dns):
		return &Error{http.StatusBadGateway, fmt.Sprintf("CloudFront wasn't able to resolve the origin domain name %q", dns.Name), nil}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &Error{http.StatusGatewayTimeout, "no connection to the origin in time", err}
	}
	return &Error{http.StatusBadGateway, "CloudFront wasn't able to connect to the origin, or got no valid answer", err}
}

// A timedBody is an origin's body with the read timeout between its bytes.
type timedBody struct {
	body     io.ReadCloser
	idle     time.Duration
	watchdog *time.Timer
	deadline *time.Timer
	ctx      context.Context
	cancel   context.CancelCauseFunc
}

func (b *timedBody) Read(p []byte) (int, error) {
	b.watchdog.Reset(b.idle)
	n, err := b.body.Read(p)
	b.watchdog.Stop()
	if err != nil && err != io.EOF {
		err = classify(b.ctx, err)
	}
	return n, err
}

func (b *timedBody) Close() error {
	b.watchdog.Stop()
	if b.deadline != nil {
		b.deadline.Stop()
	}
	err := b.body.Close()
	b.cancel(nil)
	return err
}
