package main

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/watch"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// watchFiles serves what is saved: a function's code with the cache as it is, as CloudFront does when another version is deployed; a
// configuration as a new distribution, whose cache is empty.
func (s *server) watchFiles(ctx context.Context, observe func(*edgesim.Trace), changed chan<- *site) {
	for ctx.Err() == nil {
		again, stop := context.WithCancel(ctx)
		now := s.site.Load()
		err := watch.Watch(again, now.files(), func(paths []string) {
			if !now.onlyCode(paths) {
				s.reload(ctx, observe, changed)
				stop() // and watch the files of the new one
				return
			}
			s.reopen(now, paths)
		})
		stop()
		if err != nil {
			s.stderr.print("edgelocal: -watch: %v\n", err)
			return
		}
	}
}

// files are what a site is made from.
func (s *site) files() []string {
	files := slices.Clone(s.sources)
	for _, f := range s.functions {
		if f.code.Inline != "" {
			continue
		}
		files = append(files, filepath.Clean(f.code.Path))
	}
	return files
}

// onlyCode reports whether files are the code of functions, and the configuration is as it was.
func (s *site) onlyCode(paths []string) bool {
	for _, p := range paths {
		if slices.ContainsFunc(s.sources, func(file string) bool { return filepath.Clean(file) == p }) {
			return false
		}
	}
	return true
}

// reopen opens the functions whose code is in the paths.
func (s *server) reopen(now *site, paths []string) {
	for _, f := range now.functions {
		for _, p := range paths {
			if p != filepath.Clean(f.code.Path) {
				continue
			}
			if err := f.reopen(); err != nil {
				s.stderr.print("edgelocal: %v; the version before it goes on answering\n", err)
				continue
			}
			s.stdout.print("function %s: another version answers now; what is in the cache stays\n", f.name)
		}
	}
}

// reload serves the configuration as it is now, if it can be.
func (s *server) reload(ctx context.Context, observe func(*edgesim.Trace), changed chan<- *site) {
	next, err := load(s.options, observe, s.stderr)
	if err != nil {
		s.fail(err)
		s.stderr.print("edgelocal: the distribution before it goes on answering\n")
		return
	}
	next.describe(s.stdout)
	next.complain(s.stderr)
	old := s.site.Swap(next)
	s.stdout.print("%s: another distribution answers now, with an empty cache\n", next.project.file)
	select {
	case changed <- next:
	case <-ctx.Done():
	}
	old.close()
}
