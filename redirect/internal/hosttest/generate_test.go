package hosttest_test

import (
	"math/rand/v2"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A generator makes files and requests at random, such as people write and worse.
type generator struct {
	*rand.Rand
	dialect rulefile.Dialect
}

func (g *generator) netlify() bool { return g.dialect == rulefile.Netlify }

// chance is true so many times in a hundred.
func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

func pick[T any](g *generator, list ...T) T { return list[g.IntN(len(list))] }

// lines returns the lines of a file.
func (g *generator) lines() []line {
	var lines []line
	ended := pick(g, "", "", "", "\r")
	if g.chance(20) {
		lines = append(lines, line{tail: "# from:old to:new", ended: ended}, line{ended: ended})
	}
	lines = append(lines, g.scene()...)
	for range 1 + g.IntN(4) {
		l := line{
			indent: pick(g, "", "", " ", "\t"),
			gap:    pick(g, " ", "  ", "\t"),
			tail:   pick(g, "", "", " ", " # note", "\t#note: a=b"),
			ended:  ended,
		}
		names := g.names()
		l.from = g.from(names)
		if last := len(lines) - 1; last >= 0 && lines[last].from != "" && g.chance(8) {
			l.from = lines[last].from
		}
		if g.netlify() && g.chance(18) {
			l.query = pick(g, "id=:id", "id=:id", "q=1", "go-get=:go-get", "q=:id x=1", "q=1 x=:slug")
			names = append(names, "id", "go-get")
		}
		l.to = g.to(l.from, names)
		l.rest = g.status()
		lines = append(lines, l)
	}
	return lines
}

// scene returns, now and then, lines that make a difference which chance alone would seldom make.
func (g *generator) scene() []line {
	if !g.chance(30) {
		return nil
	}
	scenes := [][]line{
		{{from: "/c/*/d/*", to: "/n/:splat"}},
		{{from: "/c/:id/d/:id", to: "/n/:id"}},
		{{from: "/c/*", to: "/:splat", rest: "301"}},
		{{from: "/c/:id/*", to: "/n/:id#:splat"}},
		{{from: "/c/old*", to: "/n/old:splat"}},
		{{from: "/c/*", to: "/n?q=:splat&z=1"}},
	}
	if g.netlify() {
		scenes = append(scenes,
			[]line{{from: "/c/:id", to: "/n/:id", rest: "302! Role=admin"}, {from: "/c/:id", to: "https://x.example/:id"}},
			[]line{{from: "/c/:id/:ids", to: "/n/:ids"}},
			[]line{{from: "/c/x", query: "id=:id", to: "/n/:id/w", rest: "301"}},
			[]line{{from: "/c/x", query: "q=1", to: "/n/1"}, {from: "/c/x", query: "q=2", to: "/n/2"}, {from: "/*", to: "https://x.example/:splat"}, {from: "/c/x", query: "id=:id", to: "/n/:id"}},
			[]line{{from: "/c/x", query: "id=:id", to: "/n/:id/w", rest: "301"}},
			[]line{{from: "/c/*", to: "/c/", rest: "301"}},
			[]line{{from: "/c//d", to: "/n/w"}},
			[]line{{from: "/c/x", to: "/n/us", rest: "302 Country=us"}, {from: "/c/x", to: "/n/world"}},
			[]line{{from: "/c/:id", to: "/n/:id", rest: "Cookie=x"}},
		)
	}
	scene := pick(g, scenes...)
	for i := range scene {
		scene[i].gap = " "
	}
	return scene
}

// names returns two names; now and then one begins like the other.
func (g *generator) names() []string {
	names := []string{"id", "slug", "year", "a", "b", "x1", "go_get"} // in any order
	g.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	if g.chance(12) {
		names[1] = pick(g, names[0]+"s", names[0]+"s", names[0])
	}
	return names[:2]
}

// from returns a source.
func (g *generator) from(names []string) string {
	var b strings.Builder
	if g.netlify() && g.chance(6) {
		b.WriteString(pick(g, site, "https://old.example", "http://old.example"))
	}
	n := 1 + g.IntN(3)
	used := 0
	for i := range n {
		b.WriteByte('/')
		if g.chance(1) {
			b.WriteByte('/')
		}
		switch {
		case i == n-1 && g.chance(30):
			b.WriteString(pick(g, "*", "*", "*", "old*", "*.txt", "a*b"))
		case used < len(names) && g.chance(30):
			b.WriteString(g.placeholder(names[used:]))
			used++
		case g.chance(3):
			b.WriteString("*")
		default:
			b.WriteString(g.word())
		}
	}
	b.WriteString(pick(g, "", "", "", "", "", "", "/"))
	return b.String()
}

// placeholder returns a segment with a name in one of the places where names stand.
func (g *generator) placeholder(names []string) string {
	more := names[len(names)-1]
	if len(names) == 1 {
		more = "c"
	}
	forms := []string{":N", ":N", ":N", ":N", ":N", "v:N", "issue-:N", "post:N.html", ":N.html", ":N:M", ":N-:M", "Special:Search", ":1", "x:", ":N*"}
	return strings.NewReplacer("N", names[0], "M", more).Replace(pick(g, forms...))
}

// word returns a segment that is text.
func (g *generator) word() string {
	if g.chance(15) {
		return pick(g, "caf%C3%A9", "caf%c3%a9", "ärger", "a%20b", "%64ocs", "x(y)", "a+b", "a.b", "$x", "[x]", "a=b", "a'b", "a,b", "it&it")
	}
	return pick(g, "a", "b", "docs", "old", "blog", "v2", "x.html", "~u")
}

// to returns a target. One on the site is below /n, where few sources are, since most others would lead in circles.
func (g *generator) to(from string, names []string) string {
	var b strings.Builder
	local := "/n"
	switch g.IntN(20) {
	case 0:
		local = ""
	case 1:
		return pick(g, strings.TrimSuffix(from, "/"), from+"/") // here
	case 2:
		if strings.Contains(from, "*") {
			return "/:splat"
		}
	}
	if strings.ContainsAny(strings.SplitN(strings.TrimPrefix(from, "/")+"/", "/", 2)[0], ":*") && g.chance(85) {
		local = "https://x.example"
	}
	b.WriteString(pick(g, local, local, local, local, local, local, "https://x.example", "https://x.example:8443", pick(g, "http://x.example", "https://x.example", "https://x.example/", "https://x.example/d", "//x.example")))
	name := func() string { return pick(g, append(names, "splat")...) }
	fill := func(form string) string { return strings.NewReplacer("N", name(), "M", name()).Replace(form) }
	for range 1 + g.IntN(3) {
		b.WriteString(fill(pick(g, "/w", "/w", "/:N", "/:N", "/:N", "/p:N", "/:N_x", "/:N-:M", "/:N:M", "/:N.html", "/:Ns", "/:b:", "/h%20:N", "/:Id", "/*", "/caf%c3%a9", "/ä", "//:N")))
	}
	b.WriteString(pick(g, "", "", "", "", "/"))
	if g.chance(25) {
		b.WriteString(fill(pick(g, "?q=:N", "?q=:N", "?q=a:N&z=1", "?z=1", "?:N=1", "?q=:N_:M", "?")))
	}
	if g.chance(10) {
		b.WriteString(fill(pick(g, "#top", "#:N", "#a:N")))
	}
	return b.String()
}

// status returns what stands behind the target.
func (g *generator) status() string {
	if !g.netlify() {
		return pick(g, "", "", "", "301", "301", "302", "303", "307", "308", "200", "404")
	}
	status := pick(g, "", "", "", "301", "301", "302", "303", "307", "308", "200", "404", "301!", "302!", "200!")
	if !g.chance(20) {
		return status
	}
	if status == "" && g.chance(80) {
		status = "302"
	}
	conditions := []string{
		pick(g, "Country=de,ch", "country=us", "Country=FR"), pick(g, "Language=de", "Language=de,fr", "language=en"), pick(g, "Cookie=x", "Cookie=x,y"),
		pick(g, "Role=admin", "Country=at", "Cookie=z"),
	}
	first, second := g.IntN(4), g.IntN(4)
	status += " " + conditions[first]
	if first < second && second < 3 {
		status += " " + conditions[second]
	}
	return status
}
