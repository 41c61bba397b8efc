package edgesim_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/textproto"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/google/go-cmp/cmp"
)

// earlyHints is an origin that sends a 103 with hints before its answer.
func earlyHints(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Link", "</a.css>; rel=preload")
	w.Header().Set("Set-Cookie", "a=1")
	w.Header().Set("X-Hint", "1")
	w.WriteHeader(http.StatusEarlyHints)
	w.Header().Del("X-Hint")
	fmt.Fprint(w, "page")
}

// interimOf asks for / over the network and gives the interim responses, each as its status and Link, and the answer.
func interimOf(s http.Handler) (interim []string, resp *http.Response) {
	server := httptest.NewServer(s)
	defer server.Close()
	r, _ := http.NewRequest(http.MethodGet, server.URL, nil)
	r = r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{Got1xxResponse: func(status int, h textproto.MIMEHeader) error {
		interim = append(interim, strings.TrimSpace(fmt.Sprint(status, " ", h.Get("Link"), h.Get("Set-Cookie"))))
		return nil
	}}))
	resp, err := server.Client().Do(r)
	if err != nil {
		panic(err)
	}
	resp.Body.Close()
	return interim, resp
}

// TestInterim holds that interim responses go on to the viewer once, as RFC 9110 section 15.2 has a proxy do, and into no cache.
func TestInterim(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(earlyHints))
	t.Cleanup(server.Close)
	for name, origin := range map[string]edgesim.Origin{
		"handler": &edgesim.CustomOrigin{Handler: http.HandlerFunc(earlyHints)},
		"server":  &edgesim.CustomOrigin{URL: server.URL},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, script(earlyHints), caching(0, 60, 600), func(c *edgesim.Config) { c.Distribution.DefaultBehavior.Origin = origin })
			for i, want := range [][]string{{"103 </a.css>; rel=preload"}, nil} {
				got, resp := interimOf(w.Simulator)
				if diff := cmp.Diff(want, got); diff != "" || resp.StatusCode != http.StatusOK {
					t.Errorf("request %d: %d, interim responses (-want +got):\n%s", i+1, resp.StatusCode, diff)
				}
				if resp.Header.Get("X-Hint") != "" {
					t.Errorf("request %d: a header of the interim response is in the answer", i+1)
				}
			}
		})
	}
}

// TestInterimForHTTP10: a viewer of HTTP/1.0 gets none (RFC 9110 section 15.2).
func TestInterimForHTTP10(t *testing.T) {
	t.Parallel()
	w := serving(t, script(earlyHints), caching(0, 60, 600))
	r := httptest.NewRequest(http.MethodGet, "https://d111111abcdef8.cloudfront.net/", nil)
	r.Proto, r.ProtoMinor = "HTTP/1.0", 0
	rec := &statuses{header: http.Header{}}
	w.ServeHTTP(rec, r)
	if diff := cmp.Diff([]int{http.StatusOK}, rec.seen); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

// statuses is a ResponseWriter that keeps every status.
type statuses struct {
	header http.Header
	seen   []int
}

func (s *statuses) Header() http.Header         { return s.header }
func (s *statuses) WriteHeader(status int)      { s.seen = append(s.seen, status) }
func (s *statuses) Write(p []byte) (int, error) { return len(p), nil }
