package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/csp/e2e/prober"
)

var browserNames = flag.String("browsers", "chromium,firefox", "the browsers to measure, separated by commas: chromium, firefox, webkit")

// A measured probe knows what it means.
type measured struct {
	row   row
	probe prober.Probe
	want  func(rowIs bool) bool // whether it is allowed
}

// measurements returns the probes of the table for a browser.
func measurements(table []row, browser prober.Browser) []measured {
	var all []measured
	for _, r := range table {
		if r.without[browser.Name] != "" {
			continue
		}
		for _, p := range r.ifTrue {
			all = append(all, measured{r, p, func(is bool) bool { return is }})
		}
		for _, p := range r.ifFalse {
			all = append(all, measured{r, p, func(is bool) bool { return !is }})
		}
		for _, p := range r.always {
			all = append(all, measured{r, p, func(bool) bool { return true }})
		}
		for _, p := range r.never {
			all = append(all, measured{r, p, func(bool) bool { return false }})
		}
	}
	return all
}

// TestBrowsers starts each browser once, and asks it everything.
func TestBrowsers(t *testing.T) {
	for _, browser := range chosen(t) {
		t.Run(browser.Name, func(t *testing.T) {
			t.Parallel()
			session := start(t, browser)
			t.Run("engine", func(t *testing.T) { testEngine(t, session) })
			t.Run("minify", func(t *testing.T) { testMinify(t, session) })
		})
	}
}

// testEngine measures each row of the engine table again.
func testEngine(t *testing.T, session *prober.Session) {
	all := measurements(rows(), session.Browser)
	begun := time.Now()
	wrong := patiently(session, disagreeing(t, session, all), func(wrong []measured) []measured {
		return disagreeing(t, session, wrong)
	})
	t.Logf("%s: %d probes of %d rows in %v", session.Version, len(all), len(rows()), time.Since(begun).Round(time.Second))
	fail(t, session, wrong)
}

// patiently asks again what is wrong, with more patience: a slow machine is no change of an engine.
func patiently[T any](session *prober.Session, wrong []T, ask func([]T) []T) []T {
	if len(wrong) == 0 {
		return nil
	}
	defer func(usual time.Duration) { session.Patience = usual }(session.Patience)
	session.Patience *= 4
	return ask(wrong)
}

// disagreeing makes probes, and returns those whose result is not the wanted one.
func disagreeing(t *testing.T, session *prober.Session, all []measured) []measured {
	t.Helper()
	var wrong []measured
	for i, result := range run(t, session, probesOf(all)) {
		if m := all[i]; result.Allowed != m.want(m.row.want.of(session.Browser)) {
			wrong = append(wrong, m)
		}
	}
	return wrong
}

// fail fails the test for each probe, with the row's name and what it is now.
func fail(t *testing.T, session *prober.Session, wrong []measured) {
	t.Helper()
	if len(wrong) == 0 {
		return
	}
	for i, result := range run(t, session, probesOf(wrong)) {
		m := wrong[i]
		text, err := json.Marshal(m.probe)
		if err != nil {
			t.Fatal(err)
		}
		is := m.row.want.of(session.Browser)
		change := fmt.Sprintf("is now %v, the table has %v", !is, is)
		if m.want(true) == m.want(false) {
			change = "no longer measures what it is to: a probe that has one result in all engines has another"
		}
		t.Errorf("row %s (%s): %s.\n\tin %s\n\tprobe %s\n\t%v", m.row.name, m.row.point, change, session.Version, text, result)
	}
}

func probesOf(all []measured) []prober.Probe {
	probes := make([]prober.Probe, len(all))
	for i, m := range all {
		probes[i] = m.probe
	}
	return probes
}

// chosen are the browsers that the flag names.
func chosen(t *testing.T) []prober.Browser {
	t.Helper()
	browsers, err := prober.Browsers(*browserNames)
	if err != nil {
		t.Fatal(err)
	}
	return browsers
}

// start starts a browser for a test. The test is left out if the browser is not installed.
func start(t *testing.T, browser prober.Browser) *prober.Session {
	t.Helper()
	session, err := prober.Start(t.Context(), browser)
	if errors.Is(err, prober.ErrAbsent) && os.Getenv("LAMBDAEDGE_REQUIRE_ALL") != "1" {
		t.Skipf("left out: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

// What one browser is asked at a time may take so long, plus some time for each probe.
const (
	testTime  = 2 * time.Minute
	probeTime = 200 * time.Millisecond
)

func run(t *testing.T, session *prober.Session, probes []prober.Probe) []prober.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), testTime+time.Duration(len(probes))*probeTime)
	defer cancel()
	results, err := session.Run(ctx, probes)
	if err != nil {
		t.Fatal(err)
	}
	return results
}
