package evaluator

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// checkSources looks at each source of every directive.
func (e *checker) checkSources() {
	for i := range e.policy.Directives {
		d := &e.policy.Directives[i]
		switch syntax.Directives[d.ID].Value {
		case syntax.ValueURIs:
			for j := range d.Sources {
				if hasPrefixFold(d.Sources[j].Text, "http://") {
					e.add(&findingInsecureReport, 0, d, j)
				}
			}
		case syntax.ValueSources, syntax.ValueAncestors:
			if d == e.elem.d && e.elem.strictDynamic && d.ID != syntax.DirDefaultSrc {
				continue // they are ignored
			}
			for j := range d.Sources {
				e.checkSource(d, j)
			}
		}
	}
}

// checkSource looks at what there is to say of a host or a scheme in any directive.
func (e *checker) checkSource(d *syntax.Directive, i int) {
	s := &d.Sources[i]
	if s.Kind != syntax.SourceHost && s.Kind != syntax.SourceScheme {
		return
	}
	loopback := isLoopback(s.Host)
	if loopback {
		e.add(&findingLoopback, 0, d, i)
	} else if s.Scheme.Kind == syntax.SchemeHTTP || s.Scheme.Kind == syntax.SchemeWS {
		e.add(&findingInsecureSource, 0, d, i)
	}
	if e.c.Level >= Level3 && !loopback {
		e.checkSourceInEngines(d, i)
	}
}

// isLoopback reports the names and addresses of the reader's own computer.
func isLoopback(host string) bool {
	const local = ".localhost"
	return syntax.EqualFold(host, local[1:]) || len(host) > len(local) && hasSuffixFold(host, local) ||
		strings.HasPrefix(host, "127.") && syntax.EndsInNumber(host)
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && syntax.EqualFold(s[:len(prefix)], prefix)
}

// checkNonces looks at nonces where they have an effect, each value once.
func (e *checker) checkNonces() {
	if e.c.Level < Level2 {
		return
	}
	seen := ""
	for i := range e.policy.Directives {
		d := &e.policy.Directives[i]
		for j := range d.Sources {
			s := &d.Sources[j]
			switch {
			case s.Kind == syntax.SourceInvalid && hasPrefixFold(s.Text, "'nonce-"):
				e.add(&findingInvalidNonce, 0, d, j)
			case s.Kind == syntax.SourceNonce && s.Value() != seen:
				seen = s.Value()
				e.checkNonce(d, j)
			}
		}
	}
}

func (e *checker) checkNonce(d *syntax.Directive, i int) {
	value := d.Sources[i].Value()
	switch {
	case e.c.Static || isExampleNonce(value):
		e.add(&findingStaticNonce, 0, d, i)
	case len(strings.TrimRight(value, "=")) < syntax.MinNonce:
		e.add(&findingShortNonce, 0, d, i)
	case looksRegular(value):
		e.add(&findingStaticNonce, 0, d, i)
	}
	if delivery := e.c.Delivery; delivery != nil {
		if delivery.StatusCode == 304 {
			e.add(&findingNonceNotModified, 0, d, i)
		}
		if (csp.Delivery{OwnBody: true, CacheControl: delivery.CacheControl}).CheckNonce() != nil {
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
func (e *checker) checkPlace() {
	for i := range e.policy.Directives {
		d := &e.policy.Directives[i]
		switch d.ID {
		case syntax.DirFrameAncestors, syntax.DirReportURI:
			if e.c.Meta {
				e.add(&findingIgnoredInMeta, 0, d, -1)
			}
		case syntax.DirSandbox:
			if e.c.Meta {
				e.add(&findingIgnoredInMeta, 0, d, -1)
			}
			if e.c.ReportOnly {
				e.add(&findingIgnoredInReportOnly, 0, d, -1)
			}
		case syntax.DirUpgradeInsecureRequests:
			if e.c.ReportOnly {
				e.add(&findingIgnoredInReportOnly, 0, d, -1)
			}
		}
	}
}

func (e *checker) checkReporting() {
	to, uri := e.policy.Directive(syntax.DirReportTo), e.policy.Directive(syntax.DirReportURI)
	switch {
	case e.exposed&openReports != 0 && e.c.ReportOnly:
		e.add(&findingReportOnlyUnreported, 0, nil, -1)
	case e.exposed&openReports != 0:
		e.add(&findingNoReporting, openReports, nil, -1)
	case to != nil && uri == nil && !e.c.Meta:
		e.add(&findingReportToOnly, 0, to, -1)
	}
	if to != nil && e.c.Level >= Level3 {
		e.addOnHTTP(&findingReportToOnHTTP, csp.Medium, to, -1)
	}
}

// checkSyntax adds what is odd in the syntax, but for what checkNonces says better.
func (e *checker) checkSyntax() {
	for i := range e.syntax {
		o := &e.syntax[i]
		if o.Kind.Code == "unknown-keyword" && hasPrefixFold(o.Token, "'nonce-") && e.c.Level >= Level2 {
			continue
		}
		e.found = append(e.found, weakness{severity: csp.Severity(o.Kind.Severity), policy: int32(o.Policy), odd: o})
	}
}

// The longest header values that are taken without asking: of a CloudFront response
// headers policy (quota "Custom headers: maximum length of a Content-Security-Policy
// header value", read in 2026), and of common servers.
const (
	cloudFrontLimit = 1783
	usualLimit      = 8192
)

// checkLength looks at the header as a whole.
func (t *together) checkLength(list csp.List) {
	w := weakness{policy: -1, value: -1}
	if len(list) == 1 {
		w.policy = 0
	}
	limit, n := t.c.Limit, -len(", ")
	if limit <= 0 {
		limit = usualLimit
	}
	for i, p := range list {
		if !t.all[i].policy.IsZero() {
			n += len(", ") + len(p.String())
		}
	}
	switch {
	case t.restricts == 0:
		w.kind, w.policy = &findingNoPolicy, -1
	case t.c.Meta:
		return
	case n > limit:
		w.kind = &findingLongHeader
	case n > cloudFrontLimit && t.c.Limit <= 0:
		w.kind = &findingLongForCloudFront
	default:
		return
	}
	w.severity = w.kind.severity
	t.found = append(t.found, w)
}
