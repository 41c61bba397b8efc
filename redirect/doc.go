// Package redirect answers requests with redirects: rules that carry the query byte
// for byte, know the page that a request comes from, and never become an open
// redirect.
//
// A form on the index page asks for the index page itself, with a query. This table
// sends such requests on to another page, and those of the index page's own links
// too:
//
//	var table = redirect.MustCompile(redirect.Config{Index: "index.html", Rules: []redirect.Rule{
//		{From: "/index.html", To: "https://{distribution}/other.html", When: redirect.When{HasQuery: true}},
//		{From: "/*", To: "https://{distribution}/other.html", When: redirect.When{HasQuery: true, Referer: []string{"/index.html"}}},
//	}})
//
//	func main() { edge.Start(&edge.Function{ViewerRequest: table.Handle}) }
//
// With Index, "/" is the index page as well as "/index.html". The browser, which
// keeps the Referer across a redirect, then asks for other.html as if from the
// index page; the table lets that pass, since it never redirects a request to where
// it already is. A page of that name on another site is not the Referer's
// "/index.html", nor is one in its query.
//
// For a single answer there is [To], for constants, and [Local], for whatever comes
// from a request.
//
// # Rules
//
// A [Rule] leads From one path, all that begin so, or all of a form, To a path, the
// distribution's own domain, or another origin that [Config.Origins] allows:
//
//	{From: "/blog/*", To: "/news/:splat"}
//	{From: "/:year/:month/:slug.html", To: "/archive/:slug?from=:year-:month", Status: 301}
//	{From: "//old.example/*", To: "https://{distribution}/:splat"}
//	{From: "/api/*", Pass: true}
//
// The first rule that is for a request, and leads elsewhere, is the one. A rule with
// Pass keeps requests from those behind it. Values go into the target once and
// escaped for the place where they land, so that they stay values; a name stands
// wherever its colon does, after a letter too, and any other colon is text. What
// begins a name in a From is a matter of [Syntax]: rules from a host's file are read
// as that host reads them.
//
// # Queries
//
// The viewer's query goes along as it came: its bytes, their order, their escapes.
// A [QueryMode] says otherwise, and lists of names leave parameters out. What a
// browser would have escaped is: controls, spaces, quotation marks, angle brackets
// and all that is not ASCII. CloudFront's events do not tell "/a?" from "/a";
// targets and the URIs of tests do.
//
// # Safety
//
// A Location never leads to an origin that the program has not named, whatever is
// in the request. That is checked for templates when a table is compiled and for
// the whole Location when values are in it: "/old/*" to "/:splat" does not redirect
// "/old//evil.example", which would be a host. Browsers follow the WHATWG URL
// standard, and so do the checks; see [Local].
//
// Redirects end. Compile finds rules that lead in a circle; where only the values
// in a request decide, a table follows the redirect through its own rules before it
// answers with it. A redirect that is refused for any such reason is no redirect:
// the next rule has its turn, and in the end the request goes on. [Table.Explain]
// says why.
//
// # Conditions and caches
//
// A [When] asks about the method, headers, cookies, the query, the Referer, the
// viewer's country and language. At viewer-request that is all there is to it: the
// function runs for every request, and CloudFront does not cache what it answers.
// At origin-request what the function does is cached for all requests with the same
// cache key. [Rule.CacheKey] lists what must be in the key, and with
// [Config.CacheKey] Compile reports what is not. CloudFront tells country, scheme
// and what else is in its own headers at origin-request only; [Config.Trigger] says
// where the table is to run, and Compile which rules can never hold there.
//
// Browsers keep redirects too. So each says how long it may be kept: a permanent
// one without a condition an hour, every other not at all, unless
// [Rule.CacheControl] says otherwise; and in Vary it says which headers have
// decided.
//
// # Mistakes
//
// [Compile] reports all mistakes at once, each as a [*Mistake]: targets off the
// site, loops, chains with the rule that would spare the viewer the detour,
// duplicates, rules that no request gets to, conditions that no request meets. Some
// of them [Config.Tolerate] allows.
//
// # Files and large tables
//
// Package [github.com/edgehelpers/lambdaedge/redirect/rulefile] reads _redirects
// files, and the command redirects checks and compiles them, and files of other
// forms. A compiled table is a string: [Load] takes one that a program embeds
// without reading its rules, so that a million of them are ready at once, and
// [CompileSeq] makes one of rules that come one at a time. There are no regular
// expressions; a table may have 1,000 forms of wildcard rules, and 1,000 rules of
// one form that begin alike, since a lookup may have to try them one by one.
package redirect
