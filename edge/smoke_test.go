package edge_test

import (
	"context"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

const ev = `{"Records":[{"cf":{"config":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE","eventType":"origin-request","requestId":"4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ=="},"request":{"clientIp":"203.0.113.178","headers":{"x-forwarded-for":[{"key":"X-Forwarded-For","value":"203.0.113.178"}],"user-agent":[{"key":"User-Agent","value":"Amazon CloudFront"}],"via":[{"key":"Via","value":"2.0 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)"}],"host":[{"key":"Host","value":"example.org"}],"cache-control":[{"key":"Cache-Control","value":"no-cache"}]},"method":"GET","origin":{"custom":{"customHeaders":{},"domainName":"example.org","keepaliveTimeout":5,"path":"","port":443,"protocol":"https","readTimeout":30,"responseCompletionTimeout":30,"sslProtocols":["TLSv1","TLSv1.1","TLSv1.2"]}},"querystring":"","uri":"/"}}}]}`

func TestSmoke(t *testing.T) {
	f := &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Set("X-New", "a\"b")
		r.Header.Del("cache-control")
		r.Origin.(*edge.CustomOrigin).ReadTimeout = 10
		return r, nil
	}}
	out, err := f.Invoke(t.Context(), []byte(ev))
	t.Logf("%s %v", out, err)
	f.OriginRequest = func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Set("X-New", "a\"b\r\n")
		return &edge.Response{StatusCode: 99, Header: r.Header}, nil
	}
	out, err = f.Invoke(t.Context(), []byte(ev))
	t.Logf("%s %v", out, err)
}

func BenchmarkUntouched(b *testing.B) {
	f := &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }}
	ctx := context.Background()
	e := []byte(ev)
	b.ReportAllocs()
	for b.Loop() {
		f.Invoke(ctx, e)
	}
}
