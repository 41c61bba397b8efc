package crawl

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// A page is what matters here of an HTML file.
type page struct {
	file      string
	canonical string // what the first canonical link has, "" if there is none
	base      string // what the base element has
	target    string // of the first refresh that browsers follow
	delay     int    // in seconds
	line      int    // of the refresh, 0 if there is none
	reason    string // why the refresh is no redirect, "" if it is one
}

// A scanner reads the elements of a page. It does not build a tree, so that it
// knows where they stand, and broken pages are read like others.
type scanner struct {
	page     *page
	text     []byte
	at, line int // of the current token

	noscript, template int  // how many are open
	inScript           bool // the next text is a script
	decided            bool // there is a refresh that browsers follow
	inNoscript         bool // it is in a noscript element
	scripts            [][]byte
}

// readPage reads an HTML file.
func readPage(file string, text []byte) *page {
	s := scanner{page: &page{file: file}, text: text, line: 1}
	tokens := html.NewTokenizer(bytes.NewReader(text))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			s.checkNoscript()
			return s.page
		}
		raw := tokens.Raw()
		size, lines := len(raw), bytes.Count(raw, []byte{'\n'})
		s.token(kind, tokens, size)
		s.at += size
		s.line += lines
	}
}

// token reads a token of size bytes.
func (s *scanner) token(kind html.TokenType, tokens *html.Tokenizer, size int) {
	switch kind {
	case html.TextToken:
		if s.inScript {
			s.scripts = append(s.scripts, s.text[s.at:s.at+size])
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		s.start(tokens)
		return
	case html.EndTagToken:
		switch name, _ := tokens.TagName(); string(name) {
		case "noscript":
			s.noscript = max(s.noscript-1, 0)
		case "template":
			s.template = max(s.template-1, 0)
		}
	}
	s.inScript = false
}

// start reads a start tag.
func (s *scanner) start(tokens *html.Tokenizer) {
	name, more := tokens.TagName()
	s.inScript = false
	switch string(name) {
	case "script":
		s.inScript = true
	case "noscript":
		// What is in it is for browsers without scripts, and elements for them.
		tokens.NextIsNotRawText()
		s.noscript++
	case "template":
		s.template++
	case "meta", "link", "base":
		if s.template == 0 {
			s.element(string(name), attributes(tokens, more))
		}
	}
}

// attributes returns the attributes that matter, each as it stands first.
func attributes(tokens *html.Tokenizer, more bool) map[string]string {
	values := map[string]string{}
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		switch name := string(key); name {
		case "http-equiv", "content", "rel", "href":
			if _, twice := values[name]; !twice {
				values[name] = string(value)
			}
		}
	}
	return values
}

// element reads a meta, link or base element.
func (s *scanner) element(name string, attributes map[string]string) {
	p := s.page
	href, linked := attributes["href"]
	switch {
	case name == "base" && linked && p.base == "":
		p.base = href
	case name == "link" && linked && p.canonical == "" && hasWord(attributes["rel"], "canonical"):
		p.canonical = strings.Trim(href, asciiSpace)
	case name == "meta" && strings.EqualFold(attributes["http-equiv"], "refresh"):
		s.refresh(attributes["content"])
	}
}

// hasWord reports whether one of the words of list is word, in any case.
func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// refresh reads the content of a refresh. The first one that browsers follow counts;
// one in a noscript element only if there is no other.
func (s *scanner) refresh(content string) {
	p := s.page
	inNoscript := s.noscript > 0
	if s.decided && (inNoscript || !s.inNoscript) {
		return
	}
	seconds, target, ok := parseRefresh(content)
	switch {
	case !ok && p.line == 0:
		p.line, p.reason = s.line, fmt.Sprintf("the refresh %q is none that browsers follow", content)
		return
	case !ok:
		return
	}
	s.decided, s.inNoscript = true, inNoscript
	p.target, p.delay, p.line, p.reason = target, seconds, s.line, ""
	switch {
	case target == "":
		p.line = 0 // loads the page again, which nobody takes for a redirect
	case seconds > MaxDelay:
		p.reason = fmt.Sprintf("the page is shown for %d seconds before it leads to %q, so it is no redirect", seconds, target)
	}
}

// checkNoscript looks whether the scripts of a page whose refresh is in a noscript
// element lead there as well. Pages that need scripts lead elsewhere.
func (s *scanner) checkNoscript() {
	p := s.page
	if !s.inNoscript || p.line == 0 || p.reason != "" {
		return
	}
	for _, script := range s.scripts {
		for _, quote := range []string{`"`, `'`} {
			if bytes.Contains(script, []byte(quote+p.target+quote)) {
				return
			}
		}
	}
	p.reason = fmt.Sprintf("the refresh to %q is in a noscript element, and no script of the page leads there", p.target)
}
