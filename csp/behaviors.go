package csp

import (
	"iter"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
)

// A Behavior is a point in which the draft and the browsers differ: what each does.
// Chromium 156.0.8078.108, Firefox ESR 153.8.0 and WebKitGTK 2.50.6, all of Debian
// bookworm, were asked on 27 November 2026; the module csp/e2e asks them again.
type Behavior struct {
	Name   string // stable, "ipv4-host" for example
	Clause string // of the draft, or the specification with its section
	Point  string // what it is that some do

	Draft, Chromium, Firefox, WebKit bool // who does it

	// Decides says that this package decides by it. Of the others it only
	// knows: they are about what is not asked of a policy here.
	Decides bool
}

// Behaviors gives all points in which the draft and the browsers are known to differ.
func Behaviors() iter.Seq[Behavior] {
	return func(yield func(Behavior) bool) {
		for i, row := range behaviors {
			b := match.Behavior(i)
			if b == match.None {
				continue
			}
			does := func(e Engine) bool { return e.rules().Have(b) }
			if !yield(Behavior{row.name, row.clause, row.point, does(Draft), does(Chromium), does(Firefox), does(WebKit), true}) {
				return
			}
		}
		for _, b := range otherBehaviors {
			if !yield(b) {
				return
			}
		}
	}
}

// behaviors has the words for the behaviours of package match, which knows who
// shows them.
var behaviors = [...]struct{ name, clause, point string }{
	match.IPv4Host:        {"ipv4-host", "6.7.2.10", "an IPv4 address as a host matches that address, as 127.0.0.1 does for all"},
	match.WildcardIP:      {"host-wildcard-ip", "6.7.2.10", "a wildcard with a scheme or port, http://* for example, matches IP addresses"},
	match.TrailingDotHost: {"host-trailing-dot", "2.3.1", "a host may end in a dot, and then matches that of a URL that does"},
	match.BareWildcardDot: {"bare-dot-wildcard", "2.3.1", "http://*. matches every host"},

	match.StarWebSocket: {"star-websocket", "6.7.2.8", "* matches ws: and wss:"},
	match.StarImageData: {"star-data", "6.7.2.8", "* of img-src matches data:"},
	match.WebSocketHTTP: {"ws-source-http-url", "6.7.2.9", "a source with ws: matches http: and https:, one with wss: https:"},

	match.Port80Upgrade:   {"port-80-upgrade", "6.7.2.11", "an insecure source with port 80 matches https: on port 443"},
	match.Port80Secure:    {"port-80-secure", "6.7.2.11", "cdn.example:80 on an https page, and https://cdn.example:80, match port 443"},
	match.SamePortUpgrade: {"same-port-upgrade", "6.7.2.9", "http://cdn.example:8443, and without a scheme on an http page, matches https: on that port"},
	match.StarSchemeless:  {"schemeless-wildcard", "2.3.1", "* without a scheme may have a port or path, as in *:443 and */js/"},
	match.LeadingZeroPort: {"port-leading-zero", "6.7.2.11", "a port may have leading zeros"},

	match.EncodedSlash:        {"encoded-slash", "6.7.2.12", "%2F in a path is the same as /"},
	match.OddPath:             {"path-odd-characters", "2.3.1", "a path may begin with two slashes, and have characters that URLs escape"},
	match.QueryAfterPath:      {"source-query-with-path", "2.3.1", "a query or fragment after a path is cut off, and the rest is a source"},
	match.QueryAfterHost:      {"source-query-without-path", "2.3.1", "so it is without a path"},
	match.StarPath:            {"wildcard-path", "2.3.1", "* without a port may have a path, as in https://*/js/"},
	match.AncestorPathIgnored: {"frame-ancestors-path", "6.4.2.1", "the path of a source of frame-ancestors is ignored, so that it can match"},
	match.FormRedirect:        {"form-action-redirect", "6.4.1.1", "form-action is asked about redirects too if the answer goes into a frame of the page"},

	match.ControlByteDrops:          {"control-byte", "2.2.1", "a directive with a control character in it is dropped"},
	match.VerticalTabSpace:          {"vertical-tab", "2.2.1", "a vertical tab is white space, as a space is"},
	match.DroppedNameCounts:         {"dropped-name-counts", "2.2.1", "a directive that is dropped for a character in it makes later ones of its name repetitions"},
	match.DefaultSrcWorker:          {"default-strict-dynamic-worker", "6.1.17", "'strict-dynamic' of default-src lets workers start"},
	match.StrictDynamicWorkerSrc:    {"strict-dynamic-worker-src", "6.1.17", "'strict-dynamic' of worker-src or child-src lets workers start"},
	match.StrictDynamicDefaultURLs:  {"strict-dynamic-default-urls", "6.7.1.1", "'strict-dynamic' of default-src switches 'self' off, and hosts and schemes behind it, for images and all else that is no script"},
	match.StrictDynamicDefaultStyle: {"strict-dynamic-default-style", "6.7.3.2", "'strict-dynamic' of default-src switches 'unsafe-inline' off for styles"},
	match.UpgradeLoopback:           {"upgrade-loopback", "Upgrade Insecure Requests 3.3", "of http: to 127.0.0.1, [::1] and localhost the policy is asked as of https:, too; Firefox then loads it by http all the same"},
	match.UpgradePerPolicy:          {"upgrade-per-policy", "Upgrade Insecure Requests 3.3", "upgrade-insecure-requests is for its own policy only; the others of the page are asked about http:"},
	match.WebRTCBlock:               {"webrtc-block", "6.2.1.1", "webrtc 'block' blocks"},

	match.DashedHash:              {"hash-dashed-algorithm", "2.3.1", "'sha-256-…' is a hash"},
	match.InexactHash:             {"hash-unpadded", "6.7.3.3", "a hash without the padding of its base64, or with stray bits in its last character, matches"},
	match.UndecodableHashCounts:   {"hash-bad-base64", "6.7.3.2", "a hash that is no base64, 'sha256-abcde', switches 'unsafe-inline' off"},
	match.Base64URLIntegrity:      {"base64url-integrity", "6.7.2.4", "a hash in base64url matches the integrity attribute in base64"},
	match.Base64URLAttribute:      {"integrity-base64url", "6.7.2.4", "an integrity attribute in base64url counts"},
	match.WasmWithoutKeyword:      {"wasm-without-keyword", "4.5.1", "WebAssembly is compiled without 'wasm-unsafe-eval'"},
	match.TrustedTypesEval:        {"trusted-types-eval", "4.4.1", "'trusted-types-eval' lets eval run a TrustedScript where Trusted Types are required"},
	match.TrustedTypesEvalStrings: {"trusted-types-eval-strings", "4.4.1", "'trusted-types-eval' lets eval and Function run strings where Trusted Types are required"},
}

// otherBehaviors has what no question of this package is about.
var otherBehaviors = [...]Behavior{
	{Name: "form-action-redirect-own-frame", Clause: "6.4.1.1", Point: "so it is if the answer takes the place of the page", Draft: true, Chromium: true, WebKit: true},
	{Name: "meta-comma", Clause: "2.2.2", Point: "a comma in the content of a meta element begins another policy", Chromium: true, WebKit: true},
	{Name: "report-only-frame-ancestors", Clause: "6.4.2.1", Point: "frame-ancestors of a report-only policy reports", Draft: true, Chromium: true, Firefox: true},
	{Name: "strict-dynamic-module", Clause: "6.7.1.1", Point: "script elements with type=module are trusted in more cases than others under 'strict-dynamic'", WebKit: true},
	{Name: "strict-dynamic-inline-import", Clause: "6.7.1.1", Point: "the imports of an inline module that a hash allows run under 'strict-dynamic'", WebKit: true},
	{Name: "object-image", Clause: "6.1.9", Point: "img-src is asked too about an object element with the type of an image", WebKit: true},
	{Name: "fenced-frame-src", Clause: "Fenced Frames", Point: "fenced frames are known, and fenced-frame-src with them", Draft: true, Chromium: true},
}
