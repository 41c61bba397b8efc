package csp_test

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
)

// A probe is a request that a page under a policy made in three browsers, and
// what they did: testdata/engines/README.md.
type probe struct {
	origin, kind, tag, url, redirect, nonce string
	integrity                               bool
	policies                                []string
	browsers                                [3]*bool // Chromium, Firefox, WebKit; nil if there was no answer
}

func (p *probe) UnmarshalJSON(text []byte) error {
	columns := []any{&p.origin, &p.kind, &p.tag, &p.url, &p.redirect, &p.nonce, &p.integrity, &p.policies,
		&p.browsers[0], &p.browsers[1], &p.browsers[2]}
	return json.Unmarshal(text, &columns)
}

func readProbes(t *testing.T) []probe {
	t.Helper()
	f, err := os.Open("testdata/engines/probes.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Rows []probe }
	if err := json.NewDecoder(z).Decode(&file); err != nil {
		t.Fatal(err)
	}
	return file.Rows
}

// probedDirectives has the effective directive of each kind of request.
var probedDirectives = map[string]string{
	"img": "img-src", "blobimg": "img-src", "preload-img": "img-src", "script": "script-src-elem", "modulepreload": "script-src-elem", "style": "style-src-elem",
	"fetch": "connect-src", "xhr": "connect-src", "beacon": "connect-src", "es": "connect-src", "ws": "connect-src", "ping": "connect-src",
	"frame": "frame-src", "form": "form-action", "object": "object-src", "embed": "object-src", "font": "font-src", "media": "media-src", "track": "media-src",
	"worker": "worker-src", "sharedworker": "worker-src", "blobworker": "worker-src", "dataworker": "worker-src",
}

// allows asks the policies of a probe.
func (p *probe) allows(e csp.Engine) bool {
	list, _ := csp.ParseList(strings.Join(p.policies, ","))
	r := csp.Request{Directive: probedDirectives[p.kind], URL: p.url, Origin: p.origin, Nonce: p.nonce, Engine: e,
		NotParserInserted: true} // a script makes all elements
	switch p.kind {
	case "blobimg", "blobworker":
		r.URL = "blob:" + p.origin + "/0"
	case "dataworker":
		r.URL = "data:text/javascript,"
	}
	allowed := p.allowsURL(list, r)
	if p.redirect == "" || !allowed {
		return allowed
	}
	r.URL, r.Redirects = p.redirect, 1
	return p.allowsURL(list, r)
}

// allowsURL asks all that the probe has to do with a URL.
func (p *probe) allowsURL(list csp.List, r csp.Request) bool {
	also := r
	switch {
	case p.kind == "form": // it is sent into a frame
		also.Directive = "frame-src"
	case (p.kind == "object" || p.kind == "embed") && r.Engine == csp.WebKit: // object-image
		also.Directive = "img-src"
	}
	return list.AllowsRequest(r) && list.AllowsRequest(also)
}

// artefacts are the probes that say nothing of a policy, with the reason.
var artefacts = []struct {
	reason string
	engine csp.Engine // AllEngines: in all
	is     func(p *probe) bool
}{
	{"prefetches depend on more than the policy", csp.AllEngines, func(p *probe) bool { return p.kind == "prefetch" }},
	{"the server refuses a URL with a bad escape", csp.AllEngines, func(p *probe) bool {
		return strings.HasSuffix(p.url, "/%GG") || strings.HasSuffix(p.url, "/100%.png")
	}},
	{"Chromium fetches a text track from elsewhere with CORS only", csp.Chromium, isForeignTrack},
	{"Firefox fetches a text track from elsewhere with CORS only", csp.Firefox, isForeignTrack},
	{"Firefox delays a WebSocket, or refuses its certificate, where no policy is about it", csp.Firefox, func(p *probe) bool {
		return p.kind == "ws" && *p.browsers[1] == false && (p.browsers[0] == nil || *p.browsers[0])
	}},
	{"a worker came too late, in this page only", csp.Chromium, func(p *probe) bool {
		return (p.kind == "blobworker" || p.kind == "dataworker") && p.policies[0] == "form-action data:"
	}},
}

func isForeignTrack(p *probe) bool { return p.kind == "track" && !strings.HasPrefix(p.url, p.origin) }

func isArtefact(p *probe, e csp.Engine) bool {
	return slices.ContainsFunc(artefacts, func(a struct {
		reason string
		engine csp.Engine
		is     func(p *probe) bool
	}) bool {
		return (a.engine == csp.AllEngines || a.engine == e) && a.is(p)
	})
}

// TestProbes holds what this package says of three browsers to what they did.
func TestProbes(t *testing.T) {
	t.Parallel()
	asked := map[csp.Engine]int{}
	for _, p := range readProbes(t) {
		ask := func(e csp.Engine, want bool) {
			asked[e]++
			if got := p.allows(e); got != want {
				t.Errorf("%s: %q on %s: %s of %s (then %q): got %v", e, p.policies, p.origin, p.kind, p.url, p.redirect, got)
			}
		}
		did := map[bool]int{}
		for i, e := range []csp.Engine{csp.Chromium, csp.Firefox, csp.WebKit} {
			if p.browsers[i] != nil && !isArtefact(&p, e) {
				did[*p.browsers[i]]++
				ask(e, *p.browsers[i])
			}
		}
		for what, browsers := range did {
			if browsers == 3 {
				ask(csp.AllEngines, what)
			}
		}
	}
	for e, least := range map[csp.Engine]int{csp.AllEngines: 4200, csp.Chromium: 4600, csp.Firefox: 4700, csp.WebKit: 4800} {
		if asked[e] < least {
			t.Errorf("%s: %d probes were asked; want %d at least", e, asked[e], least)
		}
	}
	t.Logf("asked: %v", asked)
}
