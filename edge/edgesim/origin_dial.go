package edgesim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// A target is a server to connect to.
type target struct {
	scheme, address string // address with its port where that is not the scheme's
	host            string // the Host header
	connect         time.Duration
	attempts        int
}

// An originError is a failure to get an answer from an origin, with the status that CloudFront gives to the viewer.
type originError struct {
	status int
	reason string
	err    error
}

func (e *originError) Error() string {
	if e.err == nil {
		return e.reason
	}
	return e.reason + ": " + e.err.Error()
}

func (e *originError) Unwrap() error { return e.err }

// connectKey is the context key of a target's connect timeout.
type connectKey struct{}

// newTransport makes the client side of the edge: HTTP/1.1, bodies as they come, no redirects followed, no proxy
// of the machine's.
func newTransport() *http.Transport {
	return &http.Transport{
		DisableCompression:  true,
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     5 * time.Second, // CloudFront's default keep-alive
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			timeout, _ := ctx.Value(connectKey{}).(time.Duration)
			return (&net.Dialer{Timeout: timeout}).DialContext(ctx, network, address)
		},
		MaxResponseHeaderBytes: 1 << 20, // above what CloudFront takes, so that the simulator can say how long it was
		Protocols:              http1Only(),
	}
}

func http1Only() *http.Protocols {
	var p http.Protocols
	p.SetHTTP1(true)
	return &p
}

// dialOrigin asks a server. The origin's read timeout counts until the first byte and then from byte to byte, as
// CloudFront's response timeout does.
func dialOrigin(ctx context.Context, call *originCall, t target) (*response, error) {
	ctx, cancel := context.WithCancelCause(context.WithValue(ctx, connectKey{}, t.connect))
	idle := call.settings.readTimeout
	watchdog := time.AfterFunc(idle+t.connect*time.Duration(t.attempts), func() { cancel(errReadTimeout) })
	resp, err := sendWithRetry(ctx, call, t)
	if err != nil {
		watchdog.Stop()
		cancel(nil)
		return nil, classify(ctx, err)
	}
	stream := &timedBody{body: resp.Body, idle: idle, watchdog: watchdog, ctx: ctx, cancel: cancel}
	watchdog.Reset(idle)
	if d := call.settings.completionTimeout; d > 0 {
		stream.deadline = time.AfterFunc(d, func() { cancel(errCompletionTimeout) })
	}
	return &response{
		status: resp.StatusCode, reason: reasonOf(resp), header: resp.Header, stream: stream, length: resp.ContentLength,
	}, nil
}

var (
	errReadTimeout       = errors.New("the origin's read timeout is over")
	errCompletionTimeout = errors.New("the origin's response completion timeout is over")
)

// sendWithRetry repeats an attempt that found nobody to connect to.
func sendWithRetry(ctx context.Context, call *originCall, t target) (*http.Response, error) {
	for attempt := 1; ; attempt++ {
		req, err := http.NewRequestWithContext(ctx, call.method, t.scheme+"://"+t.address, nil)
		if err != nil {
			return nil, err
		}
		req.URL.Opaque = call.path // byte for byte
		if strings.HasPrefix(call.path, "//") {
			req.URL.Opaque = "//" + t.address + call.path // in absolute form, so that the path is not taken for a host
		}
		req.URL.RawQuery = call.query
		req.Host = t.host
		req.Header = call.header.Clone()
		req.Header.Del("Host")
		req.ContentLength = call.length
		if call.body != nil {
			req.Body = io.NopCloser(call.body)
		}
		resp, err := call.transport.RoundTrip(req)
		var op *net.OpError
		unreached := errors.As(err, &op) && op.Op == "dial"
		if err == nil || !unreached || attempt >= t.attempts || ctx.Err() != nil {
			return resp, err
		}
	}
}

// reasonOf is the status description that the origin sent.
func reasonOf(resp *http.Response) string {
	_, reason, _ := strings.Cut(resp.Status, " ")
	return reason
}

// classify gives the status for a failure (CloudFront's pages "HTTP 502 status code" and "HTTP 504 status code").
func classify(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause == errReadTimeout || cause == errCompletionTimeout {
		return &originError{http.StatusGatewayTimeout, "the origin did not answer in time", cause}
	}
	var (
		dns     *net.DNSError
		timeout interface{ Timeout() bool }
	)
	switch {
	case errors.As(err, &dns):
		return &originError{http.StatusBadGateway, fmt.Sprintf("CloudFront wasn't able to resolve the origin domain name %q", dns.Name), nil}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &originError{http.StatusGatewayTimeout, "no connection to the origin in time", err}
	}
	return &originError{http.StatusBadGateway, "CloudFront wasn't able to connect to the origin, or got no valid answer", err}
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
