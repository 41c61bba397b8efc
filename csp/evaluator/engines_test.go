package evaluator_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

// Who does what, in the reasons of tables. The versions are those that were measured
// in November 2026.
const (
	inAll    = "Chromium 156, Firefox 153, WebKitGTK 2.50: "
	chromium = "Chromium 156: "
	firefox  = "Firefox 153: "
	webkit   = "WebKitGTK 2.50: "
)

const (
	empty256 = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
	onHTTP   = "http://www.example.com"
	onHTTPS  = "https://www.example.com"
)

// engineFindings: a row is about findings of its code only. at is
// "policy.directive.value@offset"; without a severity, nothing is to be found.
var engineFindings = []struct {
	name, code, policy string
	conditions         evaluator.Conditions
	severity           csp.Severity
	at, value, reason  string
}{
	// 'strict-dynamic'.
	{"in-default", "strict-dynamic-in-default", "default-src 'self' " + nonce22 + " 'strict-dynamic'", evaluator.Conditions{}, csp.Medium, "0.0.2@50", "'strict-dynamic'",
		webkit + "images and style sheets of 'self' are blocked; " + chromium + firefox + "only scripts"},
	{"in-default-beside-script-src", "strict-dynamic-in-default", "script-src 'none'; default-src https: 'strict-dynamic'", evaluator.Conditions{}, csp.Medium, "0.1.1@38", "'strict-dynamic'",
		webkit + "the same, whatever governs scripts"},
	{"in-default-of-nonces", "strict-dynamic-in-default", "default-src " + nonce22 + " 'strict-dynamic'", evaluator.Conditions{}, 0, "", "", "it has no host to switch off"},
	{"not-in-default", "strict-dynamic-in-default", "default-src 'self'; script-src " + nonce22 + " 'strict-dynamic'", evaluator.Conditions{}, 0, "", "", inAll + "images of 'self' are loaded"},
	{"self-in-default-has-a-use", "ignored-source", "default-src 'self' https: " + nonce22 + " 'strict-dynamic'", evaluator.Conditions{}, 0, "", "",
		chromium + firefox + "'self' allows images; to take it out would block them"},
	{"unsafe-inline-in-default-has-a-use", "ignored-source", "default-src 'unsafe-inline' 'strict-dynamic'", evaluator.Conditions{}, 0, "", "",
		firefox + "inline styles are applied; " + chromium + webkit + "not"},
	{"https-would-open-default", "no-host-fallback", "default-src " + nonce22 + " 'strict-dynamic'", evaluator.Conditions{}, 0, "", "", "https: there is for images too"},

	// Hashes and nonces.
	{"broken-hash", "unsafe-inline", "script-src 'unsafe-inline' 'sha256-abcde'", evaluator.Conditions{}, csp.High, "0.0.0@11", "'unsafe-inline'",
		chromium + webkit + "inline scripts run; " + firefox + "not"},
	{"hash-of-wrong-length", "unsafe-inline", "script-src 'unsafe-inline' 'sha256-AAAA'", evaluator.Conditions{}, 0, "", "", inAll + "inline scripts do not run"},
	{"long-hash", "unsafe-inline", "script-src 'unsafe-inline' 'sha256-" + strings.Repeat("A", 100) + "'", evaluator.Conditions{}, csp.High, "0.0.0@11", "'unsafe-inline'",
		webkit + "inline scripts run; " + chromium + firefox + "not"},
	{"hash-with-hyphen", "unsafe-inline", "script-src 'unsafe-inline' 'sha-256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", evaluator.Conditions{}, csp.High, "0.0.0@11", "'unsafe-inline'",
		firefox + webkit + "inline scripts run; " + chromium + "not"},
	{"hash-of-handlers", "unsafe-hashes", "script-src 'unsafe-hashes' " + empty256, evaluator.Conditions{}, csp.Low, "0.0.0@11", "'unsafe-hashes'",
		inAll + "handlers run on any element, and a javascript: URL whose whole text has the hash"},
	{"hash-of-styles", "unsafe-hashes", "style-src 'unsafe-hashes' " + empty256, evaluator.Conditions{}, 0, "", "", "style attributes run nothing"},
	{"imports-by-hash", "inline-module-imports", "script-src " + empty256, evaluator.Conditions{}, csp.Info, "0.0.-1@0", "", inAll + "import and import() are blocked"},
	{"imports-by-hash-and-host", "inline-module-imports", "script-src 'self' " + empty256, evaluator.Conditions{}, 0, "", "", inAll + "import of 'self' is loaded"},
	{"imports-by-hash-and-strict-dynamic", "inline-module-imports", "script-src https: 'strict-dynamic' " + empty256, evaluator.Conditions{}, csp.Info, "0.0.-1@0", "",
		chromium + firefox + "import and import() are blocked; " + webkit + "loaded"},
	{"imports-by-nonce", "inline-module-imports", "script-src " + nonce22 + " 'strict-dynamic' " + empty256, evaluator.Conditions{}, 0, "", "", inAll + "import and import() are loaded"},

	// JavaScript URLs, eval, WebAssembly.
	{"javascript-scheme", "javascript-scheme", "script-src javascript: 'self'", evaluator.Conditions{}, csp.Low, "0.0.0@11", "javascript:", inAll + "a javascript: URL does not run"},
	{"handlers-only", "unsafe-inline", "script-src 'none'; script-src-attr 'unsafe-inline'", evaluator.Conditions{}, csp.High, "0.1.0@35", "'unsafe-inline'", inAll + "handlers run, javascript: URLs do not"},
	{"wasm", "wasm-in-webkit", "script-src 'self' 'wasm-unsafe-eval'", evaluator.Conditions{}, csp.Info, "0.0.1@18", "'wasm-unsafe-eval'", webkit + "runs without it"},
	{"trusted-types-eval", "partly-supported", "script-src 'trusted-types-eval'", evaluator.Conditions{}, csp.Info, "0.0.0@11", "'trusted-types-eval'",
		chromium + "eval gives the trusted script back, Function runs it; " + firefox + webkit + "both run it"},

	// Directives.
	{"fenced-frame-src", "partly-supported", "fenced-frame-src https:", evaluator.Conditions{}, csp.Info, "0.0.-1@0", "", chromium + "known; " + firefox + webkit + "no effect"},
	{"frame-ancestors-in-report-only", "partly-supported", "frame-ancestors 'none'", evaluator.Conditions{ReportOnly: true}, csp.Info, "0.0.-1@0", "", chromium + firefox + "report; " + webkit + "does not"},
	{"webrtc-block", "webrtc-not-enforced", "webrtc 'Block'", evaluator.Conditions{}, csp.Low, "0.0.0@7", "'Block'", chromium + firefox + "RTCPeerConnection is made"},
	{"webrtc-allow", "webrtc-not-enforced", "webrtc 'allow'", evaluator.Conditions{}, 0, "", "", "there is nothing to enforce"},

	// Style sheets.
	{"style-wildcard", "wildcard-style", "style-src *", evaluator.Conditions{}, csp.Low, "0.0.0@10", "*", inAll + "every host's are applied"},
	{"style-wildcard-suffix", "wildcard-style", "style-src 'self' https://*.com", evaluator.Conditions{}, csp.Low, "0.0.1@17", "https://*.com", inAll + "every host's are applied"},
	{"style-scheme", "plain-scheme-style", "style-src https:", evaluator.Conditions{}, csp.Low, "0.0.0@10", "https:", inAll + "every host's are applied"},
	{"style-data", "plain-scheme-style", "style-src data:", evaluator.Conditions{}, csp.Low, "0.0.0@10", "data:", inAll + "a data: style sheet is applied"},
	{"style-by-default", "plain-scheme-style", "default-src https:; script-src 'none'", evaluator.Conditions{}, csp.Low, "0.0.0@12", "https:", "draft 6.1.3"},
	{"style-host", "wildcard-style", "style-src *.a.example", evaluator.Conditions{}, 0, "", "", "it is some hosts"},

	// Sources that are not matched alike.
	{"websocket", "websocket-source", "connect-src 'self' wss://a.example", evaluator.Conditions{}, csp.Info, "0.0.1@19", "wss://a.example", webkit + "matches https too; " + chromium + firefox + "not"},
	{"websocket-scheme", "websocket-source", "connect-src 'self' wss:", evaluator.Conditions{}, csp.Info, "0.0.1@19", "wss:", webkit + "matches https too; " + chromium + firefox + "not"},
	{"websocket-and-https", "websocket-source", "connect-src https://a.example wss://A.example", evaluator.Conditions{}, 0, "", "", inAll + "https matches by itself"},
	{"websocket-and-all-https", "websocket-source", "connect-src https: wss:", evaluator.Conditions{}, 0, "", "", inAll + "https matches by itself"},
	{"websocket-image", "websocket-source", "img-src wss://a.example", evaluator.Conditions{}, csp.Low, "0.0.0@8", "wss://a.example", webkit + "https matches; " + chromium + firefox + "nothing"},
	{"websocket-in-default-beside-connect", "websocket-source", "default-src wss://a.example; connect-src 'self'", evaluator.Conditions{}, csp.Low, "0.0.0@12", "wss://a.example", "connect-src is asked"},
	{"websocket-script", "plain-scheme", "script-src ws:", evaluator.Conditions{}, csp.High, "0.0.0@11", "ws:", webkit + "http scripts run; " + chromium + firefox + "none"},
	{"websocket-wildcard-object", "plain-scheme", "object-src wss://*", evaluator.Conditions{}, csp.High, "0.0.0@11", "wss://*", webkit + "https objects are loaded; " + chromium + firefox + "none"},
	{"websocket-frame-ancestors", "plain-scheme", "frame-ancestors ws:", evaluator.Conditions{}, csp.Medium, "0.0.0@16", "ws:", webkit + "an http page shows it; " + chromium + firefox + "none"},
	{"wildcard-images", "wildcard-without-data", "img-src 'self' *", evaluator.Conditions{}, csp.Info, "0.0.1@15", "*", webkit + "data: images are loaded; " + chromium + firefox + "not"},
	{"wildcard-images-and-data", "wildcard-without-data", "img-src * data:", evaluator.Conditions{}, 0, "", "", inAll + "data: images are loaded"},
	{"wildcard-default", "wildcard-without-data", "default-src *", evaluator.Conditions{}, 0, "", "", inAll + "data: images are not loaded"},
	{"port-on-http", "port-without-scheme", "img-src a.example:8443", evaluator.Conditions{Origin: onHTTP}, csp.Low, "0.0.0@8", "a.example:8443",
		chromium + "http only; " + firefox + "https too; " + webkit + "https too on other hosts"},
	{"port-somewhere", "port-without-scheme", "img-src a.example:8443", evaluator.Conditions{}, csp.Info, "0.0.0@8", "a.example:8443", "it may be on http"},
	{"port-on-https", "port-without-scheme", "img-src a.example:8443", evaluator.Conditions{Origin: onHTTPS}, 0, "", "", inAll + "https only"},
	{"port-443-on-http", "port-without-scheme", "img-src a.example:443", evaluator.Conditions{Origin: onHTTP}, 0, "", "", inAll + "https://a.example matches"},
	{"port-80-on-https", "port-without-scheme", "img-src a.example:80", evaluator.Conditions{Origin: onHTTPS}, csp.Info, "0.0.0@8", "a.example:80", firefox + webkit + "https://a.example matches; " + chromium + "not"},
	{"port-80-on-http", "port-without-scheme", "img-src a.example:80", evaluator.Conditions{Origin: onHTTP}, 0, "", "", inAll + "http://a.example matches, and https"},

	// Reports.
	{"report-to-on-http", "report-to-on-http", "img-src 'none'; report-to x; report-uri /r", evaluator.Conditions{Origin: onHTTP}, csp.Medium, "0.1.-1@16", "", inAll + "no report is sent"},
	{"report-to-somewhere", "report-to-on-http", "img-src 'none'; report-to x; report-uri /r", evaluator.Conditions{}, csp.Info, "0.1.-1@16", "", "it may be on http"},
	{"report-to-on-https", "report-to-on-http", "img-src 'none'; report-to x; report-uri /r", evaluator.Conditions{Origin: onHTTPS}, 0, "", "", inAll + "reports are sent to report-to"},

	// Commas.
	{"comma", "comma-for-semicolon", "img-src 'self', font-src 'self'", evaluator.Conditions{}, csp.Low, "1.0.-1@0", "", inAll + "two policies, which here do as much as one"},
	{"comma-that-blocks", "comma-for-semicolon", "default-src 'self', img-src https://a.example", evaluator.Conditions{}, csp.Medium, "1.0.-1@0", "", inAll + "images of a.example are blocked"},
	{"comma-that-blocks-the-first", "comma-for-semicolon", "img-src https://a.example, default-src 'self'", evaluator.Conditions{}, csp.Medium, "0.0.-1@0", "", inAll + "images of a.example are blocked"},
	{"comma-among-semicolons", "comma-for-semicolon", "default-src 'self'; img-src *, script-src " + nonce22 + "; object-src 'none'", evaluator.Conditions{}, csp.Medium, "1.0.-1@0", "", inAll + "scripts with the nonce are blocked"},
	{"comma-that-narrows", "comma-for-semicolon", "default-src 'self' https://*.a.example; object-src 'none', script-src https://b.a.example", evaluator.Conditions{}, 0, "", "", "the second takes away only"},
	{"comma-with-the-same", "comma-for-semicolon", "img-src 'self', img-src https:", evaluator.Conditions{}, 0, "", "", "two policies were meant"},
	{"comma-after-header-name", "comma-for-semicolon", "Content-Security-Policy: default-src 'self', script-src " + nonce22, evaluator.Conditions{}, csp.Low, "1.0.-1@0", "", inAll + "two policies"},
	{"headers-of-their-own", "comma-for-semicolon", "default-src 'self', img-src https://a.example", evaluator.Conditions{Separate: true}, 0, "", "", "there is no comma"},
	{"meta-elements", "comma-for-semicolon", "default-src 'self', img-src https://a.example", evaluator.Conditions{Meta: true}, 0, "", "", "there is no comma"},
}

func TestEngineFindings(t *testing.T) {
	t.Parallel()
	for _, tt := range engineFindings {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			list, _ := csp.ParseList(tt.policy)
			var got []string
			for _, f := range evaluator.Evaluate(list, tt.conditions) {
				if f.Code == tt.code {
					at := f.Position
					got = append(got, fmt.Sprintf("%s %d.%d.%d@%d %s", f.Severity, at.Policy, at.Directive, at.Value, at.Offset, f.Value))
				}
			}
			want := "[]"
			if tt.severity != 0 {
				want = fmt.Sprintf("[%s %s %s]", tt.severity, tt.at, tt.value)
			}
			if fmt.Sprint(got) != want {
				t.Errorf("%s %q (%s): got %v; want %s", tt.code, tt.policy, tt.reason, got, want)
			}
			checkFindings(t, list, evaluator.Evaluate(list, tt.conditions))
			low := tt.conditions
			low.Level = evaluator.Level1
			checkFindings(t, list, evaluator.Evaluate(list, low))
		})
	}
}

// TestEveryKind looks for kinds of findings that no row of a table is about.
func TestEveryKind(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{"high bypass-jsonp": true, "high bypass-library": true} // TestBypassHosts
	for _, tt := range engineFindings {
		seen[tt.severity.String()+" "+tt.code] = true
	}
	for _, tt := range evaluations {
		for _, w := range tt.want {
			fields := strings.Fields(w)
			seen[fields[0]+" "+fields[1]] = true
		}
	}
	source, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`findingKind\{"([a-z0-9-]+)", csp\.(\w+),`).FindAllStringSubmatch(string(source), -1)
	if len(kinds) < 50 {
		t.Errorf("got %d kinds; want all", len(kinds))
	}
	for _, k := range kinds {
		if !seen[strings.ToLower(k[2])+" "+k[1]] {
			t.Errorf("no row of a table is about %s %s", k[2], k[1])
		}
	}
}
