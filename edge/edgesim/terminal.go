package edgesim

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// A Terminal prints each request's way through the stages, a line for each stage, and one for each thing that is wrong. Its Print
// method is a [Config.Observe]:
//
//	terminal := &edgesim.Terminal{Writer: os.Stdout}
//	sim, err := edgesim.New(edgesim.Config{Distribution: d, Observe: terminal.Print})
//
// It prints no client address, no cookie, no credentials and no query string (only a query string's length), and nothing that a
// terminal would take for a command. What functions and origins say of an error may quote them, whole, in part and escaped: of these
// texts no eight bytes in a row are printed that such a value has, too, nor one of 3 to 7 bytes that stands by itself; "…" takes their
// place. The same holds for request bodies and for request headers that are not known to be harmless. Two things are not hidden:
// paths, wherever they come from, and values of one or two bytes.
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
	p := painter{on: t.colored()}
	var b strings.Builder
	p.head(&b, trace)
	for _, l := range linesOf(trace, t.Short) {
		p.line(&b, l)
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
type painter struct{ on bool }

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
	if !p.on || s == "" || color == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// head is the line of the request.
func (p *painter) head(b *strings.Builder, t *Trace) {
	color := green
	switch {
	case t.Status >= 500:
		color = red
	case t.Status >= 400:
		color = yellow
	case t.Status >= 300:
		color = cyan
	}
	what := t.Viewer.Method + " " + showURL(t.Viewer.Target)
	if t.Background {
		what += " (in the background)"
	}
	fmt.Fprintf(b, "%s  %s  %s  %s\n", p.paint(bold, clean(what)), p.paint(color, fmt.Sprint(t.Status)),
		clean(t.Result), p.paint(dim, short(t.Duration)))
}

// line is the line of a stage or of something that is wrong, and more lines when its text has several.
func (p *painter) line(b *strings.Builder, l line) {
	name, took := "", ""
	if l.stage != nil {
		name, took = string(l.stage.Name), short(l.stage.Duration)
	}
	mark, color := "", ""
	switch l.kind {
	case refusal:
		mark, color = "✗ ", red
	case warning:
		mark, color = "! ", yellow
	}
	for i, text := range printable(l.text) {
		if i > 0 {
			name, took, mark = "", "", strings.Repeat(" ", utf8.RuneCountInString(mark))
		}
		fmt.Fprintf(b, "  %-16s %s  %s\n", name, p.paint(dim, fmt.Sprintf("%7s", took)), p.paint(color, mark+text))
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
