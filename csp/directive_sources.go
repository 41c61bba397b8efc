package csp

// The fetch directives, draft 6.1.

// DefaultSrc governs every fetch directive that the policy does not have.
func DefaultSrc(sources ...Source) Directive { return sourceList(dirDefaultSrc, sources) }

// ChildSrc governs frames and workers, unless [FrameSrc] or [WorkerSrc] does.
func ChildSrc(sources ...Location) Directive { return sourceList(dirChildSrc, sources) }

// ConnectSrc governs what scripts connect to: fetch, XMLHttpRequest, WebSocket,
// EventSource, sendBeacon, WebTransport, and the ping of links.
func ConnectSrc(sources ...ConnectSource) Directive { return sourceList(dirConnectSrc, sources) }

// FencedFrameSrc governs what fenced frames load (Fenced Frames specification). Without
// it, [FrameSrc] does.
func FencedFrameSrc(sources ...Location) Directive { return sourceList(dirFencedFrameSrc, sources) }

// FontSrc governs fonts.
func FontSrc(sources ...Location) Directive { return sourceList(dirFontSrc, sources) }

// FrameSrc governs what frames load. Without it, [ChildSrc] does.
func FrameSrc(sources ...Location) Directive { return sourceList(dirFrameSrc, sources) }

// ImgSrc governs images and icons.
func ImgSrc(sources ...Location) Directive { return sourceList(dirImgSrc, sources) }

// ManifestSrc governs web application manifests.
func ManifestSrc(sources ...Location) Directive { return sourceList(dirManifestSrc, sources) }

// MediaSrc governs audio, video and text tracks.
func MediaSrc(sources ...Location) Directive { return sourceList(dirMediaSrc, sources) }

// ObjectSrc governs object and embed elements; csp.ObjectSrc(csp.None) is good
// practice.
func ObjectSrc(sources ...Location) Directive { return sourceList(dirObjectSrc, sources) }

// ScriptSrc governs scripts: external, inline, event handlers, eval, WebAssembly.
func ScriptSrc(sources ...ScriptSource) Directive { return sourceList(dirScriptSrc, sources) }

// ScriptSrcElem governs script elements, in place of [ScriptSrc].
func ScriptSrcElem(sources ...ScriptSource) Directive { return sourceList(dirScriptSrcElem, sources) }

// ScriptSrcAttr governs event handlers in attributes, in place of [ScriptSrc].
func ScriptSrcAttr(sources ...ScriptSource) Directive { return sourceList(dirScriptSrcAttr, sources) }

// StyleSrc governs style sheets, style elements and style attributes.
func StyleSrc(sources ...StyleSource) Directive { return sourceList(dirStyleSrc, sources) }

// StyleSrcElem governs style sheets and style elements, in place of [StyleSrc].
func StyleSrcElem(sources ...StyleSource) Directive { return sourceList(dirStyleSrcElem, sources) }

// StyleSrcAttr governs style attributes, in place of [StyleSrc].
func StyleSrcAttr(sources ...StyleSource) Directive { return sourceList(dirStyleSrcAttr, sources) }

// WorkerSrc governs workers, shared workers and service workers. Without it,
// [ChildSrc] does, or else [ScriptSrc].
func WorkerSrc(sources ...Location) Directive { return sourceList(dirWorkerSrc, sources) }

// The document and navigation directives that take a source list, draft 6.3 and 6.4.

// BaseURI governs the href of the base element. [DefaultSrc] is no fallback for it.
func BaseURI(sources ...Location) Directive { return sourceList(dirBaseURI, sources) }

// FormAction governs where forms are sent. [DefaultSrc] is no fallback for it.
func FormAction(sources ...Location) Directive { return sourceList(dirFormAction, sources) }

// FrameAncestors governs which pages may show this one in a frame; it obsoletes
// X-Frame-Options. [DefaultSrc] is no fallback for it. It does not work in a
// meta element.
func FrameAncestors(sources ...Location) Directive { return sourceList(dirFrameAncestors, sources) }
