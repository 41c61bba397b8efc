package edgetest_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func TestNewRequest(t *testing.T) {
	type want struct{ Method, Host, URI, Query string }
	for _, tt := range []struct {
		name, method, target, reason string
		want                         want
	}{
		{"path", "GET", "/index.html", "the documented domain is the default host",
			want{"GET", "d111111abcdef8.cloudfront.net", "/index.html", ""}},
		{"no-method", "", "/", "as in net/http",
			want{"GET", "d111111abcdef8.cloudfront.net", "/", ""}},
		{"query-kept", "GET", "/a%20b?x=a%20b+%2F&&z", "path and query stand byte for byte",
			want{"GET", "d111111abcdef8.cloudfront.net", "/a%20b", "x=a%20b+%2F&&z"}},
		{"query-with-question-mark", "GET", "/?a=?b", "only the first one separates",
			want{"GET", "d111111abcdef8.cloudfront.net", "/", "a=?b"}},
		{"lone-percent", "GET", "/100%?a=%zz", "CloudFront takes it, and so have functions to",
			want{"GET", "d111111abcdef8.cloudfront.net", "/100%", "a=%zz"}},
		{"url-in-query", "GET", "/r?to=https://www.example.com/", "no scheme stands after a slash",
			want{"GET", "d111111abcdef8.cloudfront.net", "/r", "to=https://www.example.com/"}},
		{"colon-first", "GET", "//www.example.com/a", "two slashes are a path: RFC 9112, section 3.2.1",
			want{"GET", "d111111abcdef8.cloudfront.net", "//www.example.com/a", ""}},
		{"absolute", "POST", "https://www.example.com/x?y=1", "an alternate domain name",
			want{"POST", "www.example.com", "/x", "y=1"}},
		{"absolute-without-path", "GET", "https://www.example.com?y=1", "RFC 9112, section 3.2.1: an empty path is a slash",
			want{"GET", "www.example.com", "/", "y=1"}},
		{"absolute-bare", "GET", "https://www.example.com", "RFC 9112, section 3.2.1",
			want{"GET", "www.example.com", "/", ""}},
		{"odd-method", "PROPFIND", "/dav/", "a method is any token",
			want{"PROPFIND", "d111111abcdef8.cloudfront.net", "/dav/", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := edgetest.NewRequest(edge.ViewerRequest, tt.method, tt.target)
			got := want{r.Method, r.Header.Get("host"), r.URI, r.QueryString}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s: (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

func TestNewRequestOfOriginTrigger(t *testing.T) {
	r := edgetest.NewRequest(edge.OriginRequest, "GET", "https://www.example.com/")
	o, ok := r.Origin.(*edge.CustomOrigin)
	if !ok || o.DomainName != r.Header.Get("host") {
		t.Errorf("got the origin %+v and the host %q; want one name in both", r.Origin, r.Header.Get("host"))
	}
	if !r.Header.Has("via") {
		t.Error("the request has no Via header, which CloudFront adds and functions must not touch")
	}
	if r := edgetest.NewRequest(edge.ViewerRequest, "GET", "/"); r.Origin != nil {
		t.Errorf("a viewer request has the origin %+v; want none", r.Origin)
	}
}

func TestNewRequestIsChunked(t *testing.T) {
	for _, trigger := range []edge.Trigger{edge.ViewerRequest, edge.OriginRequest} {
		for method, want := range map[string]string{"GET": "", "HEAD": "", "DELETE": "", "POST": "chunked", "PUT": "chunked", "PATCH": "chunked"} {
			r := edgetest.NewRequest(trigger, method, "/")
			if got := r.Header.Get("Transfer-Encoding"); got != want {
				t.Errorf("%s %s: got Transfer-Encoding %q; want %q", trigger, method, got, want)
			}
		}
		forgetful := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Del("Transfer-Encoding")
			return r, nil
		}
		f := &edge.Function{ViewerRequest: forgetful, OriginRequest: forgetful}
		_, err := edgetest.Request(f, edgetest.NewRequest(trigger, "POST", "/"))
		if e, ok := errors.AsType[*edge.FieldError](err); !ok || e.Rule != "read-only-deleted" {
			t.Errorf("%s: got %v; want a breach of read-only-deleted", trigger, err)
		}
	}
}

func TestConstructorsPanic(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		call       func()
	}{
		{"no-trigger", `got the trigger ""`, func() { edgetest.NewRequest("", "GET", "/") }},
		{"wrong-trigger", `got the trigger "viewer"`, func() { edgetest.NewRequest("viewer", "GET", "/") }},
		{"method", `got the method "G T"`, func() { edgetest.NewRequest(edge.ViewerRequest, "G T", "/") }},
		{"empty-target", "begins with a slash", func() { edgetest.NewRequest(edge.ViewerRequest, "GET", "") }},
		{"relative-target", "begins with a slash", func() { edgetest.NewRequest(edge.ViewerRequest, "GET", "index.html") }},
		{"star-target", "begins with a slash", func() { edgetest.NewRequest(edge.ViewerRequest, "OPTIONS", "*") }},
		{"fragment", "a fragment is not sent", func() { edgetest.NewRequest(edge.ViewerRequest, "GET", "/#top") }},
		{"space", "want it percent-encoded", func() { edgetest.NewRequest(edge.ViewerRequest, "GET", "/a b") }},
		{"not-utf8", "want it percent-encoded", func() { edgetest.NewRequest(edge.ViewerRequest, "GET", "/\xff") }},
		{"no-host", "want a host name in it", func() { edgetest.NewRequest(edge.ViewerRequest, "GET", "https:///a") }},
		{"bad-host", "want a host name in it", func() { edgetest.NewRequest(edge.ViewerRequest, "GET", "https://a b/") }},
		{"response-in-request-trigger", `got the trigger "viewer-request"`, func() { edgetest.NewResponse(edge.ViewerRequest, 200, "/") }},
		{"status", "got the status 99", func() { edgetest.NewResponse(edge.OriginResponse, 99, "/") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				got, _ := recover().(string)
				if !strings.Contains(got, tt.want) {
					t.Errorf("got the panic %q; want one with %q", got, tt.want)
				}
			}()
			tt.call()
		})
	}
}

// TestNewValuesAreLikeEvents holds what the constructors make to what a function
// gets to see of an event.
func TestNewValuesAreLikeEvents(t *testing.T) {
	for _, trigger := range []edge.Trigger{edge.ViewerRequest, edge.OriginRequest} {
		r := edgetest.NewRequest(trigger, "GET", "/a?b")
		out, err := edgetest.Request(passThrough(), r)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, out.(*edge.Request)); diff != "" {
			t.Errorf("%s through JSON and back (-want +got):\n%s", trigger, diff)
		}
	}
	for _, trigger := range []edge.Trigger{edge.OriginResponse, edge.ViewerResponse} {
		r := edgetest.NewResponse(trigger, http.StatusOK, "/a?b")
		out, err := edgetest.Response(passThrough(), r)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, out); diff != "" {
			t.Errorf("%s through JSON and back (-want +got):\n%s", trigger, diff)
		}
	}
}
