package edgesim

import "net/http"

// The doors through which black-box tests reach what they compare with an oracle.
var (
	MatchPattern = matchPattern
	ParseHeaders = parseHeaders
	ReplaceHost  = replaceHost
)

// SlowHeaders reads a header map the way that says what is wrong with it. ok reports that nothing is.
func SlowHeaders(text string) (h http.Header, ok bool) {
	o := &outcome{}
	h = http.Header{}
	lists, err := parseObject(text)
	if err != nil {
		return nil, false
	}
	for name, list := range lists {
		o.readHeaderList(h, name, name, list)
	}
	return h, len(o.findings) == 0
}
