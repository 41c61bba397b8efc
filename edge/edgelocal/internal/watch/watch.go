// Package watch tells when files of a project are saved.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// An editor and a bundler write several files, some of them twice: what comes within quiet of each other is one change, told after
// patience at the latest, so that a saved file is served within half a second.
const (
	quiet    = 40 * time.Millisecond
	patience = 200 * time.Millisecond
)

// Watch calls changed, one call at a time, with those of the paths at or below which something was written, until ctx ends. A path is a file
// or a folder; what is in its folders node_modules and __pycache__ and in those that begin with a dot is not watched. A file need not be there yet, but
// its folder. The error says what cannot be watched.
func Watch(ctx context.Context, paths []string, changed func(paths []string)) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer watcher.Close()
	w := &watch{watcher: watcher}
	var errs []error
	for _, p := range paths {
		w.paths = append(w.paths, filepath.Clean(p))
		errs = append(errs, w.add(filepath.Clean(p)))
	}
	return errors.Join(append(errs, w.run(ctx, changed))...)
}

type watch struct {
	watcher *fsnotify.Watcher
	paths   []string
}

// add watches a folder and those in it, or the folder of a file: a file that is replaced would no longer be watched itself.
func (w *watch) add(path string) error {
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if p != path && skipped(d.Name()) {
			return fs.SkipDir
		}
		return w.watcher.Add(p)
	})
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return w.watcher.Add(filepath.Dir(path))
	}
	return err
}

func skipped(name string) bool {
	return name == "node_modules" || name == "__pycache__" || strings.HasPrefix(name, ".") && name != "." && name != ".."
}

// run collects events until there is a pause.
func (w *watch) run(ctx context.Context, changed func([]string)) error {
	var found []string
	var first time.Time
	pause := time.NewTimer(0)
	pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.watcher.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return err
			}
			found = slices.Clone(w.paths) // something was written, nobody knows what
			pause.Reset(quiet)
		case e := <-w.watcher.Events:
			roots := w.event(e)
			if len(roots) == 0 {
				continue
			}
			if len(found) == 0 {
				first = time.Now()
			}
			found = append(found, roots...)
			pause.Reset(min(quiet, max(0, patience-time.Since(first))))
		case <-pause.C:
			slices.Sort(found)
			changed(slices.Compact(found))
			found = nil
		}
	}
}

// event gives the paths that an event is for, and watches folders that are new.
func (w *watch) event(e fsnotify.Event) (roots []string) {
	if e.Op == fsnotify.Chmod {
		return nil
	}
	for _, p := range w.paths {
		below, err := filepath.Rel(p, e.Name)
		if err != nil || below == ".." || strings.HasPrefix(below, ".."+string(filepath.Separator)) || hidden(below) {
			continue
		}
		roots = append(roots, p)
	}
	if len(roots) > 0 && e.Has(fsnotify.Create) {
		_ = w.add(e.Name) // gone again, or a file: its folder is watched
	}
	return roots
}

// hidden reports whether a path leads through a folder that is not watched.
func hidden(below string) bool {
	return slices.ContainsFunc(strings.Split(below, string(filepath.Separator)), skipped)
}
