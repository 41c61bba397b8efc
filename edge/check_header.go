package edge

import (
	"slices"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/header"
	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// headers checks a header map that a function returns against the one that came.
// path is what the fields' places begin with.
func (c *checker) headers(path string, h, came header.Map) {
	for i := 0; i < h.Len(); i = h.After(i) {
		name := h.Name(i)
		if !came.Has(name) {
			c.addedHeader(path+name, name)
		}
		for n := range h.After(i) - i {
			if f := h.At(i + n); f.IsNew() {
				c.headerValue(path, n, f, came)
			}
		}
	}
	for _, name := range rules.ReadOnly(string(c.trigger)) {
		c.readOnlyHeader(path, name, h, came)
	}
}

// headerValue checks the nth value of its name, which a function has set.
func (c *checker) headerValue(path string, n int, f header.Field, came header.Map) {
	switch {
	case !rules.IsPrintable(f.Value) && !cameSo(came, f):
		c.breach(rules.HeaderValue, path+f.Name+"["+strconv.Itoa(n)+"].value", f.Value, "")
	case !rules.IsASCII(f.Value) && rules.IsURI(f.Name) && !cameSo(came, f):
		c.breach(rules.HeaderURI, path+f.Name+"["+strconv.Itoa(n)+"].value", f.Value, "")
	}
}

// cameSo reports whether a field that a function has set is one that came: it may have copied the header, or set what stood there.
func cameSo(came header.Map, f header.Field) bool {
	return slices.Contains(came.Values(f.Name), f.Value)
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
func (c *checker) readOnlyHeader(path, name string, h, came header.Map) {
	i, j := h.Index(name), came.Index(name)
	switch {
	case i < 0 && j < 0:
	case j < 0:
		c.breach(rules.HeaderAdded, path+name, h.At(i).Value, "")
	case i < 0:
		c.breach(rules.HeaderDeleted, path+name, "", "CloudFront sent "+strconv.Quote(shorten(came.At(j).Value)))
	default:
		now, then := h.After(i)-i, came.After(j)-j
		n := 0
		for n < now && n < then && h.At(i+n).Value == came.At(j+n).Value {
			n++
		}
		if n == now && n == then {
			return
		}
		n = min(n, now-1)
		c.breach(rules.HeaderChanged, path+name+"["+strconv.Itoa(n)+"].value", h.At(i+n).Value,
			"CloudFront sent "+strconv.Quote(shorten(came.At(j+min(n, then-1)).Value)))
	}
}
