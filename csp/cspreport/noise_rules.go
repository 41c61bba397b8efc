package cspreport

// NoiseDate is when the rules of [NoiseRules] were last gone through, year and
// month. They are compiled from what sites have published of the reports that they
// get, and what was seen here; they are far from complete.
const NoiseDate = "2026-11"

// Where rules are from.
const (
	seenHere  = "seen in Chromium 156 and Firefox ESR 153, 2026-11"
	cspUseful = "github.com/nico3333fr/CSP-useful, csp-wtf, 2024-07"
	sentry    = "github.com/getsentry/sentry, DEFAULT_DISALLOWED_SOURCES"
	nelmio    = "github.com/nelmio/NelmioSecurityBundle, Violation/Filter, 2026-02"
	collector = "github.com/jacobbednarz/go-csp-collector, sample.filterlist.txt"
)

// loopbackRule has no form that NoiseRule could match by itself: it depends on the
// page, too.
var loopbackRule = NoiseRule{PartURL, "localhost, 127.0.0.1, [::1]", "a program on the reader's computer, a virus scanner for example; the page is not from there", sentry + "; " + collector}

// noiseRules are in the order in which they are tried: what is certain first.
var noiseRules = [...]NoiseRule{
	// Extensions. The draft wants no reports because of them (10.1), and there are.
	{PartURL, "chrome-extension:", "an extension of Chromium", seenHere},
	{PartURL, "moz-extension:", "an extension of Firefox", seenHere},
	{PartURL, "safari-web-extension:", "an extension of Safari", "github.com/getsentry/sentry/issues/74828, 2024-07"},
	{PartURL, "safari-extension:", "an extension of Safari before 2020", "github.com/report-uri/report-uri-bugs/issues/46, 2017-11"},
	{PartURL, "webkit-masked-url:", "an extension of Safari: WebKit hides where its scripts are from", "WebKit, Tools/TestWebKitAPI (webkit-masked-url://hidden/)"},
	{PartURL, "ms-browser-extension:", "an extension of Edge before 2020", cspUseful},
	{PartURL, "mxaddon-pkg:", "an extension of Maxthon", cspUseful},
	{PartURL, "jar:", "an extension of Firefox before 2017", cspUseful},

	// Browsers' own pages and scripts.
	{PartURL, "chrome:", "a page of the browser itself, or an extension of Firefox before 2017", cspUseful},
	{PartURL, "resource:", "a file of Firefox itself", sentry},
	{PartURL, "view-source:", "Firefox, showing the page's source", "bugzilla.mozilla.org/show_bug.cgi?id=1873553"},
	{PartURL, "chromeinvoke:", "Chrome on iOS", collector},
	{PartURL, "chromeinvokeimmediate:", "Chrome on iOS", collector},
	{PartURL, "chromenull:", "Chrome on iOS", collector},
	{PartURL, "opera:", "Opera Mini", cspUseful},
	{PartURL, "adblockers.opera-mini.net", "Opera Mini", cspUseful},
	{PartURL, "mx:", "Maxthon's reader mode", cspUseful},
	{PartURL, "mxjscall:", "Maxthon", collector},
	{PartURL, "res:", "a file of Internet Explorer itself", collector},
	{PartURL, "nativebaiduhd:", "Baidu's browser", collector},
	{PartURL, "bdvideo:", "Baidu's browser", collector},
	{PartURL, "uc.gre", "UC Browser", cspUseful},
	{PartURL, "gj.track.uc.cn", "UC Browser", cspUseful},

	// Applications that show the page in a view of their own and put scripts in.
	{PartURL, "android-webview:", "an Android application", cspUseful},
	{PartURL, "android-webview-video-poster:", "an Android application", collector},
	{PartURL, "webviewprogress:", "an iOS application", nelmio},
	{PartURL, "webviewprogressproxy:", "an iOS application", sentry},
	{PartURL, "wvjbscheme:", "an iOS application", collector},
	{PartURL, "gsa:", "Google's search application on iOS", cspUseful},
	{PartURL, "ms-appx:", "a Windows application", collector},
	{PartURL, "ms-appx-web:", "a Windows application", collector},
	{PartPolicy, "x-apple-ql-id:", "Apple's Quick Look, which leaves its changes to the policy behind", cspUseful},

	// Virus scanners and filters on the way, which change the page or the header.
	{PartPolicy, ".kaspersky-labs.com", "Kaspersky, which changes the header", cspUseful},
	{PartPolicy, ".blackspider.com", "Forcepoint, which changes the header", cspUseful},
	{PartPolicy, ".zscaler.net", "Zscaler, which changes the header", cspUseful},
	{PartPolicy, ".zscalertwo.net", "Zscaler, which changes the header", cspUseful},
	{PartURL, "*.kaspersky-labs.com", "Kaspersky", cspUseful},
	{PartSample, "window.klTabId_kis", "Kaspersky", cspUseful},
	{PartURL, "gateway.zscaler.net", "Zscaler", nelmio},
	{PartURL, "gateway.zscalertwo.net", "Zscaler", sentry},
	{PartURL, "block.opendns.com", "OpenDNS, in place of what it blocks", nelmio},
	{PartURL, "symres:", "Norton", nelmio},
	{PartURL, "injections.adguard.com", "AdGuard", sentry},
	{PartSample, "AG_onLoad", "AdGuard", nelmio},

	// Translation of the page, or of a copy of it.
	{PartDocument, "*.translate.goog", "a copy of the page by Google Translate", "translate.google.com"},
	{PartDocument, "translate.googleusercontent.com", "a copy of the page by Google Translate before 2021", "translate.google.com"},
	{PartURL, "https://translate.google.com/", "Google Translate, of which Chrome makes use", cspUseful + "; github.com/getodk/central/issues/1129, 2025-06"},
	{PartURL, "translate.googleapis.com", "Google Translate, of which Chrome makes use", "github.com/internetstandards/Internet.nl/issues/273, 2017-10; github.com/mozilla/addons-server/issues/1590, 2016-02"},
	{PartURL, "translate-pa.googleapis.com", "Google Translate, of which Chrome makes use", "github.com/neocities/neocities/issues/616, 2026-01"},
	{PartURL, "https://www.gstatic.com/_/translate_http/", "Google Translate, of which Chrome makes use", "github.com/ampproject/amphtml/pull/38300, 2022-06"},
	{PartURL, "https://www.gstatic.com/images/branding/product/1x/translate_24dp.png", "Google Translate, of which Chrome makes use", cspUseful},
	{PartURL, "https://www.gstatic.com/images/branding/product/2x/translate_24dp.png", "Google Translate, of which Chrome makes use", cspUseful},
	{PartURL, "ssl.microsofttranslator.com", "an extension that translates", "github.com/jeremiahlee/page-translator/issues/2, 2017-06"},

	// What extensions, bookmarklets and developers' tools put into pages.
	{PartURL, "https://getpocket.com/b/", "Pocket's bookmarklet", cspUseful},
	{PartURL, "cdn.joinhoney.com", "the extension Honey", cspUseful},
	{PartURL, "sxt.cdn.skype.com", "Skype's extension", cspUseful},
	{PartURL, "mozbar.moz.com", "the extension MozBar", cspUseful},
	{PartURL, "getpingu.com", "the extension Pingu", cspUseful},
	{PartSample, "installGlobalHook", "React's developer tools", cspUseful},
	{PartSample, "window.devToolsOptions", "Redux's developer tools", cspUseful},
	{PartSample, "const V8_STACK_", "the extension Privacy Badger", cspUseful},
	{PartSample, "var lastpass_it", "the extension LastPass", nelmio},
	{PartSample, ".cip-genpw-icon", "the extension chromeIPass", cspUseful},
	{PartSample, ".autocardanywhere-", "the extension AutoCardAnywhere", cspUseful},
	{PartSample, "loop11ExtTerritory", "the extension Loop11", cspUseful},
	{PartSample, ".tota11y-", "the bookmarklet tota11y", cspUseful},
	{PartSample, "This signals the axe-core test", "axe, a test of accessibility", cspUseful},
	{PartSample, "var Cacaoweb", "the extension Cacaoweb", cspUseful},

	// Advertisements that programs on the reader's computer put into pages.
	{PartURL, "*.superfish.com", "adware", sentry},
	{PartURL, "*.metrext.com", "adware", sentry},
	{PartURL, "*.tlscdn.com", "adware", sentry},
	{PartURL, "static.image2play.com", "adware", sentry},
	{PartURL, "savingsslider-a.akamaihd.net", "adware", cspUseful},
	{PartURL, "canvaspl-a.akamaihd.net", "adware", cspUseful},
	{PartURL, "cdncache-a.akamaihd.net", "adware", sentry},
	{PartURL, "resultshub-a.akamaihd.net", "adware", sentry},
	{PartURL, "middlerush-a.akamaihd.net", "adware", sentry},
	{PartURL, "*.davebestdeals.com", "adware", cspUseful},
	{PartURL, "*.eshopcomp.com", "adware", cspUseful},
	{PartURL, "*.myshopmatemac.com", "adware", cspUseful},
	{PartURL, "*.ciuvo.com", "adware", cspUseful},
	{PartURL, "*.infostatsvc.com", "adware", cspUseful},
	{PartURL, "*.dnsqa.me", "adware", cspUseful},
	{PartURL, "netcheckcdn.xyz", "adware", cspUseful},
	{PartURL, "connectionstrenth.com", "adware", cspUseful},
	{PartURL, "icontent.us", "adware", sentry},
	{PartURL, "amiok.org", "adware", sentry},
}
