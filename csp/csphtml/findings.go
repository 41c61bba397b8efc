package csphtml

import "github.com/edgehelpers/lambdaedge/csp"

// What HashHTML finds.
var (
	findingJavaScriptURL = csp.Finding{Code: "javascript-url", Severity: csp.Medium,
		Reason: "policies without 'unsafe-inline' block javascript: URLs, unless they have 'unsafe-hashes' and the hash of the whole URL",
		Mend:   "use a button, and an event listener in a script"}
	findingEventHandler = csp.Finding{Code: "event-handler", Severity: csp.Low,
		Reason: "the policy takes 'unsafe-hashes' to allow it, and then allows that code in any element",
		Mend:   "use addEventListener in a script"}
	findingNoIntegrity = csp.Finding{Code: "no-integrity", Severity: csp.Info,
		Reason: "the script comes from another host, which may change it",
		Mend:   "give the element an integrity attribute"}
	findingNonceInPage = csp.Finding{Code: "static-nonce", Severity: csp.High,
		Reason: "a nonce that stands in a file is the same for everybody, so an attacker knows it",
		Mend:   "use hashes for pages that are files"}
	findingDataScript = csp.Finding{Code: "data-script", Severity: csp.Medium,
		Reason: "allowing it takes data: in script-src, which allows every script",
		Mend:   "write the script into the page, or into a file"}
	findingImport = csp.Finding{Code: "import-by-hash", Severity: csp.Medium,
		Reason: "under a strict policy by hash Chromium and Firefox block the import: neither the hash of the script nor 'strict-dynamic' covers what it imports",
		Mend: `name the module with its hash under "integrity" in an import map before the script; or load it by a script element that a script makes; ` +
			"or use a policy that allows scripts by URL"}
	findingImportMap = csp.Finding{Code: "import-map-by-hash", Severity: csp.Low,
		Reason: "the map does not have the integrity of the module, so that under a strict policy by hash Chromium and Firefox block scripts of the page that import it",
		Mend:   `name it with its hash under "integrity" in the same map`}
	findingExternalModule = csp.Finding{Code: "module-by-hash", Severity: csp.Info,
		Reason: "under a strict policy by hash Chromium and Firefox block what the module imports, if it imports anything and no import map has the integrity of that",
		Mend:   `name what it imports, with hashes, under "integrity" in an import map before the script; or bundle it into one file`}
	findingScriptPreload = csp.Finding{Code: "preload-by-hash", Severity: csp.Low,
		Reason: "under a strict policy by hash Chromium blocks the preload, so that the script is loaded when it is needed",
		Mend:   "give the link the integrity attribute of the script, or use rel=modulepreload for modules"}
)

// find adds a finding about what stands at an offset in the page.
func (c *collector) find(f csp.Finding, directive, value string, offset int64) {
	at := csp.Position{Policy: -1, Directive: -1, Value: -1, Offset: int(offset)}
	f.Position, f.Directive, f.Value = at, directive, value
	c.page.Findings = append(c.page.Findings, f)
}

// findOnce is find for what is said about a value once.
func (c *collector) findOnce(f csp.Finding, directive, value string, offset int64) {
	if key := (foundKey{f.Code, value}); !c.seen.found[key] {
		c.seen.found[key] = true
		c.find(f, directive, value, offset)
	}
}
