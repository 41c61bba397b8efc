package edge

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// headers checks a header map that a function returns against the one that came.
// path is what the fields' places begin with.
func (c *checker) headers(path string, h, came Header) {
	for i := 0; i < h.Len(); i = h.after(i) {
		name := h.name(i)
		if !came.Has(name) {
			c.addedHeader(path+name, name)
		}
		for n := range h.after(i) - i {
			if f := h.at(i + n); f.raw == "" && !rules.IsPrintable(f.value) {
				c.breach(rules.HeaderValue, path+name+"["+strconv.Itoa(n)+"].value", f.value, "")
			}
		}
	}
	for _, name := range rules.ReadOnly(string(c.trigger)) {
		c.readOnlyHeader(path, name, h, came)
	}
}

// addedHeader checks the name of a header that did not come.
func (c *checker) addedHeader(field, name string) {
	switch {
	case !rules.IsToken(name):
		c.breach(rules.HeaderName, "headers", name, "")
	case rules.IsDisallowed(name):
		c.breach(rules.HeaderDisallowed, field, "", "")
	case name == "cloudfront-viewer-country":
		c.breach(rules.ViewerCountry, field, "", "")
	}
}

// readOnlyHeader checks that a header is as it came.
func (c *checker) readOnlyHeader(path, name string, h, came Header) {
	i, j := h.index(name), came.index(name)
	switch {
	case i < 0 && j < 0:
	case j < 0:
		c.breach(rules.HeaderAdded, path+name, h.at(i).value, "")
	case i < 0:
		c.breach(rules.HeaderDeleted, path+name, "", "CloudFront sent "+strconv.Quote(shorten(came.at(j).value)))
	default:
		now, then := h.after(i)-i, came.after(j)-j
		n := 0
		for n < now && n < then && h.at(i+n).value == came.at(j+n).value {
			n++
		}
		if n == now && n == then {
			return
		}
		n = min(n, now-1)
		c.breach(rules.HeaderChanged, path+name+"["+strconv.Itoa(n)+"].value", h.at(i+n).value,
			"CloudFront sent "+strconv.Quote(shorten(came.at(j+min(n, then-1)).value)))
	}
}
