package hosttest_test

import (
	"fmt"
	"strings"
)

// request returns a request that may be for the line, or nearly.
func (g *generator) request(l line) request {
	origin, path := site, l.from
	if i := strings.Index(l.from, "://"); i >= 0 {
		slash := i + 3 + strings.IndexByte(l.from[i+3:], '/')
		origin, path = l.from[:slash], l.from[slash:]
	}
	if g.chance(3) {
		origin = "https://other.example"
	}
	path = g.misspell(g.instance(path))
	if g.chance(4) {
		path = g.instance(g.from(g.names()))
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	r := request{URL: origin + path + g.viewerQuery(l), Headers: map[string]string{}}
	if g.netlify() && strings.Contains(l.rest, "=") {
		g.headers(r.Headers)
	}
	return r
}

// instance returns a path that a source is for: values for what a dialect takes for names and splats.
func (g *generator) instance(from string) string {
	var b strings.Builder
	for i := 0; i < len(from); i++ {
		switch c := from[i]; {
		case c == '*' && g.chance(90):
			b.WriteString(pick(g, g.value(), g.value(), g.value()+"/"+g.value(), g.value()+"/"+g.value(), "", g.value()+"/", g.value()+"//"+g.value(), "/"+g.value()))
		case c == ':' && g.chance(90):
			b.WriteString(g.value())
			for i+1 < len(from) && (isWord(from[i+1]) || g.netlify() && i > 0 && from[i+1] != '/') {
				i++
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// value returns what a placeholder may stand for.
func (g *generator) value() string {
	if g.chance(30) {
		return pick(g, "%C3%A9", "ä", "a%20b", "a%2Fb", "a%3Fb", "a%23b", "a%25b", "a%26b", "%64", "a&b=c", "a+b", "a;b", "a:b", ":id", ":splat", "$$", "a\"b", "a<b>", "[1]", "a|b", "%7Eu", "%ff", "%", "a@b", "a'b")
	}
	return pick(g, "1", "7", "hello", "a-b", "x.html", "2026", "A", "index.html", "w_x")
}

// misspell changes a path a little, now and then.
func (g *generator) misspell(path string) string {
	switch g.IntN(25) {
	case 0, 1:
		if path != "/" && strings.HasSuffix(path, "/") {
			return strings.TrimSuffix(path, "/")
		}
		return path + "/"
	case 2:
		return strings.ToUpper(path)
	case 3:
		return path + pick(g, "x", "/x", "/index.html", "//")
	case 4, 6:
		if i := strings.LastIndexByte(path, '/'); i > 0 {
			return path[:i] + "/" + path[i:]
		}
	case 5:
		if i := strings.IndexAny(path, "abdov"); i >= 0 {
			return path[:i] + fmt.Sprintf(pick(g, "%%%02x", "%%%02X"), path[i]) + path[i+1:]
		}
	}
	return path
}

// viewerQuery returns a query, with its question mark.
func (g *generator) viewerQuery(l line) string {
	if l.query != "" && g.chance(80) {
		return pick(g, "?id=7", "?id=a%20b", "?id=1&id=2", "?q=1", "?q=2&x=1", "?x=1&q=a%20b", "?x=s&q=1", "?go-get=1", "?id=a%26b&id=2", "?id=", "?id=a/b", "?id=a+b")
	}
	return pick(g, "", "", "", "", "?x=1", "?x=1", "?b=2&a=1&b=%20+", "?x", "?", "?u=https://x.example/?y", "?x=%c3%a9&y=ä", "?x=\"<>'")
}

// headers makes a viewer of whom conditions may hold.
func (g *generator) headers(h map[string]string) {
	fields := []struct {
		name   string
		values []string
	}{
		{"CloudFront-Viewer-Country", []string{"DE", "DE", "CH", "FR"}},
		{"Accept-Language", []string{"de", "de-CH,en", "fr", "en", "en;q=0.5,de", "de;q=0.9,en;q=0.8"}},
		{"Cookie", []string{"x=1", "x=1; y=2", "z=1", "x="}},
	}
	for _, f := range fields {
		if g.chance(85) {
			h[f.name] = pick(g, f.values...)
		}
	}
}
