package e2e_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

// startSite serves a distribution that has, unlike the demo's, some of everything that the console shows, and a console for it.
func startSite(t *testing.T) (site, consoleAddress string) {
	t.Helper()
	listen := func() net.Listener {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	siteListener, consoleListener := listen(), listen()
	site, consoleAddress = "http://"+siteListener.Addr().String(), "http://"+consoleListener.Addr().String()
	c := &console.Console{Site: site}
	sim, err := edgesim.New(edgesim.Config{Distribution: distribution(), Observe: c.Observe})
	if err != nil {
		t.Fatal(err)
	}
	server := sim.Server()
	go server.Serve(siteListener)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Serve(ctx, consoleListener, sim) }()
	t.Cleanup(func() {
		cancel()
		server.Close()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return site, consoleAddress
}

func distribution() edgesim.Distribution {
	pages := &edgesim.S3Origin{DomainName: "pages.s3.eu-central-1.amazonaws.com", FS: fstest.MapFS{
		"index.html": {Data: []byte("<!doctype html><title>Home</title>")}, "404.html": {Data: []byte("<!doctype html><title>Gone</title>")},
	}}
	api := &edgesim.CustomOrigin{DomainName: "api.example.com", Handler: http.HandlerFunc(serveAPI), CustomHeaders: http.Header{"X-Origin-Key": {"s3cret"}}}
	return edgesim.Distribution{
		DefaultRootObject: "index.html",
		DefaultBehavior: edgesim.Behavior{Origin: pages, CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(&edge.Function{
			ViewerRequest: seen, OriginResponse: nonce,
		})},
		Behaviors: []edgesim.Behavior{
			{PathPattern: "/api/*", Origin: api, CachePolicy: edgesim.CachingDisabled(), AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"},
				OriginRequestPolicy: &edgesim.OriginRequestPolicy{Name: "session-only", Cookies: edgesim.Only("session"), Headers: edgesim.Only("Authorization", "X-Csrf-Token"), QueryStrings: edgesim.Only("page")},
				Functions:           edgesim.Associate(&edge.Function{ViewerRequest: seen, OriginRequest: sign})},
			{PathPattern: "/shared/*", Origin: api, CachePolicy: edgesim.CachingOptimized(), OriginRequestPolicy: edgesim.AllViewer()},
			{PathPattern: "/broken/*", Origin: pages, Functions: edgesim.Associate(&edge.Function{ViewerRequest: breaks})},
			{PathPattern: "/via/*", Origin: pages, Functions: edgesim.Associate(&edge.Function{ViewerRequest: forbidden})},
		},
		ErrorResponses: []edgesim.ErrorResponse{{Status: 403, PagePath: "/404.html", ResponseCode: 404, CachingTTL: time.Minute}, {Status: 404, PagePath: "/404.html", CachingTTL: time.Minute}},
	}
}

// serveAPI answers with cookies, and below /api/long with headers that are longer than a window is wide.
func serveAPI(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Connection", "X-Upstream-Timing")
	h.Set("X-Upstream-Timing", "12")
	h.Add("Set-Cookie", "session=eyJhbGciOiJIUzI1NiJ9; Path=/; HttpOnly; Secure; SameSite=Lax")
	h.Add("Set-Cookie", "theme=dark; Path=/")
	if strings.HasPrefix(r.URL.Path, "/api/long") {
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'strict-dynamic' "+strings.Repeat("https://cdn-assets.example.com ", 40))
		h.Set("X-A-Header-Whose-Name-Is-Longer-Than-Any-That-Somebody-Would-Think-Of", strings.Repeat("0123456789", 60))
	}
	w.Write([]byte(`{}`))
}

func seen(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	r.Header.Set("X-Seen-By", "viewer-request")
	r.Header.Del("X-Debug")
	return r, nil
}

func sign(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261127/eu-central-1/execute-api/aws4_request")
	return r, nil
}

func nonce(_ context.Context, r *edge.Response) error {
	r.Header.Set("Content-Security-Policy", "script-src 'nonce-cmFuZG9t' 'strict-dynamic'; base-uri 'none'")
	return nil
}

func breaks(context.Context, *edge.Request) (edge.Outcome, error) {
	return nil, errors.New("users: connect to the table: dial tcp 192.0.2.1:443: i/o timeout")
}

func forbidden(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	r.Header.Set("Via", "1.1 me")
	return r, nil
}
