package prober

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// shell is a browser that is a shell with a script.
func shell(script string) Browser {
	return Browser{
		Name: "shell", Package: "dash", find: look("sh"),
		start: func(_ context.Context, set settings) (*process, error) {
			return startProcess(set.profile, set.program, nil, nil, "-c", script)
		},
	}
}

// TestStart: what is no browser fails in time, and says why.
func TestStart(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"ends", "echo no display >&2; exit 1", "no display"},
		{"hangs", "echo waiting; sleep 60", "has not opened the first page in time"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			session, err := Start(ctx, shell(test.script))
			if err == nil {
				session.Close()
				t.Fatal("started")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v; want %q", err, test.want)
			}
		})
	}
}

func TestStartAbsent(t *testing.T) {
	absent := Browser{Name: "absent", Package: "no-such-package", find: look("no-such-browser")}
	_, err := Start(t.Context(), absent)
	if !errors.Is(err, ErrAbsent) || !strings.Contains(err.Error(), "apt-get install no-such-package") {
		t.Errorf("got %v; want %v and how to install it", err, ErrAbsent)
	}
}
