package csp

// A directiveID numbers the directives that this package knows.
type directiveID uint8

const (
	dirUnknown directiveID = iota

	// Fetch directives (draft 6.1), fenced-frame-src (Fenced Frames).
	dirDefaultSrc
	dirChildSrc
	dirConnectSrc
	dirFencedFrameSrc
	dirFontSrc
	dirFrameSrc
	dirImgSrc
	dirManifestSrc
	dirMediaSrc
	dirObjectSrc
	dirScriptSrc
	dirScriptSrcElem
	dirScriptSrcAttr
	dirStyleSrc
	dirStyleSrcElem
	dirStyleSrcAttr
	dirWorkerSrc

	// Document and navigation directives (draft 6.2 to 6.4).
	dirBaseURI
	dirFormAction
	dirFrameAncestors
	dirSandbox
	dirWebRTC

	// Trusted Types, Upgrade Insecure Requests.
	dirRequireTrustedTypesFor
	dirTrustedTypes
	dirUpgradeInsecureRequests

	// Reporting directives (draft 6.5).
	dirReportTo
	dirReportURI

	// No longer in any specification, or of one browser only: known, so that
	// findings can say so, but never built.
	dirBlockAllMixedContent
	dirNavigateTo
	dirPluginTypes
	dirPrefetchSrc
	dirReferrer
	dirReflectedXSS
	dirRequireSRIFor
	dirTreatAsPublicAddress

	directiveEnd
)

// A valueKind says what the value of a directive is made of.
type valueKind uint8

const (
	valueTokens     valueKind = iota // something else: see the directive
	valueSources                     // serialized-source-list
	valueAncestors                   // ancestor-source-list
	valueSandbox                     // sandbox tokens
	valueNothing                     // no value
	valueTrusted                     // trusted-types expressions
	valueOneToken                    // report-to
	valueURIs                        // report-uri
	valueWebRTC                      // 'allow' or 'block'
	valueTypesFor                    // 'script'
	valueDeprecated                  // of a directive that is gone
)

// directiveInfo is what there is to know about a directive. The order of the
// table is the canonical order: the default first, then the fetch directives,
// reporting last.
type directiveInfo struct {
	name  string
	value valueKind
}

var directives = [directiveEnd]directiveInfo{
	dirDefaultSrc:     {"default-src", valueSources},
	dirChildSrc:       {"child-src", valueSources},
	dirConnectSrc:     {"connect-src", valueSources},
	dirFencedFrameSrc: {"fenced-frame-src", valueSources},
	dirFontSrc:        {"font-src", valueSources},
	dirFrameSrc:       {"frame-src", valueSources},
	dirImgSrc:         {"img-src", valueSources},
	dirManifestSrc:    {"manifest-src", valueSources},
	dirMediaSrc:       {"media-src", valueSources},
	dirObjectSrc:      {"object-src", valueSources},
	dirScriptSrc:      {"script-src", valueSources},
	dirScriptSrcElem:  {"script-src-elem", valueSources},
	dirScriptSrcAttr:  {"script-src-attr", valueSources},
	dirStyleSrc:       {"style-src", valueSources},
	dirStyleSrcElem:   {"style-src-elem", valueSources},
	dirStyleSrcAttr:   {"style-src-attr", valueSources},
	dirWorkerSrc:      {"worker-src", valueSources},

	dirBaseURI:        {"base-uri", valueSources},
	dirFormAction:     {"form-action", valueSources},
	dirFrameAncestors: {"frame-ancestors", valueAncestors},
	dirSandbox:        {"sandbox", valueSandbox},
	dirWebRTC:         {"webrtc", valueWebRTC},

	dirRequireTrustedTypesFor:  {"require-trusted-types-for", valueTypesFor},
	dirTrustedTypes:            {"trusted-types", valueTrusted},
	dirUpgradeInsecureRequests: {"upgrade-insecure-requests", valueNothing},

	dirReportTo:  {"report-to", valueOneToken},
	dirReportURI: {"report-uri", valueURIs},

	dirBlockAllMixedContent: {"block-all-mixed-content", valueDeprecated},
	dirNavigateTo:           {"navigate-to", valueDeprecated},
	dirPluginTypes:          {"plugin-types", valueDeprecated},
	dirPrefetchSrc:          {"prefetch-src", valueDeprecated},
	dirReferrer:             {"referrer", valueDeprecated},
	dirReflectedXSS:         {"reflected-xss", valueDeprecated},
	dirRequireSRIFor:        {"require-sri-for", valueDeprecated},
	dirTreatAsPublicAddress: {"treat-as-public-address", valueTokens},
}

// lookupDirective finds a directive by its lower-case name.
func lookupDirective(name string) directiveID {
	for i := directiveSlot(name); directiveIndex[i] != dirUnknown; i++ {
		if id := directiveIndex[i]; directives[id].name == name {
			return id
		}
	}
	return dirUnknown
}

// directiveIndex has each directive in the first free place from its slot on.
var directiveIndex = makeDirectiveIndex()

func makeDirectiveIndex() (index [256]directiveID) {
	for id := dirUnknown + 1; id < directiveEnd; id++ {
		i := directiveSlot(directives[id].name)
		for index[i] != dirUnknown {
			i++
		}
		index[i] = id
	}
	return index
}

// directiveSlot spreads the names over the index, whose size uint8 wraps at.
func directiveSlot(name string) uint8 {
	if name == "" {
		return 0
	}
	return uint8(len(name))*21 + name[0]*7 + name[len(name)/2]*3
}

// fallbacks gives the directives that may govern what id governs, the most
// specific first: draft 6.8.3, "Get fetch directive fallback list". The draft
// asks it of effective directives only; script-src, style-src, child-src and
// default-src are answered here too, as themselves and then default-src.
// Directives that are no fetch directives fall back to nothing.
func fallbacks(id directiveID) []directiveID {
	switch id {
	case dirScriptSrcElem:
		return chainScriptElem[:]
	case dirScriptSrcAttr:
		return chainScriptAttr[:]
	case dirStyleSrcElem:
		return chainStyleElem[:]
	case dirStyleSrcAttr:
		return chainStyleAttr[:]
	case dirWorkerSrc:
		return chainWorker[:]
	case dirFrameSrc:
		return chainFrame[:]
	case dirFencedFrameSrc:
		return chainFencedFrame[:]
	case dirChildSrc, dirConnectSrc, dirFontSrc, dirImgSrc, dirManifestSrc, dirMediaSrc,
		dirObjectSrc, dirScriptSrc, dirStyleSrc:
		return chainsToDefault[id][:]
	}
	return chainsToDefault[id][:1]
}

var (
	chainScriptElem  = [...]directiveID{dirScriptSrcElem, dirScriptSrc, dirDefaultSrc}
	chainScriptAttr  = [...]directiveID{dirScriptSrcAttr, dirScriptSrc, dirDefaultSrc}
	chainStyleElem   = [...]directiveID{dirStyleSrcElem, dirStyleSrc, dirDefaultSrc}
	chainStyleAttr   = [...]directiveID{dirStyleSrcAttr, dirStyleSrc, dirDefaultSrc}
	chainWorker      = [...]directiveID{dirWorkerSrc, dirChildSrc, dirScriptSrc, dirDefaultSrc}
	chainFrame       = [...]directiveID{dirFrameSrc, dirChildSrc, dirDefaultSrc}
	chainFencedFrame = [...]directiveID{dirFencedFrameSrc, dirFrameSrc, dirChildSrc, dirDefaultSrc}
	chainsToDefault  = makeChainsToDefault()
)

func makeChainsToDefault() (chains [directiveEnd][2]directiveID) {
	for id := range chains {
		chains[id] = [2]directiveID{directiveID(id), dirDefaultSrc}
	}
	return chains
}
