package evaluator

import "github.com/edgehelpers/lambdaedge/csp"

// A findingKind is what there is to say about a kind of weakness, wherever it is
// found. The codes are stable.
type findingKind struct {
	code         string
	severity     csp.Severity
	reason, mend string
}

// What Evaluate finds besides what Parse does. The codes are stable. What browsers do is
// that of Chromium 156, Firefox ESR 153 and WebKitGTK 2.50.6, measured in November 2026.
var (
	findingNoPolicy = findingKind{"no-policy", csp.High,
		"there is no directive, so everything is allowed",
		"send a policy; csp.StrictByNonce and csphtml.StaticSite make good ones"}

	// What is missing.
	findingMissingScriptSrc = findingKind{"missing-script-src", csp.High,
		"without script-src or default-src every script runs, inline ones included",
		"add script-src, with nonces or hashes"}
	findingMissingObjectSrc = findingKind{"missing-object-src", csp.High,
		"without object-src or default-src object and embed elements load from every host, plugins among it, which may run scripts",
		"add object-src 'none'"}
	findingMissingBaseURI = findingKind{"missing-base-uri", csp.Low,
		"default-src does not govern base elements: an injected one turns relative links and forms to another host",
		"add base-uri 'none', or 'self' if the page has a base element"}
	findingMissingBaseURIWithNonce = findingKind{"missing-base-uri", csp.High,
		"an injected base element makes scripts with a nonce and a relative URL, or those that they load, come from the attacker's host",
		"add base-uri 'none', or 'self' if the page has a base element"}
	findingMissingFormAction = findingKind{"missing-form-action", csp.Medium,
		"default-src does not govern forms: an injected one sends what the reader types, or the browser fills in, to another host",
		"add form-action 'self', or 'none' if the page has no forms"}
	findingMissingFrameAncestors = findingKind{"missing-frame-ancestors", csp.Medium,
		"default-src does not govern who may show the page in a frame, so every page may, and trick readers into clicking",
		"add frame-ancestors 'none', or 'self'"}

	// What is too wide.
	findingUnsafeInline = findingKind{"unsafe-inline", csp.High,
		"every inline script, event handler and javascript: URL runs, injected ones included, so the policy does not stop cross-site scripting",
		"use a nonce or hashes, and take it out or leave it for old browsers, as it is then ignored"}
	findingUnsafeInlineHandlers = findingKind{"unsafe-inline", csp.High,
		"every event handler runs, injected ones included, so the policy does not stop cross-site scripting",
		"attach the handlers in scripts, and take it out"}
	findingUnsafeHashes = findingKind{"unsafe-hashes", csp.Low,
		"injected markup can put the event handlers that have these hashes on elements of its choice; a javascript: URL runs too if the whole of it has one",
		"attach the handlers in scripts, and take it out"}
	findingUnsafeInlineStyle = findingKind{"unsafe-inline-style", csp.Low,
		"every inline style is applied, so injected ones can change the page and read parts of it out",
		"use a nonce or hashes"}
	findingUnsafeEval = findingKind{"unsafe-eval", csp.Medium,
		"eval and its kin run strings as code, which may be an attacker's",
		"take it out; 'wasm-unsafe-eval' is enough for WebAssembly, and 'trusted-types-eval' allows checked code only"}
	findingUnsafeEvalChecked = findingKind{"unsafe-eval", csp.Low,
		"with require-trusted-types-for 'script' eval and its kin run what the page's Trusted Types policies let through, and every string in browsers without Trusted Types",
		"take it out; 'trusted-types-eval' allows as much in browsers that know it, and 'wasm-unsafe-eval' is enough for WebAssembly"}
	findingWildcard = findingKind{"wildcard", csp.High,
		"it allows every host, an attacker's too",
		"name the hosts, or use nonces or hashes"}
	findingWildcardSuffix = findingKind{"wildcard", csp.High,
		"it allows every host below a top-level domain, where an attacker can have one",
		"name the hosts, or use nonces or hashes"}
	findingPlainScheme = findingKind{"plain-scheme", csp.High,
		"it allows every URL of the scheme, whatever the host: an attacker's too",
		"name the hosts, or use nonces or hashes"}
	findingWebSocketScheme = findingKind{"plain-scheme", csp.High,
		"WebKit, as the draft, takes it for http and https URLs too: it allows every host there, an attacker's too",
		"take it out; WebSockets ask connect-src"}
	findingWildcardStyle = findingKind{"wildcard-style", csp.Low,
		"style sheets of every host are applied, so injected ones can change the page and read parts of it out",
		"name the hosts"}
	findingPlainSchemeStyle = findingKind{"plain-scheme-style", csp.Low,
		"every style sheet of the scheme is applied, so injected ones can change the page and read parts of it out",
		"name the hosts, or use hashes in place of data:"}
	findingJSONP = findingKind{"bypass-jsonp", csp.High,
		"the host is known to answer with a call of any function that the request names (JSONP), so injected markup can run scripts",
		"use nonces or hashes with 'strict-dynamic', or name the path of the script that is needed"}
	findingScriptLibrary = findingKind{"bypass-library", csp.High,
		"the host is known to serve a library that runs code in the page's markup, so injected markup can run scripts",
		"use nonces or hashes with 'strict-dynamic', or name the path of the script that is needed"}
	findingPublicHost = findingKind{"bypass-public-host", csp.High,
		"everybody can publish scripts there, an attacker too",
		"use nonces or hashes with 'strict-dynamic', or name the path of the script that is needed"}
	findingHostScripts = findingKind{"host-scripts", csp.Medium,
		"every script of the host runs; one that answers with the request's text (JSONP), runs markup as code, or was uploaded by a user is enough to get around the policy",
		"make sure that the host has none, or use nonces or hashes with 'strict-dynamic'"}
	findingFileScripts = findingKind{"host-scripts", csp.Low,
		"paths are not compared after a redirect (draft 7.6), so one that an attacker chooses, on any host in the list, leads to every script of this host",
		"make sure that no host in the list redirects where it is told to, or use hashes and integrity attributes"}
	findingSelfScripts = findingKind{"self-scripts", csp.Info,
		"every script of the site itself runs: JSONP, libraries that run markup as code, and files that users upload would get around the policy",
		"make sure that the site has none, or use nonces or hashes with 'strict-dynamic'"}
	findingObjects = findingKind{"objects-allowed", csp.Low,
		"browsers have no plugins any more that a page could need; what object and embed elements still show, img and iframe elements do too (WebKit asks img-src as well if the type is that of an image)",
		"write object-src 'none'"}
	findingInsecureSource = findingKind{"insecure-source", csp.Medium,
		"what comes without TLS can be changed on the way",
		"write https (or wss), which browsers ask for first"}
	findingInsecureReport = findingKind{"insecure-report-uri", csp.Medium,
		"reports go without TLS, with the addresses of pages in them",
		"write https"}
	findingLoopback = findingKind{"loopback-source", csp.Info,
		"it is the reader's own computer, most likely left over from development",
		"take it out of what is deployed"}

	// Where browsers differ about sources.
	findingWebSocket = findingKind{"websocket-source", csp.Info,
		"Chromium and Firefox match WebSockets only; WebKit, as the draft, matches http and https URLs too, so what is fetched from there works in WebKit only",
		"add the https source if the page fetches from there"}
	findingWebSocketElsewhere = findingKind{"websocket-source", csp.Low,
		"WebSockets ask connect-src; here it matches nothing in Chromium and Firefox, and http and https URLs in WebKit",
		"move it to connect-src, or write https"}
	findingJavaScriptScheme = findingKind{"javascript-scheme", csp.Low,
		"it allows nothing: a javascript: URL is inline code, which 'unsafe-inline' allows, or 'unsafe-hashes' and its hash",
		"take it out"}
	findingWildcardNoData = findingKind{"wildcard-without-data", csp.Info,
		"* allows data: images in WebKit, and not in Chromium and Firefox",
		"add data: if the page has such images"}
	findingPortWithoutScheme = findingKind{"port-without-scheme", csp.Info,
		"on an http page Chromium matches http URLs only, Firefox https too, and WebKit https too but for the page's own host",
		"write the scheme"}
	findingPort80WithoutScheme = findingKind{"port-without-scheme", csp.Info,
		"on an https page Firefox and WebKit match https URLs without a port, and Chromium does not",
		"write the scheme, or take the port out"}
	findingStrictDynamicInDefault = findingKind{"strict-dynamic-in-default", csp.Medium,
		"it switches hosts, schemes and 'self' off for scripts; WebKit does so for images, styles, fonts, frames and requests as well, and blocks them",
		"move it to script-src, with the nonces and hashes of scripts"}
	findingModuleImports = findingKind{"inline-module-imports", csp.Info,
		"the hash of an inline script does not cover what it imports, nor does 'strict-dynamic' in Chromium and Firefox; only WebKit loads that",
		"give such scripts a nonce, or let a classic one add the module as a script element"}
	findingModuleImportsByHash = findingKind{"inline-module-imports", csp.Info,
		"the hash of an inline script does not cover what it imports, and browsers block that",
		"name the host of what is imported, 'self' for example"}
	findingWasmInWebKit = findingKind{"wasm-in-webkit", csp.Info,
		"WebKit compiles WebAssembly without it, so that only Chromium and Firefox show whether it is needed",
		"leave it if the page uses WebAssembly"}
	findingTrustedTypesEval = findingKind{"partly-supported", csp.Info,
		"Firefox and WebKit run the trusted scripts that eval and timers are given; Chromium runs those of the Function constructor only",
		"see whether the page works in all of them"}
	findingFencedFrames = findingKind{"partly-supported", csp.Info,
		"only Chromium has fenced frames; Firefox and WebKit ignore the directive",
		"leave it if the page has fenced frames, else take it out"}
	findingWebRTC = findingKind{"webrtc-not-enforced", csp.Low,
		"no browser enforces it: peer connections are made all the same",
		"do not count on it; leave it for browsers to come, or take it out"}

	// Lists.
	findingComma = findingKind{"comma-for-semicolon", csp.Low,
		"a comma ends a policy and begins another; here every policy has one directive, and no two the same",
		"write semicolons if one policy was meant"}
	findingCommaBlocks = findingKind{"comma-for-semicolon", csp.Medium,
		"a comma ends a policy and begins another, and all must allow: what this directive adds, another policy's directive blocks",
		"write semicolons if one policy was meant"}

	// Nonces and hashes.
	findingShortNonce = findingKind{"short-nonce", csp.Medium,
		"a nonce has at least 128 random bits, which are 22 characters of base64 (draft 7.1)",
		"use cspcrypto.NewNonce"}
	findingInvalidNonce = findingKind{"invalid-nonce", csp.Medium,
		"a nonce is of letters, digits, +, /, -, _ and at most two = at the end; this one is no source and matches nothing",
		"use cspcrypto.NewNonce"}
	findingStaticNonce = findingKind{"static-nonce", csp.High,
		"the nonce does not change from response to response, or follows a pattern, so an attacker can know it",
		"make a new one for every response with cspcrypto.NewNonce, or use hashes"}
	findingNonceCacheable = findingKind{"nonce-cacheable", csp.High,
		"caches may keep the response, so its nonce goes to many readers, and an attacker can be one of them",
		"send Cache-Control: no-store (or private), or use hashes"}
	findingNonceNotModified = findingKind{"nonce-on-304", csp.High,
		"browsers take the header of a 304 for the page that they have, whose elements have another nonce, so that no script runs",
		"send no policy with status 304, or use hashes"}
	findingUnsafeHashesAlone = findingKind{"unsafe-hashes-alone", csp.Low,
		"'unsafe-hashes' lets hashes match attributes, and there is no hash",
		"take it out, or add the hashes"}

	// Strict policies.
	findingIgnored = findingKind{"ignored-source", csp.Info,
		"browsers ignore it because of a nonce, a hash or 'strict-dynamic' beside it; it is for older ones only",
		"leave it if those matter, else take it out"}
	findingNoStrictDynamic = findingKind{"no-strict-dynamic", csp.Info,
		"lists of hosts can often be got around",
		"use nonces or hashes with 'strict-dynamic'"}
	findingStrictDynamicAlone = findingKind{"strict-dynamic-alone", csp.Low,
		"without a nonce or a hash beside it, it blocks every script that the page's own text loads",
		"add a nonce or a hash"}
	findingNoInlineFallback = findingKind{"no-inline-fallback", csp.Info,
		"browsers that know no nonces and hashes run no inline script at all",
		"add 'unsafe-inline', which the others ignore, if those matter"}
	findingNoHostFallback = findingKind{"no-host-fallback", csp.Info,
		"browsers that know no 'strict-dynamic' load no script without a nonce or a hash",
		"add https:, which the others ignore, if those matter"}
	findingNoTrustedTypes = findingKind{"no-trusted-types", csp.Info,
		"scripts can hand strings to innerHTML and its kin, the usual way of cross-site scripting in the DOM",
		"add require-trusted-types-for 'script' once the scripts are ready for it"}

	// Where the policy stands, and reports.
	findingIgnoredInMeta = findingKind{"ignored-in-meta", csp.Medium,
		"browsers ignore the directive in a meta element",
		"send it in a header"}
	findingIgnoredInReportOnly = findingKind{"ignored-in-report-only", csp.Low,
		"browsers ignore the directive in a report-only policy",
		"take it out; csp.Policy.ReportOnly does"}
	findingAncestorsReportOnly = findingKind{"partly-supported", csp.Info,
		"WebKit reports nothing of frame-ancestors in a report-only policy; Chromium and Firefox do",
		"do not count on reports from WebKit before it is enforced"}
	findingReportOnlyUnreported = findingKind{"report-only-unreported", csp.Medium,
		"a report-only policy that reports nowhere has no effect",
		"add report-to and report-uri; csp.Rollout does"}
	findingNoReporting = findingKind{"no-reporting", csp.Info,
		"violations are not reported, so nobody learns what the policy breaks or stops",
		"add report-to and report-uri; csp.Rollout does"}
	findingReportToOnly = findingKind{"report-to-only", csp.Info,
		"older browsers do not know report-to, and send no reports",
		"add report-uri, which browsers that know report-to ignore"}
	findingReportToOnHTTP = findingKind{"report-to-on-http", csp.Info,
		"browsers send nothing to report-to from a page on http, and do not ask report-uri where there is a report-to",
		"serve the pages on https, or take report-to out"}
	findingLongHeader = findingKind{"long-header", csp.High,
		"the header is longer than servers and proxies take, so responses may fail",
		"take sources out (csp.Policy.Minify), or send less in this header"}
	findingLongForCloudFront = findingKind{"long-for-cloudfront", csp.Info,
		"the header is longer than the 1783 characters that a CloudFront response headers policy takes",
		"set it in a function, or take sources out (csp.Policy.Minify)"}
)
