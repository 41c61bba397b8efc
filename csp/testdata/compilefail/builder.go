// Package compilefail holds programs that must not compile: each ERROR comment
// is a regular expression for the compiler's message on its line.
package compilefail

import (
	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

func wrongKinds() {
	csp.ImgSrc(csp.UnsafeInline)                // ERROR "does not implement csp.Location"
	csp.ImgSrc(cspcrypto.SHA256("x"))           // ERROR "does not implement csp.Location"
	csp.ImgSrc(cspcrypto.NewNonce())            // ERROR "does not implement csp.Location"
	csp.FrameAncestors(csp.StrictDynamic)       // ERROR "does not implement csp.Location"
	csp.StyleSrc(csp.UnsafeEval)                // ERROR "does not implement csp.StyleSource"
	csp.StyleSrc(csp.StrictDynamic)             // ERROR "does not implement csp.StyleSource"
	csp.ConnectSrc(csp.UnsafeHashes)            // ERROR "does not implement csp.ConnectSource"
	csp.ScriptSrc(csp.UnsafeWebTransportHashes) // ERROR "does not implement csp.ScriptSource"
	csp.WorkerSrc(csp.WasmUnsafeEval)           // ERROR "does not implement csp.Location"
	csp.TrustedTypes(csp.Self)                  // ERROR "does not implement csp.TrustedTypesSource"
	csp.UpgradeInsecureRequests(csp.Self)       // ERROR "too many arguments"
	csp.RequireTrustedTypesForScript("x")       // ERROR "too many arguments"
	csp.Sandbox(csp.Self)                       // ERROR "cannot use csp.Self"
	csp.Sandbox("allow-forms")                  // ERROR "cannot use .allow-forms."
	csp.WebRTC(csp.None)                        // ERROR "cannot use csp.None"
	csp.New(csp.Self)                           // ERROR "cannot use csp.Self"
}

func strings(s string) {
	csp.ScriptSrc("'self'")        // ERROR "does not implement csp.ScriptSource"
	csp.ScriptSrc(s)               // ERROR "does not implement csp.ScriptSource"
	csp.ScriptSrc(csp.Self + " *") // ERROR "cannot convert|mismatched"
	csp.HostOf(s)                  // ERROR "cannot use s"
	csp.HostOf("https://" + s)     // ERROR "cannot use"
	csp.SchemeOf(s)                // ERROR "cannot use s"
	csp.PolicyNameOf(s)            // ERROR "cannot use s"
	_ = csp.Host{"*"}              // ERROR "implicit assignment to unexported field"
	_ = csp.Hash("x")              // ERROR "cannot convert"
	_ = csp.Nonce("x")             // ERROR "cannot convert"
	csp.Self = csp.UnsafeInline    // ERROR "cannot assign to"
}

type forged struct{}

func (forged) sourceText() (string, error) { return "*; script-src *", nil }

func sealed() {
	csp.DefaultSrc(forged{}) // ERROR "does not implement csp.Source"
}
