// Package requests is a plain text form for requests and what is expected of their answers.
package requests

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Step is a request with its expectations, or something that happens between requests.
type Step struct {
	Line int    // where it begins, from 1
	Name string // the comment in front of it, or its own first line

	Method, Target string // "" when it is no request
	Header         []Field
	Body           string
	Want           *Want

	Advance    time.Duration // time that passes
	Invalidate string        // a path
}

// A Field is a header's name and value.
type Field struct{ Name, Value string }

// A Want is what is expected of an answer. What is empty is not looked at.
type Want struct {
	Status int
	Cache  string // one of the cache results
	From   string // one of the makers
	Header []Field
	Body   []string // texts that stand in the body
}

// The values of Field.Value in a Want that are no values.
const (
	Absent = "(absent)" // there is no such header
	Any    = "(any)"    // there is one
)

// cacheResults are the words for what the cache did.
var cacheResults = []string{"hit", "miss", "stale", "refresh", "bypass", "collapsed"}

// makers are the words for who made the answer.
var makers = []string{"viewer-request", "origin-request", "origin", "cache", "cloudfront"}

// Parse reads a file. The error has everything that is wrong, each with its line.
func Parse(content string) ([]Step, error) {
	p := &parser{}
	for i, line := range strings.Split(strings.TrimPrefix(content, "\ufeff"), "\n") {
		p.line = i + 1
		p.read(strings.TrimRight(line, " \t\r"))
	}
	for _, s := range p.steps {
		if s.Method != "" && s.Want == nil {
			p.errs = append(p.errs, fmt.Errorf("line %d: %s %s: nothing is expected: want a line such as => 200", s.Line, s.Method, s.Target))
		}
	}
	if len(p.steps) == 0 && len(p.errs) == 0 {
		p.errs = append(p.errs, errors.New("no request: want a line such as GET /index.html, and one such as => 200 under it"))
	}
	return p.steps, errors.Join(p.errs...)
}

type parser struct {
	line    int
	comment string // of the lines since the last step, the last
	steps   []Step
	errs    []error
}

func (p *parser) wrong(format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("line %d: "+format, append([]any{p.line}, args...)...))
}

// read reads a line by how it begins.
func (p *parser) read(line string) {
	text := strings.TrimLeft(line, " \t")
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case text == "":
	case word[0] == '#':
		p.comment = strings.TrimSpace(strings.TrimLeft(text, "#"))
	case word == "=>":
		p.want(rest)
	case word == "|":
		if want := p.open(); want != nil {
			want.Body = append(want.Body, rest)
		}
	case word == "<":
		p.body(rest)
	case strings.HasSuffix(word, ":") || strings.Contains(word, ":") && !strings.HasPrefix(word, "/"):
		p.field(text)
	default:
		p.begin(word, rest)
	}
}

// begin begins a step.
func (p *parser) begin(word, rest string) {
	s := Step{Line: p.line, Name: word + " " + rest}
	if p.comment != "" {
		s.Name = p.comment
	}
	switch word {
	case "advance":
		d, err := time.ParseDuration(rest)
		if err != nil || d <= 0 {
			p.wrong("advance: got %q, want a time such as 90s or 24h", rest)
		}
		s.Advance = d
	case "invalidate":
		if !strings.HasPrefix(rest, "/") {
			p.wrong("invalidate: got %q, want a path such as /index.html or /*", rest)
		}
		s.Invalidate = rest
	default:
		if word != strings.ToUpper(word) || !strings.HasPrefix(rest, "/") || strings.Contains(rest, " ") {
			p.wrong("got %q, want a request such as GET /index.html, a header such as Accept: text/html, or an expectation such as => 200 hit", word+" "+rest)
			return
		}
		s.Method, s.Target = word, rest
	}
	p.comment = ""
	p.steps = append(p.steps, s)
}

// last is the step that lines belong to, which must be a request.
func (p *parser) last() *Step {
	if len(p.steps) == 0 || p.steps[len(p.steps)-1].Method == "" {
		p.wrong("no request stands above it")
		return nil
	}
	return &p.steps[len(p.steps)-1]
}

// open is what is expected of the last request's answer, of which lines above must have told something.
func (p *parser) open() *Want {
	s := p.last()
	if s != nil && s.Want == nil {
		p.wrong("a text of the body stands under a line such as => 200")
		return nil
	}
	if s == nil {
		return nil
	}
	return s.Want
}

func (p *parser) body(text string) {
	s := p.last()
	switch {
	case s == nil:
	case s.Want != nil:
		p.wrong("a request's body stands above its expectation")
	case s.Body != "":
		s.Body += "\n" + text
	default:
		s.Body = text
	}
}

// field reads a header of the request, or one that is expected.
func (p *parser) field(text string) {
	s := p.last()
	name, value, _ := strings.Cut(text, ":")
	f := Field{http.CanonicalHeaderKey(strings.TrimSpace(name)), strings.TrimSpace(value)}
	switch {
	case s == nil:
	case s.Want != nil:
		s.Want.Header = append(s.Want.Header, f)
	default:
		s.Header = append(s.Header, f)
	}
}

// want reads an expectation: a status, and words.
func (p *parser) want(text string) {
	s := p.last()
	if s == nil {
		return
	}
	if s.Want != nil {
		p.wrong("a second expectation for one request")
		return
	}
	s.Want = &Want{}
	words := strings.Fields(text)
	for i := 0; i < len(words); i++ {
		word := words[i]
		status, err := strconv.Atoi(word)
		switch {
		case err == nil && status >= 100 && status <= 599 && i == 0:
			s.Want.Status = status
		case slices.Contains(cacheResults, word):
			s.Want.Cache = word
		case word == "from" && i+1 < len(words) && slices.Contains(makers, words[i+1]):
			i++
			s.Want.From = words[i]
		case word == "from":
			p.wrong("from: want one of %s after it", strings.Join(makers, ", "))
			return
		default:
			p.wrong("=>: got %q, want a status first, then one of %s, or from with one of %s", word, strings.Join(cacheResults, ", "), strings.Join(makers, ", "))
			return
		}
	}
	if len(words) == 0 {
		p.wrong("=>: want a status, for instance => 200")
	}
}
