package cspreport_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

func ExampleParse() {
	bodies := []string{
		// report-uri
		`{"csp-report": {"document-uri": "https://www.example.com/", "effective-directive": "img-src", "blocked-uri": "https://cdn.example.net/a.png"}}`,
		// report-to, in Chromium and Firefox
		`[{"type": "csp-violation", "age": 76, "body": {"documentURL": "https://www.example.com/", "effectiveDirective": "script-src-elem", "blockedURL": "inline"}}]`,
		// report-to, in WebKit
		`{"type": "csp-violation", "body": {"documentURL": "https://www.example.com/", "effectiveDirective": "script-src", "blockedURL": "eval"}}`,
	}
	for _, body := range bodies {
		reports, err := cspreport.Parse([]byte(body))
		if err != nil {
			fmt.Println(err)
		}
		for _, r := range reports {
			fmt.Println(r.Directive, r.BlockedURL)
		}
	}
	// Output:
	// img-src https://cdn.example.net/a.png
	// script-src-elem inline
	// script-src eval
}

func ExampleReport_AppendLine() {
	r := cspreport.Report{
		DocumentURL: "https://www.example.com/search?q=illness", Referrer: "https://mail.example.org/",
		BlockedURL: "inline", Directive: "script-src-elem", Sample: "\x1b[2J</script>",
	}
	os.Stdout.Write(r.AppendLine(nil))
	// Output:
	// {"documentURL":"https://www.example.com/search","blockedURL":"inline","effectiveDirective":"script-src-elem","sample":"\u001b[2J\u003c/script\u003e"}
}

func ExampleReport_Noise() {
	r := cspreport.Report{DocumentURL: "https://www.example.com/", BlockedURL: "inline", Directive: "style-src-elem", SourceFile: "chrome-extension"}
	rule, ok := r.Noise()
	fmt.Println(ok, rule.Cause)
	// Output:
	// true an extension of Chromium
}

// What csplint prints for a file of reports.
func ExampleSuggest() {
	file := strings.NewReader(`
{"documentURL":"https://www.example.com/","effectiveDirective":"img-src","blockedURL":"https://cdn.example.net/a.png"}
{"documentURL":"https://www.example.com/shop","effectiveDirective":"img-src","blockedURL":"https://cdn.example.net/b.png"}
{"documentURL":"https://www.example.com/","effectiveDirective":"script-src-elem","blockedURL":"https://js.example.net/v3/"}
{"documentURL":"https://www.example.com/","effectiveDirective":"script-src","blockedURL":"eval","sourceFile":"https://www.example.com/app.js","lineNumber":12}
{"documentURL":"https://www.example.com/","effectiveDirective":"style-src-elem","blockedURL":"inline","sourceFile":"moz-extension"}
`)
	var summary cspreport.Summary
	for r, err := range cspreport.Read(file) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		summary.Add(r)
	}
	for _, g := range summary.Groups() {
		fmt.Println(g.Count, g.Directive, g.Blocked)
	}
	for _, n := range summary.Noise() {
		fmt.Println(n.Count, "left out:", n.Of.Cause)
	}

	policies, _ := csp.ParseList("default-src 'self'; script-src 'self'; object-src 'none'")
	suggestion := cspreport.Suggest(policies, summary.Groups(), cspreport.Options{})
	fmt.Println(suggestion.After)
	for _, a := range suggestion.Additions {
		fmt.Println("+", a)
		for _, f := range a.Opens {
			if f.Severity >= csp.Medium {
				fmt.Println("  opens:", f.Severity, f.Code)
			}
		}
	}
	for _, u := range suggestion.Unresolved {
		fmt.Println("-", u.Reason)
		fmt.Println("  ", u.Mend)
	}
	// Output:
	// 2 img-src https://cdn.example.net
	// 1 script-src eval
	// 1 script-src-elem https://js.example.net
	// 1 left out: an extension of Firefox
	// default-src 'self'; script-src 'self' https://js.example.net; object-src 'none'; img-src 'self' https://cdn.example.net
	// + img-src: add https://cdn.example.net: 2 reports of img-src on https://www.example.com/ and 1 other page
	// + script-src: add https://js.example.net: 1 report of script-src-elem on https://www.example.com/
	//   opens: medium host-scripts
	// - only 'unsafe-eval' allows it, with which every string may become code
	//    find eval, Function, or setTimeout with a string in https://www.example.com/app.js, line 12, and do without; most libraries have a build that does
}
