package probe

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/origin"
)

// messageQuestions are about what of a message comes through.
func messageQuestions() []Question {
	return []Question{
		{ID: "unlisted-host", Asks: "what does a request for a host get that is not the distribution's?", ask: askHost},
		{ID: "header-bytes", Asks: "which bytes of a header that are not ASCII reach the viewer?", ask: askBytes},
		{ID: "header-order", Asks: "in which order and which case does a function see the headers of a request?", ask: askOrder},
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

// askOrder sends names in no order of the alphabet, one with letters of both cases, by hand: net/http sends them in order.
func askOrder(a *asking) {
	sent := []string{"x-Probe-zebra", "X-PROBE-apple", "x-probe-Mango"}
	lines := make([]string, len(sent))
	for i, name := range sent {
		lines[i] = name + ": 1"
	}
	e := a.send(request{target: a.path(askPath, "vr", "echo"), header: lines, asWritten: true})
	a.event(e)
	var saw []string
	for _, key := range keys.FindAllSubmatch(e.body, -1) {
		if name := string(key[1]); strings.HasPrefix(strings.ToLower(name), "x-probe-") {
			saw = append(saw, name)
		}
	}
	a.says("sent %s, saw %s", strings.Join(sent, ", "), strings.Join(saw, ", "))
}

// keys finds the names of headers in an event, as they were written and in the order of its members.
var keys = regexp.MustCompile(`"key":"([^"]+)"`)
