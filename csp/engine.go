package csp

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
)

// An Engine is a browser engine whose behaviour this package knows, or the draft.
// Where they differ is in [Behaviors].
type Engine uint8

const (
	// AllEngines is what all three browsers answer, and the draft's answer where
	// theirs differ. It is the zero value.
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
	return "engine(" + strconv.Itoa(int(e)) + ")"
}

// rules gives what the engine does. A number that is no engine is as AllEngines.
func (e Engine) rules() match.Rules { return match.Engine(e).Rules() }

// decide answers for an engine. For AllEngines that is what the browsers agree on, or
// the draft's answer.
func decide(e Engine, ask func(match.Rules) Decision) Decision {
	if e != AllEngines {
		return ask(e.rules())
	}
	chromium, firefox, webKit := ask(Chromium.rules()), ask(Firefox.rules()), ask(WebKit.rules())
	if chromium.Allowed == firefox.Allowed && firefox.Allowed == webKit.Allowed {
		return chromium
	}
	return ask(Draft.rules())
}

// settles reports whether an answer with the rules of the engine, for which what is in
// asked was asked for, is the engine's answer. Most questions are about nothing in which
// browsers differ, and need no asking of each.
func (e Engine) settles(asked match.Set) bool { return e != AllEngines || !asked.Contested() }

// everyEngine reports whether what is asked is allowed by all engines, or by AllEngines
// if none is named.
func everyEngine(engines []Engine, ask func(match.Rules) Decision) bool {
	if len(engines) == 0 {
		return decide(AllEngines, ask).Allowed
	}
	for _, e := range engines {
		if !decide(e, ask).Allowed {
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
	d := decide(e, ask)
	if e != AllEngines {
		return d
	}
	for _, browser := range [...]Engine{Chromium, Firefox, WebKit} {
		if ask(browser.rules()).Allowed != d.Allowed {
			d.Differing = append(d.Differing, Difference{browser, reasonFor(browser, d.Allowed, ask)})
		}
	}
	return d
}

// reasonFor gives the behaviour that alone makes a browser differ from the others, or
// from the draft.
func reasonFor(browser Engine, allowed bool, ask func(match.Rules) Decision) string {
	reason := "several behaviors"
	for _, base := range [...]Engine{Draft, AllEngines} {
		rules := base.rules()
		if ask(rules).Allowed != allowed {
			continue
		}
		rules.Differing(browser.rules(), func(b match.Behavior) {
			if ask(rules.Flip(b)).Allowed != allowed {
				reason = behaviors[b].name
			}
		})
	}
	return reason
}
