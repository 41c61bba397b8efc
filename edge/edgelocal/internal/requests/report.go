package requests

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Formats are the forms of a report: the Test Anything Protocol, version 14 (https://testanything.org), and the XML that JUnit's
// readers take (https://github.com/testmoapp/junitxml).
var Formats = map[string]func(w io.Writer, file string, results []Result) error{"tap": writeTAP, "junit": writeJUnit}

// Failed is the number of results that are not as expected.
func Failed(results []Result) (n int) {
	for _, r := range results {
		if len(r.Mistakes) > 0 {
			n++
		}
	}
	return n
}

func writeTAP(w io.Writer, file string, results []Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "TAP version 14\n1..%d\n", len(results))
	for i, r := range results {
		word := "ok"
		if len(r.Mistakes) > 0 {
			word = "not ok"
		}
		// "#" begins a directive (TAP 14, "Test Points").
		fmt.Fprintf(&b, "%s %d - %s\n", word, i+1, strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(printable(r.Name)))
		if len(r.Mistakes) == 0 {
			continue
		}
		fmt.Fprintf(&b, "  ---\n  at: %s\n  mistakes:\n", strconv.Quote(fmt.Sprintf("%s:%d", file, r.Line)))
		for _, m := range r.Mistakes {
			fmt.Fprintf(&b, "    - %s\n", strconv.Quote(m)) // a YAML string in double quotes has Go's escapes for all that is not printable
		}
		b.WriteString("  ...\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// The elements of a JUnit report.
type (
	suite struct {
		XMLName  xml.Name  `xml:"testsuite"`
		Name     string    `xml:"name,attr"`
		Tests    int       `xml:"tests,attr"`
		Failures int       `xml:"failures,attr"`
		Time     string    `xml:"time,attr"` // seconds
		Cases    []oneCase `xml:"testcase"`
	}
	oneCase struct {
		Name    string   `xml:"name,attr"`
		Class   string   `xml:"classname,attr"`
		Line    int      `xml:"line,attr"`
		Time    string   `xml:"time,attr"`
		Failure *failure `xml:"failure"`
	}
	failure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

func writeJUnit(w io.Writer, file string, results []Result) error {
	s := suite{Name: printable(file), Tests: len(results), Failures: Failed(results)}
	var total float64
	for _, r := range results {
		c := oneCase{Name: printable(r.Name), Class: printable(file), Line: r.Line, Time: fmt.Sprintf("%.6f", r.Took.Seconds())}
		if len(r.Mistakes) > 0 {
			c.Failure = &failure{printable(r.Mistakes[0]), fmt.Sprintf("%s:%d\n%s\n", file, r.Line, printable(strings.Join(r.Mistakes, "\n")))}
		}
		total += r.Took.Seconds()
		s.Cases = append(s.Cases, c)
	}
	s.Time = fmt.Sprintf("%.6f", total)
	text, err := xml.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}

// printable has no control characters but the ends of lines: what functions and origins say goes to terminals.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) || c == '\n' {
			return c
		}
		return unicode.ReplacementChar
	}, s)
}
