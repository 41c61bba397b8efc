package syntax

// A Quirk is a way to write a source that some browsers take and others do not.
type Quirk uint16

// The quirks. Those of which the draft's grammar knows nothing leave the source's
// Kind at SourceInvalid.
const (
	TrailingDot     Quirk = 1 << iota // "cdn.example.", in the grammar
	LeadingZeros                      // port ":080", in the grammar
	BareWildcardDot                   // "http://*."
	OddPath                           // "//dir/", or with what a URL escapes
	QueryAfterPath                    // "cdn.example/app.js?v=3", or with "#"
	QueryAfterHost                    // "cdn.example?v=3"
	DashedHash                        // 'sha-256-…'
)

// Host reports whether they are those of a host-source.
func (q Quirk) Host() bool { return q&^DashedHash != 0 }
