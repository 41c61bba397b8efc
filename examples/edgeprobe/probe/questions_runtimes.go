package probe

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe/answered"
)

// runtimes are those that the stack has functions for: one in Go below /go/ and, of Node.js, one in JavaScript below /js/.
func runtimes() []string { return []string{"nodejs22.x", "nodejs24.x", "python3.13", "python3.14"} }

// runtimeQuestions ask Lambda's environment, each runtime for itself.
func runtimeQuestions() (all []Question) {
	for _, runtime := range runtimes() {
		path := GoPath + runtime + "/"
		all = append(all, Question{
			ID: "go-" + runtime, Asks: "does a Go function run behind " + runtime + ", and how long does it start?", OnAWS: true,
			ask: func(a *asking) { a.askRuntime(path) },
		})
	}
	for _, runtime := range runtimes() {
		if path := JSPath + runtime + "/"; strings.HasPrefix(runtime, "nodejs") {
			all = append(all, Question{
				ID: "js-" + runtime, Asks: "how long does the same in JavaScript start on " + runtime + "?", OnAWS: true,
				ask: func(a *asking) { a.askRuntime(path) },
			})
		}
	}
	return all
}

// atOnce is how many requests come together, so that Lambda starts several processes.
const atOnce = 5

// askRuntime has several processes started, and says what they are and what Lambda's log has of their start, or how they failed.
func (a *asking) askRuntime(path string) {
	all := make([]*Exchange, atOnce)
	var asked sync.WaitGroup
	for i := range all {
		asked.Go(func() { all[i] = a.get(a.path(path)) })
	}
	asked.Wait()
	a.answer.Logs = a.logs(path + "*")
	var ran []string
	for _, e := range all {
		if is, ok := runtimeOf(e); ok {
			ran = append(ran, fmt.Sprintf("%s in %s with %s MB", is.Language, is.Environment, is.MemoryMB))
		}
	}
	if len(ran) == 0 {
		a.says("no: %d%s", all[0].Status, spoken(reasons(a.answer.Logs)))
		return
	}
	a.says("%d of %d ran: %s%s", len(ran), len(all), ran[0], spoken(starts(a.answer.Logs)))
}

// spoken is a list that is put behind an answer.
func spoken(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return "; " + strings.Join(list, ", ")
}

// runtimeOf is what a function of lambda/goruntime or functions/jsruntime answered.
func runtimeOf(e *Exchange) (is answered.Runtime, ok bool) {
	err := json.Unmarshal(e.body, &is)
	return is, err == nil && e.Status == http.StatusOK && is.Language != ""
}

// started finds how long a process took to its first request for an event, in Lambda's report of an invocation.
var started = regexp.MustCompile(`Init Duration: ([0-9.]+ ms)`)

// starts are the Init Durations in a log.
func starts(lines []LogLine) (all []string) {
	for _, line := range lines {
		if found := started.FindStringSubmatch(line.Text); found != nil {
			all = append(all, "Init Duration "+found[1])
		}
	}
	return all
}

// routine are the lines that Lambda writes of every invocation.
var routine = regexp.MustCompile(`^(INIT_START|START|END|REPORT|XRAY)\b`)

// reasons are the first lines of a log that are not routine.
func reasons(lines []LogLine) (all []string) {
	const most = 3
	for _, line := range lines {
		if !routine.MatchString(line.Text) && len(all) < most {
			all = append(all, line.Text)
		}
	}
	return all
}
