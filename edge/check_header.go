package edge

import "strconv"

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
	i, j := h.index(name), came.index(name)
	switch {
	case i < 0 && j < 0:
	case j < 0:
		c.breach(ruleHeaderAdded, path+name, h.at(i).value, "")
	case i < 0:
		c.breach(ruleHeaderDeleted, path+name, "", "CloudFront sent "+strconv.Quote(shorten(came.at(j).value)))
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
		c.breach(ruleHeaderChanged, path+name+"["+strconv.Itoa(n)+"].value", h.at(i+n).value,
			"CloudFront sent "+strconv.Quote(shorten(came.at(j+min(n, then-1)).value)))
	}
}
