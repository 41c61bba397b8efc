package probe

import (
	"errors"
	"strings"
)

// A Trial is how the viewer-request function below /trial/ is deployed: where AWS's pages disagree about what is taken. The zero value is
// what all of them allow.
type Trial struct {
	Large    bool // its package has more than 1 MB
	MemoryMB int  // 0 is 128
	Timeout  int  // in seconds; 0 is 5
}

// A Refusal is what AWS said to a Trial.
type Refusal struct{ Message string }

// Error is the message.
func (r *Refusal) Error() string { return r.Message }

// trialQuestions change the distribution, and so take some minutes each.
func trialQuestions() []Question {
	trial := func(t Trial) func(*asking) { return func(a *asking) { a.askTrial(t) } }
	return []Question{
		{ID: "viewer-package", Asks: "may the package of a viewer-request function have 2 MB?", OnAWS: true, alone: true, ask: trial(Trial{Large: true})},
		{ID: "viewer-memory", Asks: "may a viewer-request function have 256 MB?", OnAWS: true, alone: true, ask: trial(Trial{MemoryMB: 256})},
		{ID: "viewer-timeout", Asks: "may a viewer-request function have 30 seconds?", OnAWS: true, alone: true, ask: trial(Trial{Timeout: 30})},
	}
}

func (a *asking) askTrial(t Trial) {
	if a.target.Change == nil {
		a.cannot("it deploys a function anew, which -deploy does")
		return
	}
	err := a.ctx.Err()
	if err == nil {
		err = a.target.Change(a.ctx, t)
	}
	if refusal := (*Refusal)(nil); errors.As(err, &refusal) {
		a.says("no: %s", withoutAccounts(strings.Join(strings.Fields(refusal.Message), " ")))
		return
	} else if err != nil {
		a.fail(err)
		return
	}
	e := a.get(a.path(TrialPath))
	is, ok := runtimeOf(e)
	if !ok {
		a.says("it is deployed, and does not run: %d%s", e.Status, spoken(reasons(a.logs(TrialPath+"*"))))
		return
	}
	a.says("yes, with %s MB", is.MemoryMB)
}
