package console_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
	"github.com/google/go-cmp/cmp"
)

// A journey is what the console says of a request's headers.
type journey struct {
	Source  string
	Origin  int
	Answer  []row
	Origins []struct {
		Origin, Method, Target string
		Status                 int
		Page                   bool
		Request, Answer        []row
	}
}

type row struct {
	Name, From, Change, By, Why string
	Was, Now                    []string
}

// find gives what is said of a header in a line; "" when nothing is.
func find(rows []row, name string) string {
	for _, r := range rows {
		if r.Name == name {
			line := r.Change + " " + strings.Join(r.Was, "|") + ">" + strings.Join(r.Now, "|")
			if r.From != "" {
				line += " from " + r.From
			}
			if r.By != "" {
				line += " by " + r.By
			}
			if r.Why != "" {
				line += ": " + r.Why
			}
			return line
		}
	}
	return ""
}

func (b *bench) journey(id string) (j journey) {
	b.t.Helper()
	if status := b.read("/api/headers?id="+id, &j); status != 200 {
		b.t.Fatalf("headers: %d", status)
	}
	return j
}

// says answers with headers, given as name, value, name, value.
func says(status int, header ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Add(header[i], header[i+1])
		}
		w.WriteHeader(status)
		w.Write([]byte("hello"))
	})
}

// sendsAway is a viewer-request function that answers by itself.
func sendsAway(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	answer := &edge.Response{StatusCode: 302}
	answer.Header.Set("Location", "https://example.com/")
	return answer, nil
}

// changesRequests is a viewer-request function that adds a header and takes one out.
func changesRequests(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	r.Header.Set("X-Seen", "yes")
	r.Header.Del("X-Gone")
	return r, nil
}

func custom(h http.Handler) *edgesim.CustomOrigin {
	return &edgesim.CustomOrigin{Handler: h, DomainName: "api.example.com", CustomHeaders: http.Header{"X-Key": {"k"}}}
}

// forwards is a behaviour that forwards one cookie and one header.
func forwards(o edgesim.Origin) edgesim.Behavior {
	return edgesim.Behavior{Origin: o, CachePolicy: edgesim.CachingDisabled(), OriginRequestPolicy: &edgesim.OriginRequestPolicy{
		Cookies: edgesim.Only("session"), Headers: edgesim.Only("X-Seen"), QueryStrings: edgesim.Only("page"),
	}}
}

func TestJourney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		behavior edgesim.Behavior
		header   http.Header
		target   string
		source   string
		request  map[string]string // what is said of the request to the first origin
		answer   map[string]string
	}{
		{"cookie-dropped", edgesim.Behavior{Origin: custom(says(200, "Set-Cookie", "a=1")), CachePolicy: edgesim.CachingOptimized()},
			http.Header{"Cookie": {"session=1; theme=dark"}}, "/?a=1&b=2", "origin",
			map[string]string{
				"Cookie":         "dropped session=1; theme=dark> by CloudFront: no policy of the behaviour forwards session, theme",
				"(query string)": "dropped a=1&b=2> by CloudFront: no policy of the behaviour forwards a, b",
				"Host":           "changed example.com>api.example.com by CloudFront: no policy forwards Host: the origin gets its own name",
				"X-Key":          "added >k by CloudFront: a custom header of the origin",
				"(path)":         "kept />/",
			},
			map[string]string{
				"Set-Cookie": "dropped a=1> by CloudFront: no policy of the behaviour forwards cookies, so CloudFront takes Set-Cookie out",
				"X-Cache":    "added >Miss from cloudfront by CloudFront: CloudFront's own",
			}},
		{"cookie-arrives", forwards(custom(says(200, "Set-Cookie", "a=1"))), http.Header{"Cookie": {"session=1; theme=dark"}, "X-Seen": {"no"}}, "/?page=2&x=1", "origin",
			map[string]string{
				"Cookie":         "changed session=1; theme=dark>session=1 by CloudFront: no policy of the behaviour forwards theme",
				"(query string)": "changed page=2&x=1>page=2 by CloudFront: no policy of the behaviour forwards x",
				"X-Seen":         "kept no>no",
			},
			map[string]string{"Set-Cookie": "kept a=1>a=1"}},
		{"response-headers-policy", edgesim.Behavior{Origin: custom(says(200, "Server", "x", "X-A", "0")), CachePolicy: edgesim.CachingDisabled(),
			ResponseHeadersPolicy: &edgesim.ResponseHeadersPolicy{Remove: []string{"Server"}, Headers: []edgesim.ResponseHeader{{Name: "X-A", Value: "1", Override: true}, {Name: "X-B", Value: "2"}}}},
			nil, "/", "origin", nil,
			map[string]string{
				"Server": "dropped x> by CloudFront: the behaviour's response headers policy",
				"X-A":    "changed 0>1 by CloudFront: the behaviour's response headers policy",
				"X-B":    "added >2 by CloudFront: the behaviour's response headers policy",
			}},
		{"function-and-policy", edgesim.Behavior{Origin: custom(says(200)), CachePolicy: edgesim.CachingDisabled(), Functions: edgesim.Associate(&edge.Function{ViewerRequest: changesRequests})},
			http.Header{"X-Gone": {"1"}, "Referer": {"http://localhost/"}}, "/", "origin",
			map[string]string{
				"X-Seen": "dropped yes> from viewer-request by CloudFront: no policy of the behaviour forwards it",
				"X-Gone": "dropped 1> by viewer-request",
			}, nil},
		{"function-arrives", func() edgesim.Behavior {
			b := forwards(custom(says(200)))
			b.Functions = edgesim.Associate(&edge.Function{ViewerRequest: changesRequests})
			return b
		}(), http.Header{"X-Seen": {"no"}}, "/", "origin", map[string]string{"X-Seen": "changed no>yes by viewer-request"}, nil},
		{"hop-by-hop", edgesim.Behavior{Origin: custom(says(200, "Connection", "X-Private", "X-Private", "1", "X-Amz-Id-2", "z"))},
			http.Header{"Te": {"trailers"}, "If-None-Match": {`"x"`}, "X-Mock-Cloudfront-Viewer-Country": {"CH"}}, "/", "origin",
			map[string]string{
				"Te":                               "dropped trailers> by CloudFront: it is for the connection between viewer and CloudFront only",
				"If-None-Match":                    `dropped "x"> by CloudFront: the cache asks for the whole object, and compares by itself`,
				"X-Mock-Cloudfront-Viewer-Country": "dropped CH> by CloudFront: it is for the simulator, and goes no further",
			},
			map[string]string{
				"X-Private":  "dropped 1> by CloudFront: it is for the connection between origin and CloudFront only",
				"X-Amz-Id-2": "dropped z> by CloudFront: S3's own, which CloudFront takes out",
			}},
		{"origin-response", edgesim.Behavior{Origin: custom(says(200, "Server", "x", "X-Old", "1")), Functions: edgesim.Associate(&edge.Function{
			OriginResponse: func(_ context.Context, r *edge.Response) error {
				r.Header.Set("X-Frame-Options", "DENY")
				r.Header.Del("X-Old")
				return nil
			}})}, nil, "/", "origin", nil,
			map[string]string{"X-Frame-Options": "added >DENY by origin-response", "X-Old": "dropped 1> by origin-response", "Server": "kept x>x"}},
		{"generated", edgesim.Behavior{Origin: custom(says(200)), Functions: edgesim.Associate(&edge.Function{ViewerRequest: sendsAway})}, nil, "/", "function", nil,
			map[string]string{"Location": "added >https://example.com/ by viewer-request"}},
		{"failed", edgesim.Behavior{Origin: custom(says(200, "X-Old", "1")), Functions: edgesim.Associate(&edge.Function{
			OriginResponse: func(context.Context, *edge.Response) error { return errors.New("no") }})}, nil, "/", "CloudFront", nil,
			map[string]string{"Server": "kept CloudFront>CloudFront", "X-Old": ""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := benchOf(t, edgesim.Distribution{DefaultBehavior: test.behavior})
			r := httptest.NewRequest("GET", test.target, nil)
			r.Header = test.header
			_, trace := b.sim.Do(r)
			j := b.journey(trace.ID)
			if j.Source != test.source {
				t.Errorf("source: got %q, want %q", j.Source, test.source)
			}
			var request []row
			if len(j.Origins) > 0 {
				request = j.Origins[0].Request
			}
			if diff := cmp.Diff(test.request, said(request, test.request)); diff != "" {
				t.Errorf("request (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.answer, said(j.Answer, test.answer)); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// said is what rows say of the headers of want.
func said(rows []row, want map[string]string) map[string]string {
	if want == nil {
		return nil
	}
	got := map[string]string{}
	for name := range want {
		got[name] = find(rows, name)
	}
	return got
}

// A simulator's own page for an error is not taken for the origin's answer, and its request is not taken for the viewer's.
func TestJourneyOfErrorPage(t *testing.T) {
	t.Parallel()
	s3 := &edgesim.S3Origin{FS: fstest.MapFS{"404.html": {Data: []byte("gone")}}, DomainName: "pages.s3.us-east-1.amazonaws.com"}
	b := benchOf(t, edgesim.Distribution{
		DefaultBehavior: edgesim.Behavior{Origin: custom(says(404, "X-Why", "no such user")), CachePolicy: edgesim.CachingOptimized()},
		Behaviors:       []edgesim.Behavior{{PathPattern: "/404.html", Origin: s3, CachePolicy: edgesim.CachingOptimized()}},
		ErrorResponses:  []edgesim.ErrorResponse{{Status: 404, PagePath: "/404.html", ResponseCode: 404, CachingTTL: time.Minute}},
	})
	first := b.journey(b.view("/users/x").ID)
	if len(first.Origins) != 2 || first.Source != "origin" || first.Origin != 1 || first.Origins[0].Page || !first.Origins[1].Page {
		t.Fatalf("the first: %+v", first)
	}
	got := map[string]string{"why": find(first.Origins[0].Answer, "X-Why"), "viewer": find(first.Answer, "X-Why"), "path": find(first.Origins[1].Request, "(path)")}
	want := map[string]string{"why": "kept no such user>no such user", "viewer": "",
		"path": "changed /users/x>/404.html by CloudFront: the request is for the custom error page"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if other := b.journey(b.view("/users/y").ID); other.Source != "error-page" || len(other.Origins) != 1 {
		t.Errorf("with the page in the cache: %+v", other)
	}
	if again := b.journey(b.view("/users/x").ID); again.Source != "error-page" || len(again.Origins) != 0 {
		t.Errorf("with both in the cache: %+v", again)
	}
}

// A hit has the headers that were stored, and those of this answer.
func TestJourneyOfHit(t *testing.T) {
	t.Parallel()
	b := benchOf(t, edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
		Origin: custom(says(200, "X-Old", "1")), CachePolicy: edgesim.CachingOptimized(),
		Functions: edgesim.Associate(&edge.Function{ViewerResponse: func(_ context.Context, r *edge.Response) error {
			r.Header.Set("X-New", "2")
			return nil
		}}),
	}})
	b.view("/")
	j := b.journey(b.view("/").ID)
	want := map[string]string{"X-Old": "kept 1>1", "X-New": "added >2 by viewer-response",
		"Age": "added >0 by CloudFront: how many seconds it was in the cache"}
	if diff := cmp.Diff(want, said(j.Answer, want)); diff != "" || j.Source != "cache" {
		t.Errorf("%s (-want +got):\n%s", j.Source, diff)
	}
}

// With failover each origin has its own request, and a name that does not resolve has none.
func TestJourneyOfGroup(t *testing.T) {
	t.Parallel()
	seen := 0
	group := &edgesim.OriginGroup{Primary: custom(says(503, "X-From", "first")), Statuses: []int{503},
		Secondary: &edgesim.CustomOrigin{Handler: says(200, "X-From", "second"), DomainName: "other.example.com"}}
	b := benchOf(t, edgesim.Distribution{DefaultBehavior: edgesim.Behavior{Origin: group, Functions: edgesim.Associate(&edge.Function{
		OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			seen++
			r.Header.Set("X-Try", strings.Repeat("I", seen))
			return r, nil
		}})}})
	j := b.journey(b.view("/").ID)
	if len(j.Origins) != 2 || j.Origin != 1 {
		t.Fatalf("%+v", j)
	}
	got := []string{find(j.Origins[0].Request, "X-Try"), find(j.Origins[1].Request, "X-Try"), find(j.Origins[0].Answer, "X-From"), find(j.Answer, "X-From")}
	want := []string{"added >I by origin-request", "added >II by origin-request", "kept first>first", "kept second>second"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Where events were too large to be kept, nobody is blamed.
func TestJourneyWithoutEvents(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	b.console.Observe(&edgesim.Trace{
		ID: "x", Viewer: edgesim.ViewerRequest{Method: "GET", Target: "/", Header: map[string][]string{"X-Debug": {"1"}}},
		Stages:  []edgesim.Stage{{Name: edgesim.StageViewerRequest, Function: "f"}, {Name: edgesim.StageOrigin, Notes: []string{"GET / from a"}}},
		Origins: []edgesim.OriginTrace{{Origin: "a", Method: "GET", Target: "/"}},
	})
	const want = "dropped 1> by CloudFront: or a function, whose event was too large to be kept"
	if got := find(b.journey("x").Origins[0].Request, "X-Debug"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// benchOf is a bench with another distribution.
func benchOf(t *testing.T, d edgesim.Distribution) *bench {
	t.Helper()
	b := &bench{t: t, console: &console.Console{}}
	var err error
	if b.sim, err = edgesim.New(edgesim.Config{Distribution: d, Observe: b.console.Observe}); err != nil {
		t.Fatal(err)
	}
	b.handler = b.console.Handler(b.sim)
	return b
}
