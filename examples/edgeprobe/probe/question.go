package probe

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A Question is one point that AWS's documents leave open.
type Question struct {
	ID      string // for instance "root-object"
	Asks    string
	Setting string // the field of edgesim.Unknowns that the answer sets; "" when the simulator has none
	OnAWS   bool   // it is about Lambda's own environment, which the simulator does not have
	alone   bool   // it changes the distribution: it is asked when no other is
	ask     func(a *asking)
}

// An Answer is what was found.
type Answer struct {
	ID       string      `json:"id"`
	Asks     string      `json:"asks"`
	Answer   string      `json:"answer,omitempty"`  // in words
	Setting  string      `json:"setting,omitempty"` // the field of edgesim.Unknowns
	Unasked  string      `json:"unasked,omitempty"` // why it could not be asked
	Evidence []*Exchange `json:"evidence,omitempty"`
	Logs     []LogLine   `json:"logs,omitempty"`   // what the functions wrote meanwhile
	Unread   string      `json:"unread,omitempty"` // why their logs could not be read

	set func(*edgesim.Unknowns)
}

// An asking is the asking of one question. The first failure is kept; what follows it does nothing, and its answer does not count.
type asking struct {
	ctx    context.Context
	target *Target
	run    string // part of each request's target, so that no cache has it

	mu     sync.Mutex
	answer *Answer
	failed error
}

// cannot says why a question cannot be asked here.
func (a *asking) cannot(format string, args ...any) { a.fail(fmt.Errorf(format, args...)) }

func (a *asking) fail(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failed == nil {
		a.failed = err
	}
}

func (a *asking) stopped() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.failed != nil
}

// wait lets time pass for the distribution.
func (a *asking) wait(d time.Duration) {
	if a.stopped() {
		return
	}
	if err := a.target.Wait(a.ctx, d); err != nil {
		a.fail(err)
	}
}

// path is a target with its instructions, given as name, value, name, value; no cache has seen it before.
func (a *asking) path(path string, instructions ...string) string {
	var query strings.Builder
	for i := 0; i < len(instructions); i += 2 {
		query.WriteString(instructions[i] + "=" + url.QueryEscape(instructions[i+1]) + "&")
	}
	return path + "?" + query.String() + "probe=" + a.run + "." + rand.Text()[:8]
}

// get asks for a target.
func (a *asking) get(target string, header ...string) *Exchange {
	return a.send(request{target: target, header: header})
}

// is answers a question whose setting is yes or no.
func (a *asking) is(yes bool, ifSo, ifNot string, set func(u *edgesim.Unknowns, yes bool)) {
	a.answer.Answer = ifNot
	if yes {
		a.answer.Answer = ifSo
	}
	a.answer.set = func(u *edgesim.Unknowns) { set(u, yes) }
}

// says answers a question that sets nothing.
func (a *asking) says(format string, args ...any) { a.answer.Answer = fmt.Sprintf(format, args...) }

// asked asks one question.
func (q Question) asked(ctx context.Context, t *Target, run string) *Answer {
	a := &asking{ctx: ctx, target: t, run: run, answer: &Answer{ID: q.ID, Asks: q.Asks, Setting: q.Setting}}
	if q.OnAWS && t.Simulated {
		a.cannot("it needs AWS's own environment")
	} else {
		q.ask(a)
	}
	if a.failed != nil {
		a.answer.Answer, a.answer.set, a.answer.Unasked = "", nil, a.failed.Error()
	}
	return a.answer
}
