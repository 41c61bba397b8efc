package watch_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/watch"
)

func TestWatch(t *testing.T) {
	t.Parallel()
	write := func(t *testing.T, name string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(time.Now().String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tests := map[string]struct {
		change func(t *testing.T, dir string)
		want   []string // of code and config.json; none: nothing is told
	}{
		"a file that is written": {func(t *testing.T, dir string) { write(t, filepath.Join(dir, "code", "index.mjs")) }, []string{"code"}},
		"a file that is replaced, as editors do": {func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "new"))
			if err := os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, "config.json")); err != nil {
				t.Fatal(err)
			}
		}, []string{"config.json"}},
		"both within a moment": {func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "code", "index.mjs"))
			write(t, filepath.Join(dir, "config.json"))
		}, []string{"code", "config.json"}},
		"a file in a new folder": {func(t *testing.T, dir string) {
			if err := os.MkdirAll(filepath.Join(dir, "code", "lib"), 0o700); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "code", "lib", "a.mjs"))
		}, []string{"code"}},
		"a file beside": {func(t *testing.T, dir string) { write(t, filepath.Join(dir, "other.json")) }, nil},
		"what Python leaves": {func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, "code", "__pycache__"), 0o700); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "code", "__pycache__", "index.cpython-312.pyc"))
		}, nil},
		"a file of the editor's": {func(t *testing.T, dir string) { write(t, filepath.Join(dir, "code", ".index.mjs.swp")) }, nil},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "code"), 0o700); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "config.json"))
			code, config := filepath.Join(dir, "code"), filepath.Join(dir, "config.json")
			told := make(chan []string, 10)
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- watch.Watch(ctx, []string{code, config}, func(paths []string) { told <- paths }) }()
			time.Sleep(100 * time.Millisecond) // until it watches
			tc.change(t, dir)
			var got []string
			select {
			case paths := <-told:
				for _, p := range paths {
					got = append(got, filepath.Base(p))
				}
			case <-time.After(time.Second):
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
}
