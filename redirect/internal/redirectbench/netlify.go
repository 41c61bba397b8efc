package main

import (
	"cmp"
	"context"
	_ "embed"
	"path/filepath"
	"time"

	"github.com/edgehelpers/lambdaedge/redirect"
)

//go:embed netlify.cjs
var script string

// netlify is Netlify's matcher in a process of Node.js, which tells how long it takes.
type netlify struct{ *process }

// A netlifyRule is what the matcher takes.
type netlifyRule struct {
	Origin string `json:"origin"`
	Path   string `json:"path"`
	To     string `json:"to"`
	Status int    `json:"status"`
}

// openNetlify starts the matcher, which is installed in the folder hosts.
func openNetlify(ctx context.Context, hosts string, rules []redirect.Rule) (finder, error) {
	process, err := startProcess(ctx, "node", "-e", script, filepath.Join(hosts, "node_modules", "netlify-redirector"))
	if err != nil {
		return nil, err
	}
	list := make([]netlifyRule, len(rules))
	for i, r := range rules {
		list[i] = netlifyRule{r.From, r.From, r.To, cmp.Or(r.Status, 301)}
	}
	return netlify{process}, process.exchange(list, new(netlifyAnswer))
}

// A netlifyAnswer is for how many paths there is a rule, and how long that took.
type netlifyAnswer struct{ Found, Nanoseconds int }

func (n netlify) find(paths []string) (found int, took time.Duration, err error) {
	var a netlifyAnswer
	err = n.exchange(paths, &a)
	return a.Found, time.Duration(a.Nanoseconds), err
}
