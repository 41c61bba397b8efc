package edgesim

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
)

// A Terminal prints each request's way through the stages, a line for each stage. Its Print method is a
// [Config.Observe]:
//
//	terminal := &edgesim.Terminal{Writer: os.Stdout}
//	sim, err := edgesim.New(edgesim.Config{Distribution: d, Observe: terminal.Print})
//
// It prints no client address, no cookie and no query string (only a query string's length), and nothing that a
// terminal would take for a command.
type Terminal struct {
	Writer io.Writer // required
	Color  Color     // zero: on a terminal only
	Short  bool      // one line for each request; errors still say why

	mu sync.Mutex
}

// Color says whether a [Terminal] uses colour.
type Color uint8

// The ways to use colour.
const (
	ColorAuto   Color = iota // when Writer is a terminal and the environment variable NO_COLOR is empty (https://no-color.org)
	ColorNever               // in no case
	ColorAlways              // in any case
)

// Print prints a trace. Prints of several requests do not mix.
func (t *Terminal) Print(trace *Trace) {
	p := painter{on: t.colored(), hide: needles(trace)}
	var b strings.Builder
	p.head(&b, trace)
	for i := range trace.Stages {
		if st := &trace.Stages[i]; !t.Short || st.Error != "" {
			p.stage(&b, st)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	io.WriteString(t.Writer, b.String())
}

func (t *Terminal) colored() bool {
	switch t.Color {
	case ColorNever:
		return false
	case ColorAlways:
		return true
	}
	file, ok := t.Writer.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// A painter writes one trace.
type painter struct {
	on   bool
	hide []string // personal data that errors may quote
}

// The colours, as parameters of the SGR sequence (ECMA-48 section 8.3.117).
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

func (p *painter) paint(color, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// head is the line of the request.
func (p *painter) head(b *strings.Builder, t *Trace) {
	path, query, _ := strings.Cut(t.Viewer.Target, "?")
	color := green
	switch {
	case t.Status >= 500:
		color = red
	case t.Status >= 400:
		color = yellow
	case t.Status >= 300:
		color = cyan
	}
	what := t.Viewer.Method + " " + path + showQuery(query)
	if t.Background {
		what += " (in the background)"
	}
	fmt.Fprintf(b, "%s  %s  %s  %s\n", p.paint(bold, clean(what)), p.paint(color, fmt.Sprint(t.Status)),
		clean(t.Result), p.paint(dim, short(t.Duration)))
}

// stage is the line of a stage, and a line for each finding.
func (p *painter) stage(b *strings.Builder, st *Stage) {
	text := clean(strings.Join(st.Notes, "; "))
	if st.Error != "" {
		failure := p.paint(red, "✗ "+clean(p.redact(st.Error)))
		if text != "" {
			text += "; "
		}
		text += failure
	}
	fmt.Fprintf(b, "  %-16s %s  %s\n", st.Name, p.paint(dim, fmt.Sprintf("%7s", short(st.Duration))), text)
	for _, f := range st.Findings {
		mark, color := "✗", red
		if f.Warning {
			mark, color = "!", yellow
		}
		if line := f.String(); line != st.Error {
			fmt.Fprintf(b, "  %-16s %7s  %s\n", "", "", p.paint(color, mark+" "+clean(p.redact(line))))
		}
	}
}

// short is a duration with three digits.
func short(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return d.Round(time.Microsecond).String()
	case d < time.Second:
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}

// clean makes text fit to print: whatever is not printable (control characters, changes of the writing
// direction) is escaped.
func clean(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsPrint(r) && r != unicode.ReplacementChar:
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// needles are the parts of a viewer's request that are personal data and that an error text may quote: the query
// string, cookies, the address.
func needles(t *Trace) (found []string) {
	add := func(values ...string) {
		for _, s := range values {
			if len(s) > 2 {
				found = append(found, s)
			}
		}
	}
	_, query, _ := strings.Cut(t.Viewer.Target, "?")
	add(query)
	pairs, _ := url.ParseQuery(query)
	for _, values := range pairs {
		add(values...)
	}
	for pair := range strings.SplitSeq(query, "&") {
		_, value, _ := strings.Cut(pair, "=")
		add(value)
	}
	for _, name := range []string{"Cookie", "Authorization"} {
		for _, line := range t.Viewer.Header[name] {
			add(line)
			for pair := range strings.SplitSeq(line, ";") {
				_, value, _ := strings.Cut(pair, "=")
				add(value)
			}
		}
	}
	add(t.Viewer.Client)
	for _, name := range []string{"X-Forwarded-For", "X-Real-Ip", "X-Mock-Cloudfront-Viewer-Address"} {
		for _, line := range t.Viewer.Header[name] {
			add(line)
			for address := range strings.SplitSeq(line, ",") {
				add(strings.TrimSpace(address))
			}
		}
	}
	return found
}

// redact takes personal data out of an error text.
func (p *painter) redact(s string) string {
	for _, needle := range p.hide {
		s = strings.ReplaceAll(s, needle, "…")
	}
	return function.Shorten(s, 500)
}
