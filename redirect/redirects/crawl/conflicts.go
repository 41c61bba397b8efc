package crawl

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// resolveConflicts leaves out the redirects that cannot be together in a table, and
// makes notes of those that lead on.
func (c *crawler) resolveConflicts() error {
	c.dropDuplicates()
	c.dropLoops()
	if err := c.dropRefused(); err != nil {
		return err
	}
	c.noteChains()
	return nil
}

// drop leaves a redirect out.
func (c *crawler) drop(f Found, format string, args ...any) {
	c.leaveOut(f.File, f.Line, "%s: %s", f.From, fmt.Sprintf(format, args...))
}

// dropDuplicates leaves out what is for the same path as another redirect. Netlify's
// form, in which they are written, takes a path with a slash at its end and without
// for the same.
func (c *crawler) dropDuplicates() {
	first := map[string]Found{}
	c.keep(func(f *Found) bool {
		other, ok := first[folder(f.From)]
		if !ok {
			first[folder(f.From)] = *f
		} else if other.To != f.To {
			c.drop(*f, "leads to %q, but %s, which is for the same path, to %q", f.To, other.File, other.To)
		}
		return !ok
	})
}

// keep keeps the redirects for which ok is true, in their order.
func (c *crawler) keep(ok func(*Found) bool) {
	c.site.Found = slices.DeleteFunc(c.site.Found, func(f Found) bool { return !ok(&f) })
}

// next returns the index of the redirect that a viewer comes to from f, -1 if f leads
// to a page.
func (c *crawler) next(f *Found) int {
	if !strings.HasPrefix(f.To, "/") {
		return -1
	}
	path, _ := cutAt(f.To, "?#")
	for _, path := range []string{path, folder(path), folder(path) + "/"} {
		if i, ok := slices.BinarySearchFunc(c.site.Found, path, func(f Found, path string) int { return cmp.Compare(f.From, path) }); ok {
			return i
		}
	}
	return -1
}

// dropLoops leaves out all redirects of a cycle.
func (c *crawler) dropLoops() {
	const unknown, inProgress, done = 0, 1, 2
	state := make([]uint8, len(c.site.Found))
	cycles := map[string]string{} // by From: the redirects of its cycle
	for i := range c.site.Found {
		var chain []int
		for i >= 0 && state[i] == unknown {
			state[i] = inProgress
			chain = append(chain, i)
			i = c.next(&c.site.Found[i])
		}
		if i >= 0 && state[i] == inProgress {
			c.addCycle(chain[slices.Index(chain, i):], cycles)
		}
		for _, i := range chain {
			state[i] = done
		}
	}
	c.keep(func(f *Found) bool {
		cycle, ok := cycles[f.From]
		if ok {
			c.drop(*f, "leads in a circle: %s", cycle)
		}
		return !ok
	})
}

// addCycle adds the redirects of a cycle to cycles.
func (c *crawler) addCycle(cycle []int, cycles map[string]string) {
	var text strings.Builder
	for _, i := range cycle {
		text.WriteString(c.site.Found[i].From + " -> ")
	}
	text.WriteString(c.site.Found[cycle[0]].From)
	for _, i := range cycle {
		cycles[c.site.Found[i].From] = text.String()
	}
}

// dropRefused leaves out what package redirect refuses, of whatever it may be.
func (c *crawler) dropRefused() error {
	for len(c.site.Found) > 0 {
		_, err := redirect.Compile(c.site.config())
		if err == nil {
			return nil
		}
		list, ok := err.(interface{ Unwrap() []error })
		if !ok {
			return err
		}
		refused := map[string]string{}
		for _, err := range list.Unwrap() {
			m, ok := errors.AsType[*redirect.Mistake](err)
			if !ok {
				return err
			}
			refused[c.site.Found[m.Rule].From] = m.Message
		}
		c.keep(func(f *Found) bool {
			message, ok := refused[f.From]
			if ok {
				c.drop(*f, "to %q: %s", f.To, message)
			}
			return !ok
		})
	}
	return nil
}

// config returns the redirects as rules, as package rulefile reads them from the
// text that WriteTo writes.
func (s *Site) config() redirect.Config {
	config := redirect.Config{
		Syntax: redirect.Netlify, IgnoreSlash: true, Origins: s.origins(),
		Tolerate: []string{"chain", "duplicate", "placeholder", "unreachable"},
	}
	for _, f := range s.Found {
		config.Rules = append(config.Rules, redirect.Rule{
			From: redirect.Quote(f.From), To: f.To, Status: f.Status, Query: redirect.TargetWins,
		})
	}
	return config
}

// origins returns the origins of other sites, each once, in the order of the
// alphabet.
func (s *Site) origins() []string {
	var origins []string
	for _, f := range s.Found {
		if to, err := (location{}).resolve(f.To); err == nil && to.host != "" {
			origins = append(origins, to.origin())
		}
	}
	slices.Sort(origins)
	return slices.Compact(origins)
}

// noteChains makes notes of redirects that lead to another one.
func (c *crawler) noteChains() {
	for i := range c.site.Found {
		f := &c.site.Found[i]
		if n := c.next(f); n >= 0 {
			next := c.site.Found[n]
			f.Notes = append(slices.Clip(f.Notes), fmt.Sprintf("%s forwards from there to %q", place(next.File, next.Line), next.To))
		}
	}
}

// finish counts, and puts the notes in the order of files.
func (c *crawler) finish() {
	var files []string
	for _, f := range c.site.Found {
		files = append(files, f.File)
	}
	slices.Sort(files)
	c.site.Forwards = len(slices.Compact(files))
	slices.SortStableFunc(c.site.LeftOut, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}
