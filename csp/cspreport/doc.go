// Package cspreport reads the reports that browsers send about violations of a
// Content-Security-Policy, and says what to do about them.
//
//	reports, err := cspreport.Parse(body) // a request's body, whatever the browser
//	for _, r := range reports {
//		log = r.AppendLine(log) // a line of JSON each, safe to print
//	}
//
// and later, of a file of such lines:
//
//	var summary cspreport.Summary
//	for r, err := range cspreport.Read(file) {
//		if err == nil {
//			summary.Add(r)
//		}
//	}
//	for _, g := range summary.Groups() {
//		fmt.Println(g.Count, g.Directive, g.Blocked, g.SourceFile)
//	}
//	suggestion := cspreport.Suggest(policies, summary.Groups(), cspreport.Options{})
//
// Package csphttp collects reports with net/http, package cspedge at the edge, and
// "csplint reports" prints groups and suggestion.
//
// # Forms
//
// There are two media types and, among today's engines, four forms; [Parse] takes
// them all, and those of the last ten years. What the engines say
// differs, too: the fields of [Report] tell how.
//
// # Noise
//
// Extensions, virus scanners and translators change pages in the browser, and what
// they do is reported as if the page did it. [Report.Noise] finds such reports
// by a list, [NoiseRules], in which every rule has its reason and its source. A
// [Summary] leaves them out and counts them.
//
// # Causes
//
// One mistake on a page that is read often makes many reports. A [Summary] puts
// those together that have one [Cause]: effective directive, origin of what was
// blocked or beginning of the code, and the script that did it.
//
// # Suggestions
//
// [Suggest] gives the smallest change to the policies that allows what was reported,
// what each addition opens, in the words of package evaluator, and what it lets
// pages do, in a sentence of [Addition.Effect]. It never adds
// 'unsafe-inline', and says of each report that it does not allow why not.
//
// # What reports cannot tell
//
// Where a redirect led. Which page showed this one in a frame. All of the inline
// code. And whether there was a violation at all: anybody can send a report, of
// any host. A suggestion is for a person to decide on, who asks of every host
// whether the site means to load from there.
//
// # Privacy
//
// Addresses of pages may have names, search words or keys to an account in their
// queries. [Report.AppendLine] leaves these out, with referrers and the browser's
// version; [Report.AppendPersonalLine] writes everything.
package cspreport
