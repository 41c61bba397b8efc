package edgesim_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestUnknowns holds that each setting makes the difference that it is for: the same requests with the setting off and on.
func TestUnknowns(t *testing.T) {
	t.Parallel()
	const vreq, oreq, ores, vres = edge.ViewerRequest, edge.OriginRequest, edge.OriginResponse, edge.ViewerResponse
	at := func(d time.Duration) string { return newClock().Now().Add(d).Format(http.TimeFormat) }
	base64OfSpaces := strings.Repeat("ICAg", 10_500) // 42,000 bytes that stand for 31,500
	tests := []struct {
		name     string
		set      func(*edgesim.Unknowns)
		trigger  edge.Trigger // that the function is on; "" for none
		function edgesim.Function
		origin   *origin
		see      func(s *edgesim.Simulator) string
		off, on  string
	}{
		{"RootObjectFirst", func(u *edgesim.Unknowns) { u.RootObjectFirst = true }, vreq, edit(func(m map[string]any) { header(m, "x-uri", m["uri"].(string)) }),
			script(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("X-Seen", r.Header.Get("X-Uri")+" "+r.URL.Path)
			}),
			func(s *edgesim.Simulator) string { resp, _ := get(s, "/"); return resp.Header.Get("X-Seen") }, "/ /index.html", "/index.html /index.html"},
		{"ExpiresByEdgeClock", func(u *edgesim.Unknowns) { u.ExpiresByEdgeClock = true }, "", nil, says(200, "Date", at(-10*time.Second), "Expires", at(20*time.Second)),
			func(s *edgesim.Simulator) string { _, trace := get(s, "/"); return trace.Cache.TTL.String() }, "30s", "20s"},
		{"IgnoreOriginAge", func(u *edgesim.Unknowns) { u.IgnoreOriginAge = true }, "", nil, says(200, "Cache-Control", "max-age=60", "Age", "70"),
			func(s *edgesim.Simulator) string { get(s, "/"); _, trace := get(s, "/"); return trace.Result }, "Miss from cloudfront", "Hit from cloudfront"},
		{"CacheGone", func(u *edgesim.Unknowns) { u.CacheGone = true }, "", nil, says(410),
			func(s *edgesim.Simulator) string { _, trace := get(s, "/"); return trace.Cache.TTL.String() }, "0s", "10s"},
		{"OriginRequestXCache", func(u *edgesim.Unknowns) { u.OriginRequestXCache = "MissGeneratedResponse from cloudfront" }, oreq, returns(`{"status":"200"}`), says(200),
			func(s *edgesim.Simulator) string { _, trace := get(s, "/"); return trace.Result }, "Miss from cloudfront", "MissGeneratedResponse from cloudfront"},
		{"FunctionErrorTTL", func(u *edgesim.Unknowns) { u.FunctionErrorTTL = time.Minute }, oreq, returns(`null`), says(200),
			func(s *edgesim.Simulator) string { get(s, "/"); _, trace := get(s, "/"); return trace.Cache.Result }, "miss", "hit"},
		{"ViewerResponseByFinalStatus", func(u *edgesim.Unknowns) { u.ViewerResponseByFinalStatus = true }, ores, edit(func(m map[string]any) { m["status"] = "200" }), says(404),
			viewerResponseRan, "not run", "run"},
		{"SkipViewerResponseOnGeneratedError", func(u *edgesim.Unknowns) { u.SkipViewerResponseOnGeneratedError = true }, oreq, returns(`{"status":"404"}`), says(200),
			viewerResponseRan, "run", "not run"},
		{"HeadFillsByGet", func(u *edgesim.Unknowns) { u.HeadFillsByGet = true }, "", nil, says(200),
			func(s *edgesim.Simulator) string {
				send(s, "HEAD", "/")
				_, trace := get(s, "/")
				return trace.Cache.Result
			}, "miss", "hit"},
		{"DropInterim", func(u *edgesim.Unknowns) { u.DropInterim = true }, "", nil, script(earlyHints),
			func(s *edgesim.Simulator) string { seen, _ := interimOf(s); return strings.Join(seen, ", ") }, "103 </a.css>; rel=preload", ""},
		{"EmptyBodyOnGet", func(u *edgesim.Unknowns) { u.EmptyBodyOnGet = true }, vreq, edit(func(m map[string]any) { delete(m, "body") }), says(200),
			func(s *edgesim.Simulator) string {
				_, trace := get(s, "/")
				_, after, _ := strings.Cut(string(trace.Stage(edgesim.StageViewerRequest).Input), `"request":`)
				return after[:7]
			}, `{"clien`, `{"body"`},
		{"DecodedBodySize", func(u *edgesim.Unknowns) { u.DecodedBodySize = true }, vreq, returns(`{"status":"200","bodyEncoding":"base64","body":"` + base64OfSpaces + `"}`), says(200),
			func(s *edgesim.Simulator) string { resp, _ := get(s, "/"); return resp.Status }, "502 Bad Gateway", "200 OK"},
		{"CompressedLength", func(u *edgesim.Unknowns) { u.CompressedLength = true }, vres, nil, script(answer(200, strings.Repeat("x", 1500), "Content-Type", "text/css")),
			func(s *edgesim.Simulator) string {
				resp, _ := get(s, "/", "Accept-Encoding", "gzip")
				return framing(resp.Header, resp.TransferEncoding)
			}, "chunked", "35"},
	}
	for _, tc := range tests {
		for setting, want := range map[string]string{"off": tc.off, "on": tc.on} {
			t.Run(tc.name+"-"+setting, func(t *testing.T) {
				t.Parallel()
				w := serving(t, script(tc.origin.ServeHTTP), caching(0, 60, 600), func(c *edgesim.Config) {
					c.Distribution.DefaultRootObject = "index.html"
					c.Distribution.DefaultBehavior.Compress = true
					c.Distribution.DefaultBehavior.CachePolicy.Gzip = true
					c.Distribution.DefaultBehavior.OriginRequestPolicy = &edgesim.OriginRequestPolicy{Headers: edgesim.Only("X-Uri")}
					a := edgesim.Association{Function: tc.function, IncludeBody: tc.trigger == vreq}
					f := edgesim.Functions{ViewerResponse: edgesim.Association{Function: edit(func(map[string]any) {})}}
					switch tc.trigger {
					case vreq:
						f.ViewerRequest = a
					case oreq:
						f.OriginRequest = a
					case ores:
						f.OriginResponse = a
					}
					c.Distribution.DefaultBehavior.Functions = f
					if setting == "on" {
						tc.set(&c.Unknowns)
					}
				})
				if got := tc.see(w.Simulator); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			})
		}
	}
}

func viewerResponseRan(s *edgesim.Simulator) string {
	_, trace := get(s, "/")
	if st := trace.Stage(edgesim.StageViewerResponse); st != nil && st.Input != nil {
		return "run"
	}
	return "not run"
}
