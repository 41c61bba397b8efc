package cspreport

import (
	"strings"
	"time"
)

// A Report is a violation of a policy as a browser has reported it, in whatever
// form it came. Everything in it is the sender's to choose, which may be no
// browser at all (draft 7.3, "Violation Reports"): escape it wherever it goes.
// Fields are "" or 0 where the browser did not say.
type Report struct {
	// Time is when the violation happened: when the report was received, less
	// Age. Who receives reports sets it, with [Report.SetTime]; it is in UTC and
	// has milliseconds.
	Time time.Time

	// Age is how long the browser kept the report before it sent it, in
	// milliseconds. Only the Reporting API says.
	Age time.Duration

	// DocumentURL is the page or the worker that has the policy, with its query
	// and without its fragment. Of a URL that is not http or https browsers say the
	// scheme only: "about" for a frame with srcdoc. Chromium gives the origin
	// only where frame-ancestors was violated.
	DocumentURL string

	// Referrer is the page's referrer. WebKit and Firefox name the page that
	// showed this one in a frame here, and nowhere else, where frame-ancestors was
	// violated.
	Referrer string

	// BlockedURL is what was not loaded or not run: a URL, a scheme ("data",
	// "blob"), or one of inline, eval, wasm-eval, trusted-types-policy and
	// trusted-types-sink. After a redirect it is the URL before it, with its
	// query, for the draft wants no page to learn where others lead; Chromium and
	// WebKit give the origin of the target for frames. Old versions say "self"
	// (Firefox) or nothing (Chromium, WebKit) for inline code and eval.
	BlockedURL string

	// Directive is the effective directive in lower case: script-src-elem, even
	// where the policy has default-src only. Reports that lack it, from Firefox
	// before 2019 and others, have the directive here that was violated.
	Directive string

	// Policy is the text of the policy that was violated. Firefox wrote hosts
	// in place of 'self' in its time, and what changes headers on their way, as
	// virus scanners do, changes it too.
	Policy string

	// Disposition is "enforce" if the policy is enforced, "report" if it is only
	// monitored. WebKit does not say when it sends to report-uri.
	Disposition string

	// StatusCode is the HTTP status of the page. WebKit says 0 for report-uri.
	StatusCode int

	// SourceFile, Line and Column say where the violation was caused: the
	// script that did it, or the page. Lines and columns begin at 1; engines do not
	// agree on columns. If it is an extension of the browser that did
	// it, SourceFile is "chrome-extension" or "moz-extension".
	SourceFile   string
	Line, Column int

	// Sample is the beginning of the inline code or the string, 40 characters of
	// it, if the directive has 'report-sample'. Chromium leaves out white
	// space at both ends, Firefox puts "…" behind what it has cut. A Trusted
	// Types sink stands before a bar, and data of the page behind it; without
	// 'report-sample', too.
	Sample string

	// UserAgent is the browser's User-Agent header, if it is in the report.
	UserAgent string

	// Cut says that a field was longer than the limit (see [MaxURL] and its
	// kin) and lost its end.
	Cut bool
}

// The longest fields that [Parse] leaves whole, in bytes.
const (
	MaxURL    = 2048 // of DocumentURL, Referrer, BlockedURL, SourceFile
	MaxPolicy = 8192 // of Policy
	MaxText   = 256  // of the others
)

// SetTime sets Time, of a report that was received now.
func (r *Report) SetTime(now time.Time) {
	r.Time = now.Add(-r.Age).UTC().Truncate(time.Millisecond)
}

// WithoutPersonalData gives the report without what may tell who the reader is or
// what they read: Referrer and UserAgent, the queries, fragments and user names
// of URLs, those in Policy too, and what stands behind the bar in the sample of
// a Trusted Types sink.
// Paths and samples of code stay, for without them nothing could be mended.
func (r Report) WithoutPersonalData() Report {
	r.Referrer, r.UserAgent = "", ""
	r.DocumentURL = stripURL(r.DocumentURL)
	r.BlockedURL = stripURL(r.BlockedURL)
	r.SourceFile = stripURL(r.SourceFile)
	r.Policy = stripPolicy(r.Policy)
	if r.BlockedURL == blockedSink {
		r.Sample, _, _ = strings.Cut(r.Sample, "|")
	}
	return r
}

// What BlockedURL says of what has no URL (draft 2.4, "resource"; Trusted Types
// 4.2).
const (
	blockedInline = "inline"
	blockedEval   = "eval"
	blockedWasm   = "wasm-eval"
	blockedType   = "trusted-types-policy"
	blockedSink   = "trusted-types-sink"
)

// isWord reports whether it is a word that says what was blocked.
func isWord(blocked string) bool {
	switch blocked {
	case blockedInline, blockedEval, blockedWasm, blockedType, blockedSink:
		return true
	}
	return false
}

// blocked is BlockedURL in the words of today: what browsers before 2018 left out
// or called self.
func (r *Report) blocked() string {
	if r.BlockedURL != "" && r.BlockedURL != "self" {
		return r.BlockedURL
	}
	switch r.Directive {
	case "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr":
		return blockedInline // or eval, nobody knows
	}
	return r.BlockedURL
}
