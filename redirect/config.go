package redirect

import "github.com/edgehelpers/lambdaedge/edge"

// A Config is rules and what [Compile] has to know of the site.
type Config struct {
	_ [0]func()

	// Rules are tried in order.
	Rules []Rule

	// Syntax says what is a placeholder in a From. The zero value is this package's
	// own; the others read what was written for another host as that host does.
	Syntax Syntax

	// Trigger is where the table is to run, edge.ViewerRequest or
	// edge.OriginRequest. Compile reports rules that can never hold there. The
	// default, "", is viewer-request, or origin-request if there is a CacheKey.
	Trigger edge.Trigger

	// Index is the name of the page that a folder stands for, such as index.html.
	// "/docs/" and "/docs/index.html" are then the same path to rules and to their
	// Referer conditions. If it is "" they are different.
	Index string

	// IgnoreSlash makes "/docs" and "/docs/" the same path to rules and to their
	// Referer conditions, and "/docs/*" a rule for "/docs" too.
	IgnoreSlash bool

	// Origins are the origins besides the site that rules may lead to, each written
	// as "https://www.example.com".
	Origins []string

	// Languages are those that the site is in, the first the default. The viewer
	// gets the one of them that its Accept-Language likes best (RFC 4647, section
	// 3.4), and [When.Language] asks whether that is in its list. If there are
	// none, When.Language asks for the viewer's own first choice.
	Languages []string

	// CacheKey is for a table that runs at origin-request, after CloudFront has
	// looked into its cache: what it answers or lets pass is for all requests with
	// the same cache key. List what is in the key, in the words of [Rule.CacheKey],
	// and Compile reports rules that look at anything else. The default, nil, is
	// for viewer-request, which runs for every request before the cache.
	CacheKey []string

	// Tolerate is the kinds of [Mistake] that Compile is not to report: chain,
	// duplicate, placeholder, referer, trigger, uncached and unreachable. Such
	// tables are safe, only not what they seem.
	Tolerate []string
}
