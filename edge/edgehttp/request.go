package edgehttp

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgeurl"
)

// ErrTruncated is what reading a request's body ends with where CloudFront shows
// only its beginning: 40 KB in viewer-request, 1 MB in origin-request.
var ErrTruncated = errors.New("edgehttp: CloudFront shows only the beginning of the request's body")

// newRequest returns the request as a server's.
func (x *exchange) newRequest(ctx context.Context) *http.Request {
	r := x.request
	header := HTTPHeader(r.Header)
	coding := header["Transfer-Encoding"]
	maps.DeleteFunc(header, func(name string, _ []string) bool { return hasField(name) })
	req := &http.Request{
		Method:     r.Method,
		URL:        edgeurl.Request(r),
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     header,
		Host:       r.Header.Get("host"),
		RemoteAddr: net.JoinHostPort(r.ClientIP, "0"),
		RequestURI: r.URI,

		TransferEncoding: coding,
	}
	if r.QueryString != "" {
		req.RequestURI += "?" + r.QueryString
	}
	x.openBody(req)
	return req.WithContext(context.WithValue(ctx, exchangeKey{}, x))
}

// hasField reports whether net/http has the header in a field of a Request, and not
// in its Header.
func hasField(name string) bool {
	return strings.EqualFold(name, "Host") || strings.EqualFold(name, "Transfer-Encoding")
}

// openBody sets the body of req and its length, -1 if that is not known.
func (x *exchange) openBody(req *http.Request) {
	req.Body = http.NoBody
	if b := x.request.Body; b != nil {
		var err error
		x.data, err = b.Bytes()
		req.ContentLength = int64(len(x.data))
		switch {
		case err != nil:
			x.end = err
			req.ContentLength = -1
		case b.InputTruncated:
			x.end = ErrTruncated
			req.ContentLength = -1
			// What the viewer said it sends is more than what is here.
			if n, err := strconv.ParseInt(x.request.Header.Get("content-length"), 10, 64); err == nil && n > int64(len(x.data)) {
				req.ContentLength = n
			}
		}
		if len(x.data) > 0 || x.end != nil {
			req.Body = &body{data: bytes.NewReader(x.data), end: x.end}
		}
	}
	x.body = req.Body
}

// A body reads a request's body and then fails with end, if that is not nil. It has
// no WriteTo, with which io.Copy would pass by the failure.
type body struct {
	data *bytes.Reader
	end  error
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.data.Read(p)
	if err == io.EOF && b.end != nil {
		err = b.end
	}
	return n, err
}

func (*body) Close() error { return nil }
