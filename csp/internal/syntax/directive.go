package syntax

// A DirectiveID numbers the directives that this package knows.
type DirectiveID uint8

const (
	DirUnknown DirectiveID = iota

	// Fetch directives (draft 6.1), fenced-frame-src (Fenced Frames).
	DirDefaultSrc
	DirChildSrc
	DirConnectSrc
	DirFencedFrameSrc
	DirFontSrc
	DirFrameSrc
	DirImgSrc
	DirManifestSrc
	DirMediaSrc
	DirObjectSrc
	DirScriptSrc
	DirScriptSrcElem
	DirScriptSrcAttr
	DirStyleSrc
	DirStyleSrcElem
	DirStyleSrcAttr
	DirWorkerSrc

	// Document and navigation directives (draft 6.2 to 6.4).
	DirBaseURI
	DirFormAction
	DirFrameAncestors
	DirSandbox
	DirWebRTC

	// Trusted Types, Upgrade Insecure Requests.
	DirRequireTrustedTypesFor
	DirTrustedTypes
	DirUpgradeInsecureRequests

	// Reporting directives (draft 6.5).
	DirReportTo
	DirReportURI

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

	DirectiveEnd
)

// A valueKind says what the value of a directive is made of.
type valueKind uint8

const (
	valueTokens     valueKind = iota // something else: see the directive
	ValueSources                     // serialized-source-list
	ValueAncestors                   // ancestor-source-list
	ValueSandbox                     // sandbox tokens
	valueNothing                     // no value
	ValueTrusted                     // trusted-types expressions
	ValueOneToken                    // report-to
	ValueURIs                        // report-uri
	ValueWebRTC                      // 'allow' or 'block'
	valueTypesFor                    // 'script'
	valueDeprecated                  // of a directive that is gone
)

// directiveInfo is what there is to know about a directive. The order of the
// table is the canonical order: the default first, then the fetch directives,
// reporting last.
type directiveInfo struct {
	Name  string
	Value valueKind
}

var Directives = [DirectiveEnd]directiveInfo{
	DirDefaultSrc:     {"default-src", ValueSources},
	DirChildSrc:       {"child-src", ValueSources},
	DirConnectSrc:     {"connect-src", ValueSources},
	DirFencedFrameSrc: {"fenced-frame-src", ValueSources},
	DirFontSrc:        {"font-src", ValueSources},
	DirFrameSrc:       {"frame-src", ValueSources},
	DirImgSrc:         {"img-src", ValueSources},
	DirManifestSrc:    {"manifest-src", ValueSources},
	DirMediaSrc:       {"media-src", ValueSources},
	DirObjectSrc:      {"object-src", ValueSources},
	DirScriptSrc:      {"script-src", ValueSources},
	DirScriptSrcElem:  {"script-src-elem", ValueSources},
	DirScriptSrcAttr:  {"script-src-attr", ValueSources},
	DirStyleSrc:       {"style-src", ValueSources},
	DirStyleSrcElem:   {"style-src-elem", ValueSources},
	DirStyleSrcAttr:   {"style-src-attr", ValueSources},
	DirWorkerSrc:      {"worker-src", ValueSources},

	DirBaseURI:        {"base-uri", ValueSources},
	DirFormAction:     {"form-action", ValueSources},
	DirFrameAncestors: {"frame-ancestors", ValueAncestors},
	DirSandbox:        {"sandbox", ValueSandbox},
	DirWebRTC:         {"webrtc", ValueWebRTC},

	DirRequireTrustedTypesFor:  {"require-trusted-types-for", valueTypesFor},
	DirTrustedTypes:            {"trusted-types", ValueTrusted},
	DirUpgradeInsecureRequests: {"upgrade-insecure-requests", valueNothing},

	DirReportTo:  {"report-to", ValueOneToken},
	DirReportURI: {"report-uri", ValueURIs},

	dirBlockAllMixedContent: {"block-all-mixed-content", valueDeprecated},
	dirNavigateTo:           {"navigate-to", valueDeprecated},
	dirPluginTypes:          {"plugin-types", valueDeprecated},
	dirPrefetchSrc:          {"prefetch-src", valueDeprecated},
	dirReferrer:             {"referrer", valueDeprecated},
	dirReflectedXSS:         {"reflected-xss", valueDeprecated},
	dirRequireSRIFor:        {"require-sri-for", valueDeprecated},
	dirTreatAsPublicAddress: {"treat-as-public-address", valueTokens},
}

// LookupDirective finds a directive by its lower-case name.
func LookupDirective(name string) DirectiveID {
	for i := directiveSlot(name); directiveIndex[i] != DirUnknown; i++ {
		if id := directiveIndex[i]; Directives[id].Name == name {
			return id
		}
	}
	return DirUnknown
}

// directiveIndex has each directive in the first free place from its slot on.
var directiveIndex = makeDirectiveIndex()

func makeDirectiveIndex() (index [256]DirectiveID) {
	for id := DirUnknown + 1; id < DirectiveEnd; id++ {
		i := directiveSlot(Directives[id].Name)
		for index[i] != DirUnknown {
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

// Fallbacks gives the directives that may govern what id governs, the most
// specific first: draft 6.8.3, "Get fetch directive fallback list". The draft
// asks it of effective directives only; script-src, style-src, child-src and
// default-src are answered here too, as themselves and then default-src.
// Directives that are no fetch directives fall back to nothing.
func Fallbacks(id DirectiveID) []DirectiveID {
	switch id {
	case DirScriptSrcElem:
		return chainScriptElem[:]
	case DirScriptSrcAttr:
		return chainScriptAttr[:]
	case DirStyleSrcElem:
		return chainStyleElem[:]
	case DirStyleSrcAttr:
		return chainStyleAttr[:]
	case DirWorkerSrc:
		return chainWorker[:]
	case DirFrameSrc:
		return chainFrame[:]
	case DirFencedFrameSrc:
		return chainFencedFrame[:]
	case DirChildSrc, DirConnectSrc, DirFontSrc, DirImgSrc, DirManifestSrc, DirMediaSrc,
		DirObjectSrc, DirScriptSrc, DirStyleSrc:
		return chainsToDefault[id][:]
	}
	return chainsToDefault[id][:1]
}

var (
	chainScriptElem  = [...]DirectiveID{DirScriptSrcElem, DirScriptSrc, DirDefaultSrc}
	chainScriptAttr  = [...]DirectiveID{DirScriptSrcAttr, DirScriptSrc, DirDefaultSrc}
	chainStyleElem   = [...]DirectiveID{DirStyleSrcElem, DirStyleSrc, DirDefaultSrc}
	chainStyleAttr   = [...]DirectiveID{DirStyleSrcAttr, DirStyleSrc, DirDefaultSrc}
	chainWorker      = [...]DirectiveID{DirWorkerSrc, DirChildSrc, DirScriptSrc, DirDefaultSrc}
	chainFrame       = [...]DirectiveID{DirFrameSrc, DirChildSrc, DirDefaultSrc}
	chainFencedFrame = [...]DirectiveID{DirFencedFrameSrc, DirFrameSrc, DirChildSrc, DirDefaultSrc}
	chainsToDefault  = makeChainsToDefault()
)

func makeChainsToDefault() (chains [DirectiveEnd][2]DirectiveID) {
	for id := range chains {
		chains[id] = [2]DirectiveID{DirectiveID(id), DirDefaultSrc}
	}
	return chains
}
