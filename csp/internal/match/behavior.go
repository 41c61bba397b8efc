package match

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// An Engine is whose behaviour is asked for. The numbers are those of csp.Engine.
type Engine uint8

// The engines. All is what the three browsers do, and the draft's word where they
// differ.
const (
	All Engine = iota
	Draft
	Chromium
	Firefox
	WebKit
)

// A Behavior is a point in which a browser or the draft differs from another.
// The rows of csp.Behaviors say in words what each is, with its clause.
type Behavior uint8

// The behaviours that decide about something. None is no behaviour.
const (
	None Behavior = iota

	// Hosts.
	IPv4Host
	WildcardIP
	TrailingDotHost
	BareWildcardDot

	// Schemes.
	StarWebSocket
	StarImageData
	WebSocketHTTP

	// Ports.
	Port80Upgrade
	Port80Secure
	SamePortUpgrade
	StarSchemeless
	LeadingZeroPort

	// Paths.
	EncodedSlash
	OddPath
	QueryAfterPath
	QueryAfterHost
	StarPath
	AncestorPathIgnored
	FormRedirect

	// Directives.
	ControlByteDrops
	VerticalTabSpace
	DroppedNameCounts
	DefaultSrcWorker
	StrictDynamicWorkerSrc
	StrictDynamicDefaultURLs
	StrictDynamicDefaultStyle
	UpgradeLoopback
	UpgradePerPolicy
	WebRTCBlock

	// Hashes and keywords.
	DashedHash
	InexactHash
	UndecodableHashCounts
	Base64URLIntegrity
	Base64URLAttribute
	WasmWithoutKeyword
	TrustedTypesEval
	TrustedTypesEvalStrings

	behaviorEnd
)

const (
	draft    = 1 << (Draft - 1)
	chromium = 1 << (Chromium - 1)
	firefox  = 1 << (Firefox - 1)
	webkit   = 1 << (WebKit - 1)
	browsers = chromium | firefox | webkit
)

// does has for each behaviour who shows it. It is all that the package knows of
// engines. Measured with Chromium 156, Firefox ESR 153 and WebKitGTK 2.50.6 in
// November 2026; the module csp/e2e measures it again.
var does = [behaviorEnd]uint8{
	IPv4Host:        browsers,
	WildcardIP:      browsers,
	TrailingDotHost: draft | chromium | webkit,
	BareWildcardDot: webkit,

	StarWebSocket: browsers,
	StarImageData: webkit,
	WebSocketHTTP: draft | webkit,

	Port80Upgrade:   browsers,
	Port80Secure:    firefox | webkit,
	SamePortUpgrade: draft | firefox | webkit,
	StarSchemeless:  draft | chromium | firefox,
	LeadingZeroPort: draft | chromium | webkit,

	EncodedSlash:        browsers,
	OddPath:             chromium | webkit,
	QueryAfterPath:      browsers,
	QueryAfterHost:      firefox,
	StarPath:            draft | chromium | webkit,
	AncestorPathIgnored: firefox,
	FormRedirect:        draft | chromium,

	ControlByteDrops:          browsers,
	VerticalTabSpace:          webkit,
	DroppedNameCounts:         chromium,
	DefaultSrcWorker:          browsers,
	StrictDynamicWorkerSrc:    chromium | firefox,
	StrictDynamicDefaultURLs:  webkit,
	StrictDynamicDefaultStyle: chromium | webkit,
	UpgradeLoopback:           firefox | webkit,
	UpgradePerPolicy:          firefox,
	WebRTCBlock:               draft,

	DashedHash:              chromium,
	InexactHash:             chromium | webkit,
	UndecodableHashCounts:   draft | firefox,
	Base64URLIntegrity:      browsers,
	Base64URLAttribute:      draft | chromium | webkit,
	WasmWithoutKeyword:      webkit,
	TrustedTypesEval:        draft | firefox | webkit,
	TrustedTypesEvalStrings: chromium,
}

// A Set is a set of behaviours: a bit for each.
type Set uint64

// engineRules has the rules of each engine, as asking for them one by one would take
// most of the time of a question. Those of All are what the browsers agree on, or the
// draft's word, behaviour by behaviour.
var engineRules, contested = makeEngineRules()

func makeEngineRules() (rules [WebKit + 1]Set, contested Set) {
	for b := None + 1; b < behaviorEnd; b++ {
		for e := range rules {
			if shows(b, Engine(e)) {
				rules[e] |= 1 << b
			}
		}
		if shown := does[b] & browsers; shown != 0 && shown != browsers {
			contested |= 1 << b
		}
	}
	return rules, contested
}

// Contested reports whether the browsers differ in one of the behaviours.
func (s Set) Contested() bool { return s&contested != 0 }

// Rules are the behaviours that count.
type Rules struct {
	have  Set
	asked *Set // takes note of the behaviours that were asked for, if it is not nil
}

// Rules gives the rules of the engine. A number that is no engine is as All.
func (e Engine) Rules() Rules {
	if e > WebKit {
		e = All
	}
	return Rules{have: engineRules[e]}
}

// Noting gives the same rules, which note in asked what they are asked for.
func (r Rules) Noting(asked *Set) Rules { return Rules{r.have, asked} }

// SameFor reports whether both rules have the same of the behaviours in the set.
func (r Rules) SameFor(q Rules, s Set) bool { return (r.have^q.have)&s == 0 }

// Have reports whether the behaviour is one of the rules. It is asked last, when
// everything else that is needed for it to matter is there.
func (r Rules) Have(b Behavior) bool {
	if r.asked != nil {
		*r.asked |= 1 << b
	}
	return r.have>>b&1 != 0
}

// Flip gives the rules with one behaviour the other way round.
func (r Rules) Flip(b Behavior) Rules { return Rules{have: r.have ^ 1<<b} }

// shows reports whether the engine shows the behaviour.
func shows(b Behavior, e Engine) bool {
	if e != All {
		return does[b]>>(e-1)&1 != 0
	}
	switch does[b] & browsers {
	case browsers:
		return true
	case 0:
		return false
	}
	return does[b]&draft != 0
}

// Differing calls yield for the behaviours in which the rules differ.
func (r Rules) Differing(q Rules, yield func(Behavior)) {
	for b := None + 1; b < behaviorEnd; b++ {
		if r.Have(b) != q.Have(b) {
			yield(b)
		}
	}
}

// Reading gives the way in which policies are read.
func (r Rules) Reading() syntax.Reading {
	how := syntax.Reading(0)
	if !r.Have(ControlByteDrops) {
		how |= syntax.KeepControls
	}
	if r.Have(VerticalTabSpace) {
		how |= syntax.TabIsSpace
	}
	if r.Have(DroppedNameCounts) {
		how |= syntax.DroppedNameCounts
	}
	return how
}
