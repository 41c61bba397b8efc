package csphtml

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/html"
)

// modules is what the import maps so far say.
type modules struct {
	base      *url.URL // of the document
	based     bool     // by a base element
	imports   map[string]string
	integrity map[string]bool // of what absolute URLs
	maps      int
}

// unknownPage stands for the URL of the page, which HashHTML does not know. Relative
// URLs are the same if they are the same on this page.
var unknownPage = &url.URL{Scheme: "page", Host: "page", Path: "/a/b/c/d/e/f/g/h/"}

// setBase takes the href of a base element. Only the first counts (HTML, 4.2.3).
func (m *modules) setBase(href string) {
	if u, err := m.base.Parse(stripURL(href)); err == nil && !m.based {
		m.base, m.based = u, true
	}
}

// absolute gives a URL in a form that is the same for the same URLs.
func (m *modules) absolute(ref string) string {
	u, err := m.base.Parse(stripURL(ref))
	if err != nil {
		return ref
	}
	u.Host = strings.ToLower(u.Host)
	return u.String()
}

// key gives a specifier as import maps compare it (HTML, 8.1.6.2, "resolve a module
// specifier"): a URL in its absolute form, another one as it is.
func (m *modules) key(specifier string) (key string, isURL bool) {
	if isURL = isURLLike(specifier); isURL {
		specifier = m.absolute(specifier)
	}
	return specifier, isURL
}

// isURLLike reports whether a specifier is a URL, not a name for one.
func isURLLike(specifier string) bool {
	return strings.HasPrefix(specifier, "/") || strings.HasPrefix(specifier, "./") || strings.HasPrefix(specifier, "../") ||
		schemeOf(specifier) != ""
}

// resolve gives the URL of the module that a script of the page means. Scopes are left
// out: what they are for is scripts of other URLs.
func (m *modules) resolve(specifier string) (ref string, ok bool) {
	key, isURL := m.key(specifier)
	if target, ok := m.imports[key]; ok {
		return target, true
	}
	for n := strings.LastIndexByte(key, '/'); n >= 0; n = strings.LastIndexByte(key[:n], '/') {
		if target, ok := m.imports[key[:n+1]]; ok {
			return target + key[n+1:], true
		}
	}
	return specifier, isURL
}

// An importMap is the content of a script element of type importmap (HTML, 8.1.6.2,
// "parse an import map string"). What is no string is as null.
type importMap struct {
	imports   map[string]any
	scopes    map[string]map[string]any
	integrity map[string]any
}

// parseImportMap reads an import map. One with a mistake in its form is none.
func parseImportMap(text []byte) (m importMap, ok bool) {
	var parts map[string]json.RawMessage // a struct would take names in any case
	if json.Unmarshal(text, &parts) != nil {
		return m, false
	}
	for name, part := range map[string]any{"imports": &m.imports, "scopes": &m.scopes, "integrity": &m.integrity} {
		if parts[name] != nil && json.Unmarshal(parts[name], part) != nil {
			return m, false
		}
	}
	return m, true
}

// importMap reads the import map whose element has been read.
func (c *collector) importMap(text []byte) {
	m, ok := parseImportMap(html.Normalize(text))
	if !ok {
		return
	}
	if c.modules.maps++; c.modules.imports == nil {
		c.modules.imports, c.modules.integrity = make(map[string]string), make(map[string]bool)
	}
	c.moduleIntegrity(m.integrity)
	for _, specifier := range slices.Sorted(maps.Keys(m.imports)) {
		target, ok := m.imports[specifier].(string)
		if !ok || !c.importMapTarget(target) {
			continue
		}
		key, _ := c.modules.key(specifier)
		if _, ok := c.modules.imports[key]; !ok {
			c.modules.imports[key] = target
		}
	}
	for _, scope := range slices.Sorted(maps.Keys(m.scopes)) {
		for _, specifier := range slices.Sorted(maps.Keys(m.scopes[scope])) {
			if target, ok := m.scopes[scope][specifier].(string); ok {
				c.importMapTarget(target)
			}
		}
	}
}

// importMapTarget takes a URL of an import map, and reports whether it is one.
func (c *collector) importMapTarget(target string) bool {
	if !isURLLike(target) {
		return false
	}
	c.addModule(Load{Directive: "script-src", URL: target, Initiator: ByImportMap}, c.code.at)
	return true
}

// moduleIntegrity takes the integrity of modules in an import map. Not all browsers
// know more maps than one.
func (c *collector) moduleIntegrity(integrity map[string]any) {
	for _, ref := range slices.Sorted(maps.Keys(integrity)) {
		metadata, _ := integrity[ref].(string)
		hashes := integrityHashes(metadata)
		if len(hashes) == 0 || !isURLLike(ref) {
			continue
		}
		c.page.Modules = append(c.page.Modules, ModuleIntegrity{ref, hashes})
		if c.modules.maps == 1 {
			c.modules.integrity[c.modules.absolute(ref)] = true
		}
		c.addURL(Load{Directive: "script-src", URL: ref, Integrity: c.modules.hasIntegrity(ref), Initiator: ByImportMap}, c.code.at)
	}
}

// integrityHashes gives the hashes in the value of an integrity attribute.
func integrityHashes(metadata string) []csp.Hash {
	var hashes []csp.Hash
	for item := range strings.FieldsSeq(metadata) {
		item, _, _ = strings.Cut(item, "?")
		if h, err := csp.ParseHash(item); err == nil {
			hashes = append(hashes, h)
		}
	}
	return hashes
}

// hasIntegrity reports whether an import map has the integrity of a module.
func (m *modules) hasIntegrity(ref string) bool {
	return len(m.integrity) > 0 && m.integrity[m.absolute(ref)]
}
