package probe

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/origin"
)

// messageQuestions are about what of a message comes through.
func messageQuestions() []Question {
	return []Question{
		{"unlisted-host", "what does a request for a host get that is not the distribution's?", "", askHost},
		{"header-bytes", "which bytes of a header that are not ASCII reach the viewer?", "", askBytes},
	}
}

func askHost(a *asking) {
	e := a.send(request{target: a.path(askPath), host: "www.example.com"})
	a.says("%d, %s", e.Status, e.header.Get("X-Cache"))
}

// askBytes has the origin send the letter é in UTF-8 and in ISO 8859-1.
func askBytes(a *asking) {
	var said []string
	for _, sent := range []string{"\u00e9", "\xe9"} {
		e := a.get(a.path(askPath, origin.Header, "X-Probe-Bytes: "+sent))
		said = append(said, strconv.QuoteToASCII(sent)+" came as "+strconv.QuoteToASCII(e.header.Get("X-Probe-Bytes")))
	}
	a.says("%s", strings.Join(said, "; "))
}
