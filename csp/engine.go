package csp

import (
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
)

// An Engine is a browser engine whose behaviour this package knows, or the draft.
// Where they differ is in [Behaviors].
type Engine uint8

const (
	// AllEngines is what all three browsers do, and the draft's word where they
	// differ. It is the zero value.
	AllEngines Engine = iota

	// Draft is the W3C draft "Content Security Policy Level 3" of April 2026, and
	// the specifications beside it.
	Draft

	// Chromium is that of Chrome, Edge and Opera, as of Chromium 156.
	Chromium

	// Firefox is Gecko, as of Firefox ESR 153.
	Firefox

	// WebKit is that of Safari, as of WebKitGTK 2.50.6.
	WebKit
)

// String gives the name, "Chromium" for example.
func (e Engine) String() string {
	switch e {
	case AllEngines:
		return "all engines"
	case Draft:
		return "the draft"
	case Chromium:
		return "Chromium"
	case Firefox:
		return "Firefox"
	case WebKit:
		return "WebKit"
	}
	return fmt.Sprintf("engine(%d)", uint8(e))
}

// rules gives what the engine does. A number that is no engine is as AllEngines.
func (e Engine) rules() match.Rules { return match.Engine(e).Rules() }

// everyEngine reports whether what is asked holds for all engines, or for AllEngines
// if none is named.
func everyEngine(engines []Engine, ask func(match.Rules) bool) bool {
	if len(engines) == 0 {
		return ask(AllEngines.rules())
	}
	for _, e := range engines {
		if !ask(e.rules()) {
			return false
		}
	}
	return true
}

// A Difference says that a browser decides otherwise than [AllEngines], and why.
type Difference struct {
	Engine Engine

	// Behavior is the Name of the [Behavior] that alone makes the difference, or
	// "several behaviors".
	Behavior string
}

// explain decides for an engine, and says which browsers differ.
func explain(e Engine, ask func(match.Rules) Decision) Decision {
	d := ask(e.rules())
	if e != AllEngines {
		return d
	}
	for _, browser := range [...]Engine{Chromium, Firefox, WebKit} {
		if ask(browser.rules()).Allowed == d.Allowed {
			continue
		}
		reason := "several behaviors"
		e.rules().Differing(browser.rules(), func(b match.Behavior) {
			if ask(e.rules().Flip(b)).Allowed != d.Allowed {
				reason = behaviors[b].name
			}
		})
		d.Differing = append(d.Differing, Difference{browser, reason})
	}
	return d
}
