package edge

import (
	"slices"
	"strconv"
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
			if f := h.at(i + n); f.raw == "" && !printable(f.value) {
				c.breach(ruleHeaderValue, path+name+"["+strconv.Itoa(n)+"].value", f.value, "")
			}
		}
	}
	for _, name := range readOnly(c.trigger) {
		c.readOnlyHeader(path, name, h, came)
	}
}

// addedHeader checks the name of a header that did not come.
func (c *checker) addedHeader(field, name string) {
	switch {
	case !isToken(name):
		c.breach(ruleHeaderName, "headers", name, "")
	case isDisallowed(name):
		c.breach(ruleHeaderDisallowed, field, "", "")
	case name == "cloudfront-viewer-country":
		c.breach(ruleViewerCountry, field, "", "")
	}
}

// readOnlyHeader checks that a header is as it came.
func (c *checker) readOnlyHeader(path, name string, h, came Header) {
	has, had := h.Has(name), came.Has(name)
	switch {
	case !has && !had:
	case !had:
		c.breach(ruleHeaderAdded, path+name, h.Get(name), "")
	case !has:
		c.breach(ruleHeaderDeleted, path+name, "", "CloudFront sent "+strconv.Quote(shorten(came.Get(name))))
	default:
		now, then := h.Values(name), came.Values(name)
		if slices.Equal(now, then) {
			return
		}
		n := 0
		for n < len(now)-1 && n < len(then) && now[n] == then[n] {
			n++
		}
		c.breach(ruleHeaderChanged, path+name+"["+strconv.Itoa(n)+"].value", now[n],
			"CloudFront sent "+strconv.Quote(shorten(then[min(n, len(then)-1)])))
	}
}
