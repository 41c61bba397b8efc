package recipes_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

func TestSessions(t *testing.T) {
	var sim *edgesim.Simulator
	s := recipes.Sessions{Key: []byte("an example's 32 bytes, no secret"), Login: "/login", Now: func() time.Time { return sim.Now() }}
	b := edgesim.Behavior{
		Origin:      server("origin.example.com", func(r *http.Request) string { return r.URL.Path + " for " + r.Header.Get("X-User") }),
		CachePolicy: keyed("X-User"), Functions: edgesim.Associate(s.Function()),
	}
	sim = behind(t, b)
	of := func(s recipes.Sessions, user string, lifetime time.Duration) []string {
		return []string{"Cookie", "theme=dark; __Host-session=" + s.Cookie(user, lifetime).Value}
	}
	changed := func(from, to string) []string {
		return []string{"Cookie", "__Host-session=" + strings.Replace(s.Cookie("ada", time.Hour).Value, from, to, 1)}
	}
	const refused = "302 | LambdaGeneratedResponse | /login | "
	ada, bob, other := of(s, "ada", time.Minute), of(s, "bob", time.Hour), s
	other.Key = []byte("another key, of 32 bytes as well")
	check(t, sim, "X-Cache Location", []row{
		{"ada", "/", ada, "200 | Miss |  | / for ada", ""},
		{"bob", "/", bob, "200 | Miss |  | / for bob", ""},
		{"ada again", "/", ada, "200 | Hit |  | / for ada", "an object for each user"},
		{"nobody", "/", nil, refused, ""},
		{"login", "/login", nil, "200 | Miss |  | /login for", ""},
		{"forged header", "/login", []string{"X-User", "ada"}, "200 | Hit |  | /login for", "only the function says who it is"},
		{"another user", "/", changed("YWRh.", "Ym9i."), refused, "bob, with ada's signature"},
		{"no signature", "/", []string{"Cookie", "__Host-session=YWRh.9999999999."}, refused, ""},
		{"part moved", "/", changed(".", ""), refused, "the signature holds where the dot is"},
		{"another key", "/", of(other, "ada", time.Hour), refused, ""},
		{"another name", "/", []string{"Cookie", "session=" + s.Cookie("ada", time.Hour).Value}, refused, "no other site below the domain can set a __Host- cookie (RFC 6265bis, section 4.1.3.2)"},
	})
	sim.Advance(time.Minute)
	check(t, sim, "X-Cache Location", []row{{"expired", "/", ada, refused, "it was good a minute ago"}})

	t.Run("mistake", func(t *testing.T) {
		b.CachePolicy, b.OriginRequestPolicy = edgesim.CachingOptimized(), edgesim.AllViewerExceptHostHeader()
		sim = behind(t, b)
		check(t, sim, "X-Cache", []row{
			{"ada", "/", of(s, "ada", time.Hour), "200 | Miss | / for ada", ""},
			{"bob", "/", of(s, "bob", time.Hour), "200 | Hit | / for ada", "X-User is not in the key: bob sees what was made for ada"},
		})
	})
}

func TestSessionsNeedAKey(t *testing.T) {
	defer func() {
		if got, want := recover(), "recipes: the key of sessions has 5 bytes; want 32 random ones"; got != want {
			t.Errorf("got %v, want %q", got, want)
		}
	}()
	recipes.Sessions{Key: []byte("short"), Login: "/login", Now: time.Now}.Function()
}
