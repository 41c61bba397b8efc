package csp

import "strings"

// checkSources looks at each source of every directive that browsers of the
// level know.
func (e *evaluation) checkSources() {
	for i := range e.policy.c.directives {
		d := &e.policy.c.directives[i]
		switch directives[d.id].value {
		case valueURIs:
			for j := range d.sources {
				if hasPrefixFold(d.sources[j].text, "http://") {
					e.add(&findingInsecureReport, 0, d, j)
				}
			}
			continue
		case valueSources, valueAncestors:
		default:
			continue
		}
		v := sourceView{d: d}
		if d == e.elem.d {
			v = e.elem
		}
		for j := range d.sources {
			s := &d.sources[j]
			if (s.kind == sourceHost || s.kind == sourceScheme) && (s.scheme.kind == schemeHTTP || s.scheme.kind == schemeWS) && !v.strictDynamic {
				e.add(&findingInsecureSource, 0, d, j)
			}
			if s.kind == sourceHost && !v.strictDynamic && isLoopback(s.host) {
				e.add(&findingLoopback, 0, d, j)
			}
		}
	}
}

func isLoopback(host string) bool {
	return host == "127.0.0.1" || equalFold(host, "localhost") || len(host) > 10 && equalFold(host[len(host)-10:], ".localhost")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && equalFold(s[:len(prefix)], prefix)
}

// checkNonces looks at nonces where they have an effect, each value once.
func (e *evaluation) checkNonces() {
	if e.c.Level < Level2 {
		return
	}
	seen := ""
	for i := range e.policy.c.directives {
		d := &e.policy.c.directives[i]
		for j := range d.sources {
			s := &d.sources[j]
			switch {
			case s.kind == sourceInvalid && hasPrefixFold(s.text, "'nonce-"):
				e.add(&findingInvalidNonce, 0, d, j)
			case s.kind == sourceNonce && s.value != seen:
				seen = s.value
				e.checkNonce(d, j)
			}
		}
	}
}

func (e *evaluation) checkNonce(d *Directive, i int) {
	value := d.sources[i].value
	switch {
	case e.c.Static || isExampleNonce(value):
		e.add(&findingStaticNonce, 0, d, i)
	case len(strings.TrimRight(value, "=")) < minNonce:
		e.add(&findingShortNonce, 0, d, i)
	case looksRegular(value):
		e.add(&findingStaticNonce, 0, d, i)
	}
	if delivery := e.c.Delivery; delivery != nil {
		if delivery.StatusCode == 304 {
			e.add(&findingNonceNotModified, 0, d, i)
		}
		if isCacheable(delivery.CacheControl) {
			e.add(&findingNonceCacheable, 0, d, i)
		}
	}
}

// isExampleNonce reports nonces that stand in much-read documentation, and that
// people copy.
func isExampleNonce(value string) bool {
	switch value {
	case "2726c7f26c", "EDNnf03nceIOfn39fn3e9h3sdfa", "416d1177-4d12-4e3b-b7c9-f6c409789fb8", "8IBTHwOdqNKAWeKl7plt8g==",
		"Nc3n83cnSAd3wc3Sasdfn939hc3", "ch4hvvbHDpv7xCSvXCs3BrNggHdTzxUA", "rAnd0m", "r4nd0m", "random", "random123", "abc123", "nonce":
		return true
	}
	return false
}

// looksRegular reports values that hardly come from a random source: with seven
// different characters or fewer, or in the order of the alphabet. Of nonces
// of 32 hexadecimal digits one in ten million has so few.
func looksRegular(value string) bool {
	var seen [256]bool
	different, neighbours := 0, 0
	for i := range len(value) {
		if !seen[value[i]] {
			seen[value[i]] = true
			different++
		}
		if i > 0 && (value[i] == value[i-1]+1 || value[i] == value[i-1]-1) {
			neighbours++
		}
	}
	return different <= 7 || neighbours*3 > len(value)*2
}

// checkPlace looks for directives that have no effect where the policy comes from.
func (e *evaluation) checkPlace() {
	for i := range e.policy.c.directives {
		d := &e.policy.c.directives[i]
		switch d.id {
		case dirFrameAncestors, dirReportURI:
			if e.c.Meta {
				e.add(&findingIgnoredInMeta, 0, d, -1)
			}
		case dirSandbox:
			if e.c.Meta {
				e.add(&findingIgnoredInMeta, 0, d, -1)
			}
			if e.c.ReportOnly {
				e.add(&findingIgnoredInReportOnly, 0, d, -1)
			}
		case dirUpgradeInsecureRequests:
			if e.c.ReportOnly {
				e.add(&findingIgnoredInReportOnly, 0, d, -1)
			}
		}
	}
}

func (e *evaluation) checkReporting() {
	to, uri := e.policy.directive(dirReportTo), e.policy.directive(dirReportURI)
	switch {
	case e.open&openReports != 0 && e.c.ReportOnly:
		e.add(&findingReportOnlyUnreported, 0, nil, -1)
	case e.open&openReports != 0:
		e.add(&findingNoReporting, openReports, nil, -1)
	case to != nil && uri == nil && !e.c.Meta:
		e.add(&findingReportToOnly, 0, to, -1)
	}
}

// syntaxFindings gives what Parse finds, but for what checkNonces says better.
func (e *evaluation) syntaxFindings() []Finding {
	kept := e.syntax[:0]
	for _, f := range e.syntax {
		if !(f.Code == findingUnknownKeyword.code && hasPrefixFold(f.Value, "'nonce-") && e.c.Level >= Level2) {
			kept = append(kept, f)
		}
	}
	return kept
}

// The longest header values that are taken without asking: of a CloudFront response
// headers policy (quota "Custom headers: maximum length of a Content-Security-Policy
// header value", read in 2026), and of common servers.
const (
	cloudFrontLimit = 1783
	usualLimit      = 8192
)

func checkLength(findings []Finding, list List, c *Conditions) []Finding {
	if c.Meta {
		return findings
	}
	limit, n := c.Limit, len(list.String())
	if limit <= 0 {
		limit = usualLimit
	}
	at := Position{Policy: -1, Directive: -1, Value: -1}
	if len(list) == 1 {
		at.Policy = 0
	}
	switch {
	case n > limit:
		return append(findings, findingLongHeader.at(at, "", ""))
	case n > cloudFrontLimit && c.Limit <= 0:
		return append(findings, findingLongForCloudFront.at(at, "", ""))
	}
	return findings
}
