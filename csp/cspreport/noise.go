package cspreport

import "strings"

// A Part is the part of a report that a [NoiseRule] looks at.
type Part uint8

const (
	PartURL      Part = iota + 1 // BlockedURL and SourceFile
	PartDocument                 // DocumentURL
	PartSample                   // Sample
	PartPolicy                   // Policy
)

// A NoiseRule says which reports are not about the site's own pages, and what
// causes them. Match has one of these forms:
//
//	chrome-extension:                     URLs of a scheme, or the scheme alone
//	*.superfish.com, cdn.joinhoney.com    URLs of a host; the first of those below it too
//	https://translate.google.com/a/       URLs that begin so
//	window.klTabId_kis                    in a sample or a policy: texts that have it somewhere
type NoiseRule struct {
	Part   Part
	Match  string
	Cause  string // what makes such reports
	Source string // who says so, and when
}

// Noise reports whether the report is not about the site's own page, and why: the
// first of [NoiseRules] that matches. A rule about a host does not match where the
// report's policy names the host, since then the site itself loads from there.
//
// It cannot know everything: extensions load fonts and images from hosts like any
// other, and browsers do not say who did it.
func (r Report) Noise() (rule NoiseRule, ok bool) {
	blocked, source, document := look(r.BlockedURL), look(r.SourceFile), look(r.DocumentURL)
	for i := range noiseRules {
		n, found := &noiseRules[i], false
		switch n.Part {
		case PartURL:
			found = n.matches(blocked, r.Policy) || n.matches(source, r.Policy)
		case PartDocument:
			found = n.matches(document, "")
		case PartSample:
			found = strings.Contains(r.Sample, n.Match)
		case PartPolicy:
			found = strings.Contains(r.Policy, n.Match)
		}
		if found {
			return *n, true
		}
	}
	if isLoopback(blocked.host) && !isLoopback(document.host) {
		return loopbackRule, true
	}
	return NoiseRule{}, false
}

// NoiseRules gives the rules of [Report.Noise], as of [NoiseDate].
func NoiseRules() []NoiseRule {
	return append(noiseRules[:len(noiseRules):len(noiseRules)], loopbackRule)
}

// A view is a URL, or a scheme alone, as rules look at it.
type view struct{ url, scheme, host string }

func look(url string) view {
	v := view{url: url, scheme: schemeOf(url), host: hostOf(url)}
	if v.scheme == "" {
		v.scheme = url
	}
	return v
}

// matches reports whether a rule about URLs matches one, of a report with that
// policy.
func (n *NoiseRule) matches(v view, policy string) bool {
	if scheme, ok := strings.CutSuffix(n.Match, ":"); ok {
		return v.scheme == scheme
	}
	if v.host == "" {
		return false
	}
	if strings.Contains(n.Match, "://") {
		return strings.HasPrefix(v.url, n.Match) && !names(policy, v.host)
	}
	name, below := strings.CutPrefix(n.Match, "*.")
	return (v.host == name || below && strings.HasSuffix(v.host, n.Match[1:])) && !names(policy, v.host)
}

// names reports whether a policy has a source with the host.
func names(policy, host string) bool {
	for source := range strings.FieldsFuncSeq(policy, func(c rune) bool { return c == ' ' || c == ';' || c == ',' }) {
		if _, rest, ok := strings.Cut(source, "://"); ok {
			source = rest
		}
		if end := strings.IndexAny(source, ":/"); end >= 0 {
			source = source[:end]
		}
		if source = asciiLower(source); source == host || strings.HasPrefix(source, "*.") && strings.HasSuffix(host, source[1:]) {
			return true
		}
	}
	return false
}

// hostOf gives the host of a URL, without its port.
func hostOf(url string) string {
	_, host, _, _ := cutURL(url)
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return host
}

// isLoopback reports whether a host is the reader's own computer.
func isLoopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasPrefix(host, "127.") || host == "[::1]"
}
