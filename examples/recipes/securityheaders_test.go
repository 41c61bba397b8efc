package recipes_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestSecurityHeaders(t *testing.T) {
	const forAll = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
	f := recipes.SecurityHeaders("/account", `<script nonce="{nonce}">`, fixedNonce)
	b := edgesim.Behavior{Origin: bucket("a.html"), CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f)}
	check(t, behind(t, b), "X-Cache X-Content-Type-Options Content-Security-Policy", []row{
		{"origin", "/a.html", nil, "200 | Miss | nosniff | " + forAll + " | a.html", ""},
		{"cache", "/a.html", nil, "200 | Hit | nosniff | " + forAll + " | a.html", "the headers are in the cache: the function does not run"},
		{"error", "/lost", nil, "404 | Error | nosniff | " + forAll + " | <Key>lost</Key>", "origin-response runs for errors; viewer-response would not"},
		{"page", "/account", nil, "200 | LambdaGeneratedResponse | nosniff | script-src 'nonce-Zml4ZWRmaXhlZGZpeGVkMTI=' 'strict-dynamic' 'unsafe-inline' https:; " +
			`object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self' | <script nonce="Zml4ZWRmaXhlZGZpeGVkMTI=">`, ""},
	})
}

// fixedNonce is for tests alone.
func fixedNonce() csp.Nonce {
	nonce, err := csp.ParseNonce("Zml4ZWRmaXhlZGZpeGVkMTI=")
	if err != nil {
		panic(err)
	}
	return nonce
}

// TestSecurityHeadersMistake: the page made at origin-request says no-store, and a cache policy with a minimum TTL of a second keeps it
// all the same. The trace says so, when it is kept and when it comes back.
func TestSecurityHeadersMistake(t *testing.T) {
	f := recipes.SecurityHeaders("/account", `<script nonce="{nonce}">`, cspcrypto.NewNonce)
	page := row{target: "/account"}

	right := behind(t, edgesim.Behavior{Origin: bucket(), CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f)})
	first, _ := ask(t, right, "", page)
	if second, _ := ask(t, right, "", page); second == first {
		t.Errorf("viewer-request: twice %s", first)
	}

	wrong := edgesim.Associate(&edge.Function{OriginRequest: f.ViewerRequest})
	sim := behind(t, edgesim.Behavior{Origin: bucket(), CachePolicy: edgesim.CachingOptimized(), Functions: wrong})
	first, trace := ask(t, sim, "", page)
	if found := trace.Stage(edgesim.StageStore).Findings; len(found) != 1 || !strings.Contains(found[0].Reason, "kept for 1s with a nonce") {
		t.Errorf("kept: %v", found)
	}
	second, trace := ask(t, sim, "", page)
	if second != first || len(trace.Warnings) != 1 {
		t.Errorf("origin-request: %s, then %s with the warnings %q; want the same, and one", first, second, trace.Warnings)
	}
}
