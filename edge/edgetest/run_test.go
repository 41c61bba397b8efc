package edgetest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func viewerRequest(h edge.RequestHandler) *edge.Function { return &edge.Function{ViewerRequest: h} }

func TestRequestOutcomes(t *testing.T) {
	answer := func(r *edge.Response) *edge.Function {
		return viewerRequest(func(context.Context, *edge.Request) (edge.Outcome, error) { return r, nil })
	}
	var header edge.Header
	header.Add("Set-Cookie", "a=1")
	header.Add("Set-Cookie", "b=2")
	for _, tt := range []struct {
		name, reason string
		answer       *edge.Response
	}{
		{"text", "a text body comes back as text", &edge.Response{StatusCode: 200, Header: header, Body: edge.Text("Zürich \"1\"\n")}},
		{"binary", "bytes that are no text come back as they were", &edge.Response{StatusCode: 404, Body: edge.Binary([]byte{0, 0xff, 0x1f, 0x8b})}},
		{"no-body", "no body member is the zero Body", &edge.Response{StatusCode: 302, Status: "Found", Header: header}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := edgetest.Request(answer(tt.answer), edgetest.NewRequest(edge.ViewerRequest, "GET", "/"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(edge.Outcome(tt.answer), got); diff != "" {
				t.Errorf("%s: (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

func TestRequestCarriesEveryField(t *testing.T) {
	r := edgetest.NewRequest(edge.OriginRequest, "POST", "/a?b=1")
	r.Header.Add("X-Many", "one")
	r.Header.Add("X-Many", "zwei \t\"drei\" <ü>")
	r.Body = &edge.RequestBody{InputTruncated: true, Action: "read-only", Encoding: "base64", Data: "YWJj"}
	var custom edge.Header
	custom.Set("X-Secret", "s")
	for _, origin := range []edge.Origin{
		&edge.CustomOrigin{CustomHeaders: custom, DomainName: "o.example.com", KeepaliveTimeout: 1, Path: "/p",
			Port: 8080, Protocol: "http", ReadTimeout: 2, ResponseCompletionTimeout: 3, SSLProtocols: []string{"TLSv1.2", "TLSv1"}},
		&edge.S3Origin{AuthMethod: "origin-access-identity", CustomHeaders: custom, Path: "/p", Region: "eu-west-1",
			DomainName: "amzn-s3-demo-bucket.s3.eu-west-1.amazonaws.com", ReadTimeout: 4, ResponseCompletionTimeout: 5},
	} {
		r.Origin = origin
		out, err := edgetest.Request(passThrough(), r)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(edge.Outcome(r), out); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestRequestSharesNothing(t *testing.T) {
	r := edgetest.NewRequest(edge.OriginRequest, "GET", "/")
	f := &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.URI = "/changed"
		r.Header.Set("X-Changed", "1")
		o := r.Origin.(*edge.CustomOrigin)
		o.Path, o.SSLProtocols[0] = "/changed", "TLSv1.1"
		return r, nil
	}}
	if _, err := edgetest.Request(f, r); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(edgetest.NewRequest(edge.OriginRequest, "GET", "/"), r); diff != "" {
		t.Errorf("the handler reached the test's request (-want +got):\n%s", diff)
	}
}

func TestRequestReportsBreaches(t *testing.T) {
	f := viewerRequest(func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Set("Host", "www.example.com")
		return r, nil
	})
	_, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", "/"))
	if breach, ok := errors.AsType[*edge.FieldError](err); !ok || breach.Rule != "read-only-changed" {
		t.Errorf("got %v; want the rule that Host is read-only in viewer-request", err)
	}
	mine := errors.New("mine")
	f = viewerRequest(func(context.Context, *edge.Request) (edge.Outcome, error) { return nil, mine })
	if _, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", "/")); !errors.Is(err, mine) {
		t.Errorf("got %v; want the handler's own error", err)
	}
}

func TestResponseOutcomes(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(*edge.Response)
		want func(*edge.Response)
	}{
		{"header", func(r *edge.Response) { r.Header.Set("X-A", "1") }, func(r *edge.Response) { r.Header.Set("X-A", "1") }},
		{"status", func(r *edge.Response) { r.StatusCode, r.Status = 503, "Later" }, func(r *edge.Response) { r.StatusCode, r.Status = 503, "Later" }},
		{"body-removed", func(r *edge.Response) { r.Body = edge.EmptyBody() }, func(r *edge.Response) { r.Body = edge.EmptyBody() }},
		{"body-replaced", func(r *edge.Response) { r.Body = edge.Text("x") }, func(r *edge.Response) { r.Body = edge.Text("x") }},
		{"request-ignored", func(r *edge.Response) { r.Request.URI = "/ignored" }, func(*edge.Response) {}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &edge.Function{OriginResponse: func(_ context.Context, r *edge.Response) error { tt.edit(r); return nil }}
			got, err := edgetest.Response(f, edgetest.NewResponse(edge.OriginResponse, 200, "/"))
			if err != nil {
				t.Fatal(err)
			}
			want := edgetest.NewResponse(edge.OriginResponse, 200, "/")
			tt.want(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestFreshHeaderIsFoundOut holds that what NewResponse makes has something to lose.
func TestFreshHeaderIsFoundOut(t *testing.T) {
	fresh := func(_ context.Context, r *edge.Response) error { r.Header = edge.Header{}; return nil }
	f := &edge.Function{OriginResponse: fresh, ViewerResponse: fresh}
	for _, trigger := range []edge.Trigger{edge.OriginResponse, edge.ViewerResponse} {
		out, err := edgetest.Response(f, edgetest.NewResponse(trigger, 200, "/"))
		if breach, ok := errors.AsType[*edge.FieldError](err); out != nil || !ok || breach.Rule != "read-only-deleted" {
			t.Errorf("%s: got %v, %v; want the rule read-only-deleted", trigger, out, err)
		}
	}
}

// TestImpossibleInputs are what CloudFront would not send.
func TestImpossibleInputs(t *testing.T) {
	request := func(edit func(*edge.Request)) error {
		r := edgetest.NewRequest(edge.ViewerRequest, "GET", "/")
		edit(r)
		_, err := edgetest.Request(passThrough(), r)
		return err
	}
	response := func(edit func(*edge.Response)) error {
		r := edgetest.NewResponse(edge.OriginResponse, 200, "/")
		edit(r)
		_, err := edgetest.Response(passThrough(), r)
		return err
	}
	for _, tt := range []struct {
		name, want string
		err        error
	}{
		{"hidden-request-header", "headers.x-forwarded-proto: CloudFront does not show",
			request(func(r *edge.Request) { r.Header.Set("X-Forwarded-Proto", "https") })},
		{"hidden-response-header", "headers.x-cache: CloudFront does not show",
			response(func(r *edge.Response) { r.Header.Set("X-Cache", "Hit from cloudfront") })},
		{"hidden-header-of-the-request", "headers.x-amz-cf-id: CloudFront does not show",
			response(func(r *edge.Response) { r.Request.Header.Set("X-Amz-Cf-Id", "x") })},
		{"control-character", "control characters", request(func(r *edge.Request) { r.Header.Set("X-A", "a\r\nb") })},
		{"not-utf8", "is not UTF-8", request(func(r *edge.Request) { r.URI = "/\xff" })},
		{"response-trigger", `got a request of the trigger "viewer-response"`,
			request(func(r *edge.Request) { r.Config.Trigger = edge.ViewerResponse })},
		{"request-trigger", `got a response of the trigger "viewer-request"`,
			response(func(r *edge.Response) { r.Request.Config.Trigger = edge.ViewerRequest })},
		{"no-request", "without a Request", response(func(r *edge.Response) { r.Request = nil })},
		{"body", "with a body", response(func(r *edge.Response) { r.Body = edge.Text("x") })},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.err == nil || !strings.Contains(tt.err.Error(), tt.want) {
				t.Errorf("got %v; want an error with %q", tt.err, tt.want)
			}
		})
	}
}
