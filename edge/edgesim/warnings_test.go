package edgesim_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/google/go-cmp/cmp"
)

// TestWarnings looks at the second answer to the same request.
func TestWarnings(t *testing.T) {
	t.Parallel()
	const nonce = "script-src 'self' 'nonce-r4nd0m'"
	fresh := edgesim.Associate(&edge.Function{ViewerResponse: func(_ context.Context, r *edge.Response) error {
		r.Header.Set("Content-Security-Policy", "script-src 'nonce-fr3sh'")
		return nil
	}})
	tests := []struct {
		name      string
		header    []string
		functions edgesim.Functions
		want      []string // how the warnings begin
		reason    string
	}{
		{"none", []string{"Content-Security-Policy", "script-src 'self'"}, edgesim.Functions{}, nil, "nothing is for one viewer only"},
		{"nonce", []string{"Content-Security-Policy", nonce}, edgesim.Functions{}, []string{"Content-Security-Policy from the cache with a nonce"}, "the same for all"},
		{"nonce-capitals", []string{"Content-Security-Policy", "SCRIPT-SRC 'NONCE-x'"}, edgesim.Functions{}, []string{"Content-Security-Policy from"}, "nonce- has no case (CSP3 section 2.3.1)"},
		{"nonce-second", []string{"Content-Security-Policy", "default-src 'self'", "Content-Security-Policy", "default-src 'self',img-src *;script-src 'nonce-x'"},
			edgesim.Functions{}, []string{"Content-Security-Policy from"}, "in any of several policies"},
		{"nonce-report-only", []string{"Content-Security-Policy-Report-Only", nonce}, edgesim.Functions{}, []string{"Content-Security-Policy-Report-Only from"}, "what will be enforced tomorrow"},
		{"nonce-replaced", []string{"Content-Security-Policy", nonce}, fresh, nil, "viewer-response makes one for each answer"},
		{"nonce-no-store", []string{"Content-Security-Policy", nonce, "Cache-Control", "no-store"}, edgesim.Functions{}, []string{"Content-Security-Policy from"},
			"the minimum TTL of the policy is a second, and counts for more than no-store (Expiration.html)"},
		{"hash", []string{"Content-Security-Policy", "script-src 'sha256-nonce-'"}, edgesim.Functions{}, nil, "no nonce-source"},
		{"cookie", []string{"Set-Cookie", "session=1"}, edgesim.Functions{}, []string{"Set-Cookie from the cache"}, "the first viewer's"},
		{"both", []string{"Set-Cookie", "session=1", "Content-Security-Policy", nonce}, edgesim.Functions{},
			[]string{"Set-Cookie from the cache", "Content-Security-Policy from"}, "each by itself"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200, test.header...)}, CachePolicy: edgesim.CachingOptimized(),
				OriginRequestPolicy: edgesim.AllViewer(), Functions: test.functions})
			_, first := get(s, "/")
			_, second := get(s, "/")
			if len(first.Warnings) > 0 {
				t.Errorf("the answer that is stored: %q", first.Warnings)
			}
			var got []string
			for i, text := range second.Warnings {
				if i < len(test.want) && strings.HasPrefix(text, test.want[i]) {
					text = test.want[i]
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.reason, diff)
			}
		})
	}
}

// TestNoWarningWhenAsked: with a minimum TTL of zero, no-store keeps the answer out of the cache.
func TestNoWarningWhenAsked(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200, "Set-Cookie", "session=1", "Cache-Control", "no-store"), caching(0, 60, 3600), func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.OriginRequestPolicy = edgesim.AllViewer()
	})
	get(w.Simulator, "/")
	if _, trace := get(w.Simulator, "/"); len(trace.Warnings) > 0 {
		t.Errorf("got %q", trace.Warnings)
	}
}

// missing is an origin that has pages below /here and an error page, which has a nonce.
func missing() *origin {
	return &origin{serve: func(_ int64, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "script-src 'nonce-x'")
		if strings.HasPrefix(r.URL.Path, "/nowhere") {
			w.WriteHeader(404)
		}
	}}
}

func withErrorPage(c *edgesim.Config) {
	c.Distribution.ErrorResponses = []edgesim.ErrorResponse{{Status: 404, PagePath: "/404.html", CachingTTL: time.Minute}}
}

// TestWarningsOfErrorPage: a custom error page from the cache is an answer from the cache.
func TestWarningsOfErrorPage(t *testing.T) {
	t.Parallel()
	w := serving(t, missing(), edgesim.CachingOptimized(), withErrorPage)
	for i, want := range []int{0, 1} {
		if _, trace := get(w.Simulator, "/nowhere"); len(trace.Warnings) != want {
			t.Errorf("request %d: %q; want %d warnings", i+1, trace.Warnings, want)
		}
	}
}

// TestHitsAreNoErrors: as in CloudFront's cache statistics, where hits, misses and errors are counted apart.
func TestHitsAreNoErrors(t *testing.T) {
	t.Parallel()
	w := serving(t, missing(), edgesim.CachingOptimized(), withErrorPage)
	for _, step := range []struct {
		target       string
		hits, misses int64
		reason       string
	}{
		{"/nowhere", 0, 2, "the origin is asked for it, and for the page"},
		{"/nowhere", 0, 2, "an error from the cache, with a page from the cache"},
		{"/nowhere/else", 0, 3, "a page from the cache"},
		{"/here", 0, 4, "a miss"},
		{"/here", 1, 4, "a hit"},
		{"/404.html", 2, 4, "the page, asked for by a viewer"},
	} {
		get(w.Simulator, step.target)
		if got := w.Stats(); got.Hits != step.hits || got.Misses != step.misses {
			t.Errorf("%s: %d hits, %d misses; want %d and %d: %s", step.target, got.Hits, got.Misses, step.hits, step.misses, step.reason)
		}
	}
}

// TestFoundWhenKept: the trace of the answer that goes into the cache says so already. Who looks again after the second that a minimum
// TTL is never sees it come back.
func TestFoundWhenKept(t *testing.T) {
	t.Parallel()
	const nonce = "script-src 'nonce-r4nd0m'"
	fresh := edgesim.Associate(&edge.Function{ViewerResponse: func(_ context.Context, r *edge.Response) error {
		r.Header.Set("Content-Security-Policy", "script-src 'nonce-fr3sh'")
		return nil
	}})
	tests := []struct {
		name      string
		policy    *edgesim.CachePolicy
		header    []string
		functions edgesim.Functions
		want      []string
		reason    string
	}{
		{"nonce", edgesim.CachingOptimized(), []string{"Content-Security-Policy", nonce, "Cache-Control", "no-store"}, edgesim.Functions{},
			[]string{`headers["content-security-policy"]: kept for 1s with a nonce`}, "the minimum TTL counts for more than no-store (Expiration.html)"},
		{"cookie", caching(0, 60, 60), []string{"Set-Cookie", "session=1"}, edgesim.Functions{}, []string{`headers["set-cookie"]: kept for 1m`}, ""},
		{"not kept", caching(0, 60, 60), []string{"Content-Security-Policy", nonce, "Cache-Control", "no-store"}, edgesim.Functions{}, nil, ""},
		{"replaced", edgesim.CachingOptimized(), []string{"Content-Security-Policy", nonce}, fresh, nil, "viewer-response makes one for each answer"},
		{"nothing personal", edgesim.CachingOptimized(), []string{"Content-Security-Policy", "script-src 'self'"}, edgesim.Functions{}, nil, ""},
		{"off", edgesim.CachingDisabled(), []string{"Content-Security-Policy", nonce}, edgesim.Functions{}, nil, "there is no store"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200, test.header...)}, CachePolicy: test.policy,
				OriginRequestPolicy: edgesim.AllViewer(), Functions: test.functions})
			_, trace := get(s, "/")
			var got []string
			if st := trace.Stage(edgesim.StageStore); st != nil {
				for _, f := range st.Findings {
					text, _, _ := strings.Cut(f.String(), ": every viewer")
					got = append(got, text)
					if !f.Warning {
						t.Errorf("%s: CloudFront does not refuse it", f)
					}
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.reason, diff)
			}
		})
	}
}
