package hosttest_test

import (
	"math/rand/v2"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// TestDifferences asks hosts and module about files and requests made at random, always the same. Whatever is not answered alike must be in
// the list of differences, and all of the list must show.
func TestDifferences(t *testing.T) {
	t.Parallel()
	files := map[rulefile.Dialect]int{
		rulefile.Netlify:    200, // its matcher takes a millisecond for a request
		rulefile.Cloudflare: 450,
	}
	j := newJudge()
	asked := map[rulefile.Dialect]*hosts{}
	for d := range files {
		asked[d] = startHosts(t) // a process for each, for there may be two processors
	}
	t.Run("hosts", func(t *testing.T) {
		for d, n := range files {
			t.Run(d.String(), func(t *testing.T) {
				t.Parallel()
				compare(t, asked[d], j, &generator{rand.New(rand.NewPCG(12, uint64(d))), d}, n)
			})
		}
	})
	j.finish(t)
}

// compare asks about so many files.
func compare(t *testing.T, h *hosts, j *judge, g *generator, files int) {
	for range files {
		lines := g.lines()
		table, err := compile(g.dialect, lines, func(l line, e *rulefile.Error) { j.refuse(t, l, e) })
		if err != nil {
			t.Fatal(err)
		}
		requests := []request{}
		for _, l := range lines {
			if l.from != "" {
				requests = append(requests, g.request(l), g.request(l), g.request(l))
			}
		}
		text := fileText(lines)
		for i, o := range h.ask(t, g.dialect, text, requests...).Answers {
			x := &exchange{dialect: g.dialect, lines: lines, text: text, url: o.URL, headers: requests[i].Headers, host: o}
			if err := x.lookup(table); err != nil {
				t.Fatal(err)
			}
			j.judge(t, x)
		}
	}
}
