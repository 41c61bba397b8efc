package main

import (
	"os"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/crawl"
)

// crawl writes a _redirects file for the pages of a built site that only forward.
func (c *command) crawl(dir string) int {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return c.fail(err)
	}
	defer root.Close()
	site, err := crawl.Dir(root.FS(), crawl.Options{Base: c.base})
	if err != nil {
		return c.fail(err)
	}
	for _, note := range site.LeftOut {
		c.stderr.print("%s: note: left out: %s\n", dir, note)
	}
	for _, f := range site.Found {
		for _, note := range f.Notes {
			c.stderr.print("%s: note: %s:%d: %s\n", dir, f.File, f.Line, note)
		}
	}
	name := c.output
	if name == "" {
		name = "-"
	}
	if _, err := c.write(name, site.WriteTo); err != nil {
		return c.fail(err)
	}
	c.stderr.print("%s: %s of %s that only %s; %s besides\n", dir,
		edgecli.Count(len(site.Found), "redirect"), edgecli.Count(site.Forwards, "page"), plural(site.Forwards, "forwards", "forward"), edgecli.Count(site.Pages, "page"))
	return exitOK
}
