package csp

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// The fetch directives, draft 6.1.

// DefaultSrc governs every fetch directive that the policy does not have.
func DefaultSrc(sources ...Source) Directive { return sourceList(syntax.DirDefaultSrc, sources) }

// ChildSrc governs frames and workers, unless [FrameSrc] or [WorkerSrc] does.
func ChildSrc(sources ...Location) Directive { return sourceList(syntax.DirChildSrc, sources) }

// ConnectSrc governs what scripts connect to: fetch, XMLHttpRequest, WebSocket,
// EventSource, sendBeacon, WebTransport, and the ping of links.
func ConnectSrc(sources ...ConnectSource) Directive { return sourceList(syntax.DirConnectSrc, sources) }

// FencedFrameSrc governs what fenced frames load (Fenced Frames specification). Without
// it, [FrameSrc] does.
func FencedFrameSrc(sources ...Location) Directive {
	return sourceList(syntax.DirFencedFrameSrc, sources)
}

// FontSrc governs fonts.
func FontSrc(sources ...Location) Directive { return sourceList(syntax.DirFontSrc, sources) }

// FrameSrc governs what frames load. Without it, [ChildSrc] does.
func FrameSrc(sources ...Location) Directive { return sourceList(syntax.DirFrameSrc, sources) }

// ImgSrc governs images and icons.
func ImgSrc(sources ...Location) Directive { return sourceList(syntax.DirImgSrc, sources) }

// ManifestSrc governs web application manifests.
func ManifestSrc(sources ...Location) Directive { return sourceList(syntax.DirManifestSrc, sources) }

// MediaSrc governs audio, video and text tracks.
func MediaSrc(sources ...Location) Directive { return sourceList(syntax.DirMediaSrc, sources) }

// ObjectSrc governs object and embed elements; csp.ObjectSrc(csp.None) is good
// practice.
func ObjectSrc(sources ...Location) Directive { return sourceList(syntax.DirObjectSrc, sources) }

// ScriptSrc governs scripts: external, inline, event handlers, eval, WebAssembly.
func ScriptSrc(sources ...ScriptSource) Directive { return sourceList(syntax.DirScriptSrc, sources) }

// ScriptSrcElem governs script elements, in place of [ScriptSrc].
func ScriptSrcElem(sources ...ScriptSource) Directive {
	return sourceList(syntax.DirScriptSrcElem, sources)
}

// ScriptSrcAttr governs event handlers in attributes, in place of [ScriptSrc].
func ScriptSrcAttr(sources ...ScriptSource) Directive {
	return sourceList(syntax.DirScriptSrcAttr, sources)
}

// StyleSrc governs style sheets, style elements and style attributes.
func StyleSrc(sources ...StyleSource) Directive { return sourceList(syntax.DirStyleSrc, sources) }

// StyleSrcElem governs style sheets and style elements, in place of [StyleSrc].
func StyleSrcElem(sources ...StyleSource) Directive {
	return sourceList(syntax.DirStyleSrcElem, sources)
}

// StyleSrcAttr governs style attributes, in place of [StyleSrc].
func StyleSrcAttr(sources ...StyleSource) Directive {
	return sourceList(syntax.DirStyleSrcAttr, sources)
}

// WorkerSrc governs workers, shared workers and service workers. Without it,
// [ChildSrc] does, or else [ScriptSrc].
func WorkerSrc(sources ...Location) Directive { return sourceList(syntax.DirWorkerSrc, sources) }

// The document and navigation directives that take a source list, draft 6.3 and 6.4.

// BaseURI governs the href of the base element. [DefaultSrc] is no fallback for it.
func BaseURI(sources ...Location) Directive { return sourceList(syntax.DirBaseURI, sources) }

// FormAction governs where forms are sent. [DefaultSrc] is no fallback for it.
func FormAction(sources ...Location) Directive { return sourceList(syntax.DirFormAction, sources) }

// FrameAncestors governs which pages may show this one in a frame; it obsoletes
// X-Frame-Options. [DefaultSrc] is no fallback for it. It does not work in a
// meta element.
func FrameAncestors(sources ...Location) Directive {
	return sourceList(syntax.DirFrameAncestors, sources)
}
