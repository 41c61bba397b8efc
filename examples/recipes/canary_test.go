package recipes_test

import (
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestCanary(t *testing.T) {
	f := recipes.Canary(&edge.CustomOrigin{DomainName: "b.example.com"})
	b := edgesim.Behavior{
		CachePolicy: &edgesim.CachePolicy{DefaultTTL: time.Hour, MaxTTL: time.Hour, Cookies: edgesim.Only("canary")},
		Functions:   edgesim.Associate(f),
	}
	check(t, play(t, withB(b)), "X-Cache Set-Cookie", []row{
		{"on", "/canary/on", nil, "302 | Miss | canary=on; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax | ", ""},
		{"next", "/", []string{"Cookie", "canary=on"}, "200 | Miss |  | b.example.com", ""},
		{"stable", "/", nil, "200 | Miss |  | a.example.com", ""},
		{"next again", "/", []string{"Cookie", "theme=dark; canary=on"}, "200 | Hit |  | b.example.com", "other cookies are not in the key"},
		{"off", "/canary/off", []string{"Cookie", "canary=on"}, "302 | Miss | canary=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax | ", ""},
		{"on again", "/canary/on", nil, "302 | Miss | canary=on; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax | ", "no-store"},
	})

	t.Run("mistake", func(t *testing.T) {
		b.CachePolicy = edgesim.CachingOptimized()
		check(t, play(t, withB(b)), "X-Cache Set-Cookie", []row{
			{"next", "/", []string{"Cookie", "canary=on"}, "200 | Miss |  | a.example.com", "no policy forwards the cookie: the function never sees it"},
		})
	})
}
