package edgesim_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestMethodSets holds that the methods of a behaviour are those that CloudFront can be told
// (DownloadDistValuesCacheBehavior.html, "Allowed HTTP methods" and "Cached HTTP methods").
func TestMethodSets(t *testing.T) {
	t.Parallel()
	const all = "GET HEAD OPTIONS PUT POST PATCH DELETE"
	tests := []struct{ name, allowed, cached, want string }{
		{"neither", "", "", ""},
		{"reading", "HEAD GET", "GET HEAD", ""},
		{"with-options", "OPTIONS GET HEAD", "HEAD GET OPTIONS", ""},
		{"all", all, "GET HEAD", ""},
		{"all-and-cached-options", all, "GET HEAD OPTIONS", ""},
		{"get-alone", "GET", "", "AllowedMethods"},
		{"with-post", "GET HEAD POST", "", "AllowedMethods"},
		{"unknown", all + " BREW", "", "AllowedMethods"},
		{"lower-case", "get head", "", "AllowedMethods"},
		{"options-alone", all, "OPTIONS", "CachedMethods"},
		{"cached-post", all, "GET HEAD POST", "CachedMethods"},
		{"cached-and-not-allowed", "GET HEAD", "GET HEAD OPTIONS", "CachedMethods: OPTIONS is not among"},
		{"cached-and-not-allowed-by-default", "", "GET HEAD OPTIONS", "CachedMethods: OPTIONS is not among"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}}
			if tc.allowed != "" {
				b.AllowedMethods = strings.Fields(tc.allowed)
			}
			if tc.cached != "" {
				b.CachedMethods = strings.Fields(tc.cached)
			}
			_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: b}})
			if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}

// TestAliases holds what an alternate domain name can be (CNAMEs.html, alternate-domain-names-wildcard.html).
func TestAliases(t *testing.T) {
	t.Parallel()
	tests := []struct {
		alias string
		ok    bool
	}{
		{"www.example.com", true},
		{"example.com", true},
		{"*.example.com", true},
		{"xn--bcher-kva.example", true},
		{"_a.example.com", true},
		{"", false},
		{"WWW.example.com", false}, // "must be lowercase"
		{"https://www.example.com", false},
		{"www.example.com:8080", false},
		{"www.example.com/", false},
		{"*", false},
		{"*www.example.com", false}, // the wildcard is a whole label, and the first
		{"www.*.example.com", false},
		{"www..example.com", false},
		{"www.example.com.", false},
		{"-a.example.com", false},
		{strings.Repeat("a", 64) + ".example.com", false},
		{strings.Repeat("a.", 130) + "example.com", false},
		{"192.0.2.1", false},
		{"bücher.example", false},
		{"a b.example.com", false},
	}
	for _, tc := range tests {
		t.Run(tc.alias, func(t *testing.T) {
			t.Parallel()
			_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{
				Aliases: []string{tc.alias}, DefaultBehavior: edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}},
			}})
			if (err == nil) != tc.ok || err != nil && !strings.Contains(err.Error(), "Aliases: got ") {
				t.Errorf("got error %v, want none: %t", err, tc.ok)
			}
		})
	}
}
