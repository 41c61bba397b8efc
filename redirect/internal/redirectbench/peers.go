package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/julienschmidt/httprouter"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/workload"
)

// A peer is a way to find the rule for a path.
type peer struct {
	name string
	open func(ctx context.Context, rules []redirect.Rule) (finder, error)
}

// A finder finds the rules for paths.
type finder interface {
	// find looks each path up, and returns for how many there is a rule and how long
	// that took.
	find(paths []string) (found int, took time.Duration, err error)
}

// An unsupported is why a peer does not do what is asked of it.
type unsupported string

func (c unsupported) Error() string { return string(c) }

// peers returns this package first, which the others are compared with.
func peers() []peer {
	list := []peer{
		{"redirect", openTable},
		{"Go map", openMap},
		{"net/http.ServeMux", openServeMux},
		{"httprouter 1.3.0", openRouter},
	}
	hosts := os.Getenv("LAMBDAEDGE_HOSTS")
	if hosts == "" {
		fmt.Fprintln(os.Stderr, `left out: netlify-redirector: LAMBDAEDGE_HOSTS is not set: eval "$(.ci/hosts)" installs it and sets it`)
		return list
	}
	return append(list, peer{"netlify-redirector 0.5.0", func(ctx context.Context, rules []redirect.Rule) (finder, error) {
		return openNetlify(ctx, hosts, rules)
	}})
}

// counter is a finder that reports whether there is a rule for a path.
type counter func(path string) bool

func (c counter) find(paths []string) (found int, took time.Duration, err error) {
	begun := time.Now()
	for _, path := range paths {
		if c(path) {
			found++
		}
	}
	return found, time.Since(begun), nil
}

// openTable makes a table of this package, which makes the whole Location.
func openTable(_ context.Context, rules []redirect.Rule) (finder, error) {
	t, err := redirect.Compile(redirect.Config{Rules: rules})
	if err != nil {
		return nil, err
	}
	r := workload.Request("/", "")
	return counter(func(path string) bool {
		r.URI = path
		_, ok := t.Lookup(r)
		return ok
	}), nil
}

func openMap(_ context.Context, rules []redirect.Rule) (finder, error) {
	m := map[string]string{}
	for _, r := range rules {
		if strings.ContainsAny(r.From, ":*") {
			return nil, unsupported("it has no wildcards")
		}
		m[r.From] = r.To
	}
	return counter(func(path string) bool {
		_, ok := m[path]
		return ok
	}), nil
}

// openServeMux makes a ServeMux whose handlers do nothing.
func openServeMux(_ context.Context, rules []redirect.Rule) (f finder, err error) {
	defer recoverTo(&err)
	mux := http.NewServeMux()
	for i, r := range rules {
		pattern, err := muxPattern(r.From)
		if err != nil {
			return nil, err
		}
		if i >= 10_000 && strings.Contains(pattern, "{") {
			return nil, unsupported("it compares each pattern that has wildcards with the others, which takes minutes")
		}
		mux.HandleFunc("GET "+pattern, func(http.ResponseWriter, *http.Request) {})
	}
	r, err := http.NewRequest(http.MethodGet, "/", nil)
	return counter(func(path string) bool {
		r.URL.Path = path
		_, pattern := mux.Handler(r)
		return pattern != ""
	}), err
}

// muxPattern returns a rule's From as ServeMux writes it.
func muxPattern(from string) (string, error) {
	var pattern strings.Builder
	for segment := range strings.SplitSeq(from[1:], "/") {
		name, named := strings.CutPrefix(segment, ":")
		switch {
		case segment == "*":
			segment = "{splat...}"
		case named:
			segment = "{" + name + "}"
		case strings.Contains(segment, "*"):
			return "", unsupported("it has whole segments as wildcards, nothing less")
		}
		pattern.WriteString("/" + segment)
	}
	return pattern.String(), nil
}

// recoverTo makes an error of what a router that does not take a pattern panics with.
func recoverTo(err *error) {
	if reason := recover(); reason != nil {
		*err = unsupported(fmt.Sprint(reason))
	}
}

// openRouter makes a router whose handlers do nothing.
func openRouter(_ context.Context, rules []redirect.Rule) (f finder, err error) {
	defer recoverTo(&err)
	router := httprouter.New()
	for _, rule := range rules {
		from := rule.From
		if head, splat := strings.CutSuffix(from, "/*"); splat {
			from = head + "/*splat"
		}
		router.GET(from, func(http.ResponseWriter, *http.Request, httprouter.Params) {})
	}
	return counter(func(path string) bool {
		handle, _, _ := router.Lookup(http.MethodGet, path)
		return handle != nil
	}), nil
}
