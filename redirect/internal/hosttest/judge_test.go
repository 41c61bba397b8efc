package hosttest_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A judge knows the differences that are meant, and counts how often each shows.
type judge struct {
	differences []difference
	refusals    []refusal

	mu    sync.Mutex
	shown map[string]int
}

func newJudge() *judge {
	return &judge{differences: differences(), refusals: refusals(), shown: map[string]int{}}
}

// show counts what has shown, and returns how often it has.
func (j *judge) show(what string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.shown[what]++
	return j.shown[what]
}

// refuse looks for the refusal of a line.
func (j *judge) refuse(t *testing.T, l line, e *rulefile.Error) {
	t.Helper()
	for _, r := range j.refusals {
		if r.kind == e.Kind && strings.Contains(e.Message, r.message) {
			j.show(r.reason)
			return
		}
	}
	t.Errorf("%q is refused, for no reason in the list: %v", l, e)
}

// judge looks for the difference between the answers, or for as few as may come together.
func (j *judge) judge(t *testing.T, x *exchange) {
	t.Helper()
	j.show(x.dialect.String() + " requests")
	if x.here.Status != 0 {
		j.show(x.dialect.String() + " redirects")
	}
	if x.host.String() == x.answer() {
		return
	}
	j.show(x.dialect.String() + " differences")
	for most := 1; most <= 4; most++ {
		if j.explains(x, x.host.String(), x.answer(), j.differences, most) {
			return
		}
	}
	if n := j.show("answers that differ for no reason in the list"); n <= 10 {
		t.Errorf("answers differ, for no reason in the list:\n%s", x)
	}
}

// explains reports whether at most so many of the differences make the answers the same.
func (j *judge) explains(x *exchange, host, here string, differences []difference, most int) bool {
	if host == here {
		return true
	}
	if most == 0 {
		return false
	}
	for i, d := range differences {
		if !strings.Contains(d.dialects, x.dialect.String()) {
			continue
		}
		y, leveledHost, leveledHere := x, host, here
		if d.read != nil {
			var other bool
			if y, other = x.again(d.read); !other {
				continue
			}
			leveledHere = y.answer()
		}
		if d.write != nil {
			leveledHost, leveledHere = d.write(y, leveledHost, leveledHere)
		}
		if j.explains(y, leveledHost, leveledHere, differences[i+1:], most-1) {
			j.show(d.name)
			return true
		}
	}
	return false
}

// finish reports what has never shown.
func (j *judge) finish(t *testing.T) {
	t.Helper()
	t.Log(j.shown)
	for _, d := range j.differences {
		if j.shown[d.name] == 0 {
			t.Errorf("the difference %s never shows", d.name)
		}
	}
	for _, r := range j.refusals {
		if j.shown[r.reason] == 0 {
			t.Errorf("no line is refused since %s", r.reason)
		}
	}
}
