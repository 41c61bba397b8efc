package cspreport

import (
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

// A Suggestion is the smallest change to the policies of a page that allows what
// was reported. It is for a person to decide on: everybody can send reports, of an
// attacker's host, too.
type Suggestion struct {
	Before, After csp.List

	// Additions are the sources that After has and Before has not.
	Additions []Addition

	// Changes is what csp.Diff finds between Before and After. There is nothing
	// in it but what Additions say, or, for scripts, workers from the same
	// hosts, which browsers do not start (see [Suggest]).
	Changes []csp.Change

	// Allowed are the groups that Before allows already.
	Allowed []Group

	// Unresolved are those that After does not allow.
	Unresolved []Unresolved
}

// An Addition is sources for one directive of a policy.
type Addition struct {
	Policy    int      // index in the list
	Directive string   // of that policy, perhaps a new one
	Sources   []string // what is added to it

	Effective string   // directive of the reports
	Blocked   string   // what they say was blocked: Cause.Blocked
	Pages     []string // where, the first ten
	Reports   int      // how many they are

	// Opens is what evaluator.Evaluate finds in the policies with these sources
	// and does not without.
	Opens []csp.Finding
}

// String gives the addition in one line, which is safe to print.
func (a Addition) String() string {
	s := a.Directive + ": add " + strings.Join(a.Sources, " ") + ": " + count(a.Reports, "report") + " of " + a.Effective
	if len(a.Pages) > 0 {
		s += " on " + a.Pages[0]
	}
	if more := len(a.Pages) - 1; more > 0 {
		s += " and " + count(more, "other page")
	}
	return visible(s)
}

// Effect says in a sentence what the sources let pages do, whoever has the hosts.
// That is not what evaluator.Evaluate judges: data may leave by any of them.
func (a Addition) Effect() string {
	switch a.Effective {
	case "connect-src":
		return "scripts may send what they know to there, and read what they get"
	case "form-action":
		return "forms may be sent to there, with what readers have written into them"
	case "base-uri":
		return "relative URLs of the page, of scripts too, may begin at another path of the site"
	case "frame-src", "child-src", "fenced-frame-src":
		return "pages from there may be shown within the page, and lead its readers elsewhere"
	case "worker-src":
		return "workers may run code from there"
	case "object-src":
		return "plugins and documents from there may be embedded in the page"
	case "style-src", "style-src-elem":
		return "style sheets from there may change what the page shows, and find out what is in it"
	case "trusted-types":
		return "scripts may make a Trusted Types policy of that name"
	case "script-src", "script-src-elem":
		if strings.HasSuffix(a.Blocked, "eval") {
			return "scripts may compile what they have loaded or put together"
		}
		return "code from there may do what the page's own code may"
	}
	return "the page may load from there, and its scripts may send what they know in the URL"
}

// visible puts U+FFFD into the place of characters that a terminal could take for
// orders, or that turn text round.
func visible(s string) string {
	return strings.Map(func(c rune) rune {
		if !strconv.IsPrint(c) {
			return '\ufffd'
		}
		return c
	}, s)
}

// count gives a number with what is counted: "1 report", "12 reports".
func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

// An Unresolved is a group of reports that no source should allow, or can.
type Unresolved struct {
	Group
	Reason string        // why there is no addition for it; safe to print
	Mend   string        // what to do instead; safe to print
	Opens  []csp.Finding // what an addition would have opened, if that is the reason
}

// Options is how [Suggest] works. The zero Options is for an enforced header.
type Options struct {
	// Conditions are those in which the policies are used.
	Conditions evaluator.Conditions

	// Hash gives the hash of inline code, cspcrypto.SHA256[string] for example, for
	// the case that a sample is so short that it may be all of the code. If it is
	// nil, no hash is named: a function at the edge need not link cryptography.
	Hash func(code string) csp.Hash

	// AddUnsafeEval adds 'unsafe-eval' where eval was blocked. Without it such
	// reports stay unresolved.
	AddUnsafeEval bool
}

// Suggest finds the smallest change to a page's policies that allows what was
// reported. Groups are looked at in their order, and of those that the policies block
// a hundred are tried, fewer if the policies are long: who sends reports does not
// decide how long this takes.
//
// Hosts are added with scheme and port, and without path, for paths are
// not compared after a redirect and the report names the URL before it; with its
// path a URL is added only where everybody can publish on the host. A directive gets
// them that governs what was blocked and nothing else; if that is default-src, the
// sources of that go into a new directive.
//
// Every addition is tried: with it the policies allow the reports' requests in
// Chromium, Firefox and WebKit, and csp.Diff finds nothing else that they newly
// allow, except for workers, which script-src governs too: HTML (10.2.6.3) starts
// none from another origin. What fails this test is unresolved. So in the end each
// group is in Allowed or in Unresolved, or After allows what it reports.
//
// Only schemes that pages make URLs of themselves are added (blob, data, filesystem,
// mediastream), and to base-uri nothing but 'self': elsewhere the relative URLs of
// scripts would lead there.
//
// 'unsafe-inline' is never added, nor a source that evaluator.Evaluate calls a
// weakness of severity High. For inline code, a nonce or a hash is needed, and a
// report has too little of the code for one. Nor is 'unsafe-eval', unless Options
// say so.
func Suggest(policies csp.List, groups []Group, o Options) Suggestion {
	return suggest(policies, groups, o, maxCompared)
}

func suggest(policies csp.List, groups []Group, o Options, limit int) Suggestion {
	s := suggester{
		Suggestion: Suggestion{Before: policies, After: slices.Clone(policies)},
		options:    o,
		limit:      limit,
		reported:   make(map[string]csp.List),
	}
	for _, g := range groups {
		s.group(g)
	}
	if len(s.Additions) > 0 {
		s.Changes = csp.Diff(s.Before, s.After)
	}
	return s.Suggestion
}

type suggester struct {
	Suggestion
	options Options

	tried           int // groups
	compared, limit int // pairs of sources

	found       []csp.Finding       // in Before, once they are known
	opensByEval []csp.Finding       // what 'unsafe-eval' opens, likewise
	reported    map[string]csp.List // policies of reports, by their text
}

// unresolved records why there is no addition for a group.
func (s *suggester) unresolved(g Group, reason, mend string, opens ...csp.Finding) {
	s.Unresolved = append(s.Unresolved, Unresolved{Group: g, Reason: visible(reason), Mend: visible(mend), Opens: opens})
}

// group finds what would allow a group of reports.
func (s *suggester) group(g Group) {
	switch {
	case g.Directive == "frame-ancestors":
		s.unresolved(g, "no browser says in its report which page showed this one in a frame",
			"if it is to be shown, add the origin of the other page to frame-ancestors")
	case g.Directive == "default-src":
		s.unresolved(g, "an old browser says default-src and not what was to be loaded",
			"wait for a report that names another directive")
	case isWord(g.Blocked) && !goTogether(g.Directive, g.Blocked):
		s.unresolved(g, "the report says that "+g.Blocked+" was blocked because of "+g.Directive+", which do not go together", "leave it: no browser sends that")
	case g.Blocked == blockedInline:
		s.inline(g)
	case g.Blocked == blockedEval:
		s.eval(g)
	case g.Blocked == blockedWasm:
		s.wasm(g)
	case g.Blocked == blockedType:
		s.trustedType(g)
	case g.Blocked == blockedSink:
		s.unresolved(g, "the page hands a string to the DOM"+sink(g)+where(g)+", and its policy requires Trusted Types",
			"use textContent, or make the value with a Trusted Types policy; do not take require-trusted-types-for out")
	case !takesURLs(g.Directive):
		s.unresolved(g, "there is no source that makes "+g.Directive+" allow more", "see whether the page still needs the directive")
	case g.Blocked == "" || g.Blocked == "null" || g.Blocked == "self":
		s.unresolved(g, "the report does not say what was blocked", "look at the page with the browser's console open"+where(g))
	default:
		s.request(g)
	}
}

// goTogether reports whether what was blocked, a word, can be blocked because of
// a directive.
func goTogether(directive, blocked string) bool {
	script, style := strings.HasPrefix(directive, "script-src"), strings.HasPrefix(directive, "style-src")
	switch blocked {
	case blockedInline:
		return script || style
	case blockedEval, blockedWasm:
		return script
	case blockedType:
		return directive == "trusted-types"
	}
	return directive == "require-trusted-types-for"
}

// takesURLs reports whether a directive has a list of sources that are compared
// with URLs.
func takesURLs(directive string) bool {
	switch directive {
	case "connect-src", "fenced-frame-src", "font-src", "frame-src", "child-src", "img-src", "manifest-src", "media-src", "object-src",
		"script-src", "script-src-elem", "style-src", "style-src-elem", "worker-src", "base-uri", "form-action":
		return true
	}
	return false
}

// where says where the cause of a group is, if the reports say it.
func where(g Group) string {
	if g.Example.SourceFile == "" {
		return ""
	}
	s := " in " + g.Example.SourceFile
	if g.Example.Line > 0 {
		s += ", line " + strconv.Itoa(g.Example.Line)
	}
	return s
}

// sink names the sink of a Trusted Types report.
func sink(g Group) string {
	if g.Example.Sample == "" {
		return ""
	}
	return " (" + g.Example.Sample + ")"
}
