package forms

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// readHtaccess reads the redirects of Apache's mod_alias. They are tried in their
// order: the manual, mod_alias, "Order of Processing".
func readHtaccess(fb *fileBuilder, text string) {
	// A group takes as much as it can, wherever it stands, as Cloudflare's names do.
	fb.file.Syntax = redirect.Cloudflare
	h := &htaccessReader{fileBuilder: fb}
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		h.addLine(number, strings.TrimSuffix(line, "\r"))
	}
	h.directive()
	h.finish()
}

// An htaccessReader reads lines.
type htaccessReader struct {
	*fileBuilder
	line         []byte // that may go on in the next
	at           []position
	sections     []section
	ignored      []string // directives that do not redirect
	firstIgnored position // the first of them
}

// A section is what a line such as <If ...> begins.
type section struct {
	name          string
	unconditional bool // what is in it holds for all requests
}

// addLine puts a line behind what is there. A line that ends in a backslash goes on
// in the next.
func (h *htaccessReader) addLine(number int, line string) {
	before, more := strings.CutSuffix(line, `\`)
	if h.line == nil {
		trimmed := strings.TrimLeft(before, " \t")
		h.at = append(h.at[:0], position{number, len(before) - len(trimmed) + 1})
		before = trimmed
		h.line = []byte{}
	} else {
		h.at = append(h.at, position{number, 0})
	}
	h.line = append(h.line, before...)
	if !more {
		h.directive()
	}
}

// directive reads what join has put together.
func (h *htaccessReader) directive() {
	line := strings.TrimSpace(string(h.line))
	h.line = nil
	if line == "" || line[0] == '#' {
		return
	}
	at := h.at[0]
	if line[0] == '<' {
		h.section(line)
		return
	}
	name := strings.Fields(line)[0]
	switch strings.ToLower(name) {
	case "redirect", "redirecttemp", "redirectpermanent", "redirectmatch":
		if words, ok := h.words(line); ok && h.isUnconditional(at, name) {
			h.redirect(strings.ToLower(name), words)
		}
	case "rewriterule", "rewritecond":
		h.rewrite(name, line, at)
	default:
		if h.ignored == nil {
			h.firstIgnored = at
		}
		h.ignored = append(h.ignored, name)
	}
}

// section reads the beginning or the end of a section.
func (h *htaccessReader) section(line string) {
	words := append(strings.Fields(strings.Trim(line, "<>")), "", "")
	if strings.HasPrefix(words[0], "/") {
		if len(h.sections) > 0 {
			h.sections = h.sections[:len(h.sections)-1]
		}
		return
	}
	module := strings.EqualFold(words[0], "IfModule") && !strings.HasPrefix(words[1], "!")
	h.sections = append(h.sections, section{words[0], module})
}

// isUnconditional reports whether what stands here holds for all requests.
func (h *htaccessReader) isUnconditional(at position, name string) bool {
	for _, s := range h.sections {
		if !s.unconditional {
			h.fail(at, rulefile.Unsupported, "%s within <%s>, whose condition is not read; write it without, or as a rule of a _redirects file", name, s.name)
			return false
		}
	}
	return true
}

// rewrite reports what mod_rewrite is to do.
func (h *htaccessReader) rewrite(name, line string, at position) {
	switch {
	case strings.EqualFold(name, "RewriteCond"):
		h.fail(at, rulefile.Unsupported, "RewriteCond is a condition of the RewriteRule behind it, which is not read")
	case hasRedirectFlag(line):
		h.fail(at, rulefile.Unsupported, "RewriteRule is not read; write it as Redirect or RedirectMatch, or as a rule of a _redirects file")
	default:
		h.fail(at, rulefile.Unsupported, "RewriteRule without the flag R is a rewrite, which is no redirect; if it is for pages of an application set the distribution's error pages")
	}
}

// hasRedirectFlag reports whether the flags at the end of a line, as in [R=301,L],
// have an R.
func hasRedirectFlag(line string) bool {
	flags, ok := strings.CutSuffix(line[strings.LastIndexByte(line, '[')+1:], "]")
	for flag := range strings.SplitSeq(strings.ToUpper(flags), ",") {
		name, _, _ := strings.Cut(strings.TrimSpace(flag), "=")
		if ok && (name == "R" || name == "REDIRECT") {
			return true
		}
	}
	return false
}

// finish says what else there is.
func (h *htaccessReader) finish() {
	if h.ignored == nil {
		return
	}
	slices.Sort(h.ignored)
	names, more := slices.Compact(h.ignored), ""
	if len(names) > 5 {
		names, more = names[:5], " and others"
	}
	h.note(h.firstIgnored, rulefile.Unsupported, "directives that do not redirect are left out: %s%s", strings.Join(names, ", "), more)
}
