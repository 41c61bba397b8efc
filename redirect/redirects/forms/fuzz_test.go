package forms_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// FuzzRead: whatever is read, what is said of it has a line of the file, every rule
// has a place, and what is wrong with the rules can be located.
func FuzzRead(f *testing.F) {
	for i, text := range []string{
		"from,to,status\n/a?b=c,/d/*,302\n\"/x\"\";/y",
		`{"a": ["/b", 1], "redirects": [{"from": ["/c"], "to": null}, [1, {}]]}`,
		"<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a</KeyPrefixEquals></Condition><Redirect/></RoutingRule></RoutingRules>",
		`{"redirects": [{"source": "/:a(b|c)/:d*(.*)\\:", "destination": "/:a$2", "has": [{"type": "query", "key": "x", "value": "(?<y>.*)"}]}]}`,
		`[{"source": "/v:a.:b?", "destination": ":a", "statusCode": 410, "missing": [{"type": "host", "value": "a|b"}]}]`,
		"[[redirects]]\nfrom = \"/a b\"\nto = '#'\nquery.x = \":y\"\n[redirects.conditions]\nCountry = [\"ch\"]\n",
		"<IfModule a>\nRedirectMatch 301 \"^/(a|b.*)?/?[cd]$\" \\\n /$1$2\nRedirect gone /x\n</IfModule>",
	} {
		f.Add(uint8(i), text)
	}
	f.Fuzz(func(t *testing.T, n uint8, text string) {
		format := forms.Formats()[int(n)%len(forms.Formats())]
		forms.Detect("_redirects", text)
		file, err := forms.ReadAs(format, text)
		lines := strings.Count(text, "\n") + 1
		inFile := func(e *rulefile.Error) {
			if e.Line < 1 || e.Line > lines || e.Column < 0 || e.Kind == "" || e.Message == "" {
				t.Fatalf("%v of %d lines", e, lines)
			}
		}
		for _, err := range joined(err) {
			e, ok := errors.AsType[*rulefile.Error](err)
			if !ok {
				t.Fatalf("%v is no *rulefile.Error", err)
			}
			inFile(e)
		}
		for _, note := range file.Notes {
			inFile(note)
		}
		if err == nil && len(file.Rules) == 0 {
			t.Fatal("no rules, and nothing is wrong")
		}
		if len(file.Places) != len(file.Rules) {
			t.Fatalf("%d places of %d rules", len(file.Places), len(file.Rules))
		}
		for i, r := range file.Rules {
			if at := file.Places[i]; r.Line != at.Line || r.Line < 1 || r.Line > lines || at.ToLine > lines {
				t.Fatalf("rule %d of line %d is at %v", i, r.Line, at)
			}
		}
		_, err = redirect.Compile(file.Config())
		for _, err := range joined(err) {
			if m, ok := errors.AsType[*redirect.Mistake](err); ok {
				if e := file.Locate(m); e != nil {
					inFile(e)
				}
			}
		}
	})
}

// FuzzNothingIsLost: each redirect of a file is a rule, or something is said of it.
func FuzzNothingIsLost(f *testing.F) {
	f.Add("/a", "/b", "301")
	f.Add("/a/*", "/b/:splat", "200!")
	f.Add("/:a(x|y)?/b", "https://c.example/:a*#d", "gone")
	f.Add("^/a(.*)$", "/b$1", "permanent")
	f.Add("example.com", "", "#")
	f.Add("", "//x", "\"")
	f.Add("/.netlify/x", "/y z", "true")
	f.Fuzz(func(t *testing.T, from, to, status string) {
		if !isLine(from) || !isLine(to) || !isLine(status) || strings.TrimSpace(from+to+status) == "" {
			t.Skip("a line of this may be less or more than a redirect")
		}
		for _, d := range documents() {
			lines := []string{d.line("/first", "/x", "301"), d.line(from, to, status), d.line("/last", "/x", "302")}
			text := d.begin + strings.Join(lines, d.between+"\n") + d.end
			file, err := forms.ReadAs(d.format, text)
			told := map[int]bool{}
			for _, r := range file.Rules {
				told[r.Line] = true
			}
			for _, n := range file.Notes {
				told[n.Line] = true
			}
			for _, err := range joined(err) {
				e, _ := errors.AsType[*rulefile.Error](err)
				told[e.Line] = true
			}
			first := strings.Count(d.begin, "\n") + 1
			if !told[first] || !told[first+1] || !told[first+2] {
				t.Fatalf("%v: something is lost:\n%s\n%d rules, %v", d.format, text, len(file.Rules), err)
			}
		}
	})
}

// A document is a file that has a line for each redirect.
type document struct {
	format              forms.Format
	begin, between, end string
	line                func(from, to, status string) string
}

func documents() []document {
	quote := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			panic(err)
		}
		return string(b)
	}
	escape := func(s string) string {
		var b strings.Builder
		if err := xml.EscapeText(&b, []byte(s)); err != nil {
			panic(err)
		}
		return b.String()
	}
	double := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	return []document{
		{forms.CSV, "from,to,status\n", "", "", func(from, to, status string) string {
			return double(from) + "," + double(to) + "," + double(status)
		}},
		{forms.JSON, "[\n", ",", "]", func(from, to, status string) string {
			return fmt.Sprintf(`{"from": %s, "to": %s, "status": %s}`, quote(from), quote(to), quote(status))
		}},
		{forms.S3, "<RoutingRules>\n", "", "</RoutingRules>", func(from, to, status string) string {
			return fmt.Sprintf("<RoutingRule><Condition><KeyPrefixEquals>%s</KeyPrefixEquals></Condition><Redirect><ReplaceKeyWith>%s</ReplaceKeyWith>"+
				"<HttpRedirectCode>%s</HttpRedirectCode></Redirect></RoutingRule>", escape(from), escape(to), escape(status))
		}},
		{forms.Vercel, "[\n", ",", "]", func(from, to, status string) string {
			return fmt.Sprintf(`{"source": %s, "destination": %s, "has": [{"type": "query", "key": "x", "value": %s}]}`, quote(from), quote(to), quote(status))
		}},
		{forms.Next, "[\n", ",", "]", func(from, to, status string) string {
			return fmt.Sprintf(`{"source": %s, "destination": %s, "permanent": true, "has": [{"type": "host", "value": %s}]}`, quote(from), quote(to), quote(status))
		}},
		{forms.Netlify, "redirects = [\n", ",", "]", func(from, to, status string) string {
			return fmt.Sprintf(`{from = %s, to = %s, status = %s}`, quote(from), quote(to), quote(status))
		}},
		{forms.Htaccess, "Options None\n", "", "", func(from, to, status string) string {
			return fmt.Sprintf(`RedirectMatch "%s" "%s" "%s"`, status, from, to)
		}},
		{forms.Htaccess, "Options None\n", "", "", func(from, to, status string) string {
			return fmt.Sprintf(`Redirect %s "%s" "%s"`, status, from, to)
		}},
	}
}

// isLine reports whether s is text that goes into a line of each format.
func isLine(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r >= 0xfff0 })
}
