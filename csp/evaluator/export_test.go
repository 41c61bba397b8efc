package evaluator

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// BypassHost is an entry of the table of hosts, for its test.
type BypassHost struct{ Host, Path, Why string }

// BypassHosts gives the table of hosts that Evaluate knows.
func BypassHosts() []BypassHost {
	var hosts []BypassHost
	for _, b := range bypassHosts {
		hosts = append(hosts, BypassHost{b.host, b.path, b.why})
	}
	return hosts
}

// FindBypass gives the entry that the index leads to for a source, and the one that a
// look at the whole table finds, both as host and path.
func FindBypass(source string, eval bool) (indexed, scanned string) {
	t := together{}
	if eval {
		t.open = openEval
	}
	s := syntax.ParseSource(source)
	if s.Kind != syntax.SourceHost || reachOf(&s) != reachSome {
		return "", ""
	}
	if b := t.findBypass(&s); b != nil {
		indexed = b.host + b.path
	}
	for i := range bypassHosts {
		if b := &bypassHosts[i]; b.allowedBy(&s) && t.allow(b) {
			return indexed, b.host + b.path
		}
	}
	return indexed, ""
}
