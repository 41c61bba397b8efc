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

// TestMeantAlias: who writes an address is told the name in it.
func TestMeantAlias(t *testing.T) {
	t.Parallel()
	for alias, want := range map[string]string{
		"https://www.example.com":        `and port, here "www.example.com"`,
		"HTTPS://www.Example.com:8443/a": `and port, here "www.example.com"`,
		"www.example.com.":               `and port, here "www.example.com"`,
		"a b.example.com":                "for instance www.example.com",
	} {
		_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{
			Aliases: []string{alias}, DefaultBehavior: edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}},
		}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v; want %s in it", alias, err, want)
		}
	}
}

// TestMistakes holds that New names everything that is wrong at once.
func TestMistakes(t *testing.T) {
	t.Parallel()
	_, err := edgesim.New(edgesim.Config{CacheBytes: -1, LocalNames: []string{"http://localhost"}, Distribution: edgesim.Distribution{
		DefaultRootObject: "/index.html",
		Behaviors: []edgesim.Behavior{
			{PathPattern: "", Origin: &edgesim.S3Origin{}},
			{PathPattern: "/a", Origin: &edgesim.CustomOrigin{URL: "localhost:3000"}, AllowedMethods: []string{"BREW"}, CachedMethods: []string{"POST"},
				ViewerProtocol: "ftp", CachePolicy: caching(10, 5, 1)},
			{PathPattern: "/b", Origin: &edgesim.OriginGroup{Primary: &edgesim.OriginGroup{}}},
			{PathPattern: "/c", Origin: &edgesim.CustomOrigin{Handler: says(200), Path: "/x/"}, Functions: edgesim.Functions{
				ViewerResponse: edgesim.Association{IncludeBody: true}, OriginRequest: edgesim.Association{Fault: "fire"}}},
		},
		ErrorResponses: []edgesim.ErrorResponse{{Status: 418, PagePath: "x", ResponseCode: 99}},
	}})
	for _, want := range []string{"CacheBytes", `LocalNames: got "http://localhost"`, "DefaultRootObject", "Behaviors[0]: Origin: S3Origin: FS", "Behaviors[0]: PathPattern", `Behaviors[1]: Origin: CustomOrigin: URL: got "localhost:3000"`,
		`"BREW"`, `"POST"`, `"ftp"`, "MinTTL 10s", "Behaviors[2]: Origin: OriginGroup", `Behaviors[3]: Origin: path: got "/x/"`, "IncludeBody", `"fire"`, "DefaultBehavior: Origin: missing", "got 418", `"x"`, "got 99"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
}
