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
			s.renew(now, paths)
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
		files = append(files, f.watched()...)
	}
	for _, f := range s.edge {
		files = append(files, f.watched()...)
	}
	for _, o := range s.builds {
		files = append(files, o.watched()...)
	}
	return files
}

// watched is what of a function's files is watched: what it is built from, or itself.
func (f *function) watched() []string {
	switch {
	case f.code.Build.Sources != "":
		return []string{filepath.Clean(f.code.Build.Sources)}
	case f.code.Inline != "":
		return nil
	}
	return []string{filepath.Clean(f.code.Path)}
}

func (f *edgeFunction) watched() []string {
	if f.Path == "" {
		return nil
	}
	return []string{filepath.Clean(f.Path)}
}

func (o *originBuild) watched() []string {
	if o.Build.Sources == "" {
		return nil
	}
	return []string{filepath.Clean(o.Build.Sources)}
}

// onlyCode reports whether files are the code of functions or an origin's content, and the configuration is as it was.
func (s *site) onlyCode(paths []string) bool {
	return !slices.ContainsFunc(s.sources, func(file string) bool { return slices.Contains(paths, filepath.Clean(file)) })
}

// renew has what was saved served, each thing by itself: a build that takes long keeps nothing else waiting. What is saved while it runs is
// built after it.
func (s *server) renew(now *site, paths []string) {
	saved := func(watched []string) bool {
		return slices.ContainsFunc(watched, func(p string) bool { return slices.Contains(paths, p) })
	}
	for _, f := range now.functions {
		if saved(f.watched()) {
			now.renewals.do(f.label(), func() { s.renewFunction(f) })
		}
	}
	for _, f := range now.edge {
		if saved(f.watched()) {
			now.renewals.do("CloudFront Function "+f.open.Name(), func() { s.say(f.open.Name(), f.reopen()) })
		}
	}
	for _, o := range now.builds {
		if saved(o.watched()) {
			now.renewals.do("origin "+o.id, func() { s.renewOrigin(o) })
		}
	}
}

func (s *server) renewFunction(f *function) {
	err := s.commands.build(f.label(), f.code.Build)
	if err == nil {
		err = f.reopen(true)
	}
	s.say(f.name, err)
}

// say says whether another version of a function answers.
func (s *server) say(name string, err error) {
	switch {
	case s.commands.ctx.Err() != nil: // the end of the program ends builds too
	case err != nil:
		s.stderr.print("edgelocal: %v; the version before it goes on answering\n", err)
	default:
		s.stdout.print("function %s: another version answers now; what is in the cache stays\n", name)
	}
}

func (s *server) renewOrigin(o originBuild) {
	if err := s.commands.build("origin "+o.id, o.Build); err != nil && s.commands.ctx.Err() == nil {
		s.stderr.print("edgelocal: %v; what it made before is served\n", err)
	}
}

// reload serves the configuration as it is now, if it can be.
func (s *server) reload(ctx context.Context, observe func(*edgesim.Trace), changed chan<- *site) {
	next, err := load(s.options, s.commands, observe, s.stderr)
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
