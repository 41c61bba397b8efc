package crawl

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// WriteTo writes the redirects as a _redirects file in Netlify's form, one a line
// with the page that it stands for. Comments say which origins the redirects lead
// to, what is odd and what is left out. Read by package rulefile it gives these
// redirects and no others.
func (s *Site) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	forward := "forward"
	if s.Forwards == 1 {
		forward = "forwards"
	}
	fmt.Fprintf(&b, "# %s of %s that only %s; %s not\n", count(len(s.Found), "redirect"), count(s.Forwards, "page"), forward, others(s.Pages))
	origins := s.origins()
	switch {
	case s.BaseNote != "":
		fmt.Fprintf(&b, "# The site is taken to be at %s, since %s\n", s.Base, s.BaseNote)
	case s.Base != "":
		fmt.Fprintf(&b, "# The site is at %s\n", s.Base)
	case len(origins) > 0:
		b.WriteString("# No page tells where the site is; with -base URL targets on its own host become paths\n")
	}
	for _, origin := range origins {
		fmt.Fprintf(&b, "# origin: %s\n", origin)
	}
	b.WriteByte('\n')
	for _, f := range s.Found {
		for _, note := range f.Notes {
			fmt.Fprintf(&b, "# Note on the next line, %s\n", printable(note))
		}
		fmt.Fprintf(&b, "%s %s %d # %s\n", redirect.Quote(f.From), f.To, f.Status, place(f.File, f.Line))
	}
	if len(s.LeftOut) > 0 {
		b.WriteString("\n# Left out are\n")
	}
	for _, n := range s.LeftOut {
		fmt.Fprintf(&b, "# - %s\n", n)
	}
	return b.WriteTo(w)
}

// count returns a number and what is counted.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

func others(n int) string {
	if n == 1 {
		return "1 other page does"
	}
	return strconv.Itoa(n) + " other pages do"
}

// place returns where something stands, as in "old/index.html:5".
func place(file string, line int) string {
	file = printable(file)
	if line > 0 {
		file += ":" + strconv.Itoa(line)
	}
	return file
}

// printable returns s as it is if all of it can be printed in one line, else quoted.
func printable(s string) string {
	for _, r := range s {
		if !strconv.IsPrint(r) {
			return strconv.Quote(s)
		}
	}
	return strings.ToValidUTF8(s, "\ufffd")
}
