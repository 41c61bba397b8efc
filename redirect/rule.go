package redirect

// A Rule says which requests are redirected, and where to.
type Rule struct {
	_ [0]func()

	// From is the path that the rule is for:
	//
	//	/about            this path
	//	/blog/*           every path that begins so; the rest is :splat
	//	/blog/:year/:slug a segment, or a part of one, for each name
	//	/wiki/C\:Drive    a backslash makes a colon or a star text, see Quote
	//
	// What begins a name is a matter of Config.Syntax. A splat holds the slash or
	// the index page at the end of a path even where Config.IgnoreSlash and
	// Config.Index match without.
	//
	// Before the path may stand the host, as in "//old.example/*" or
	// "https://old.example/*". CloudFront tells the scheme to origin-request
	// functions only, in the CloudFront-Forwarded-Proto header; where it is not
	// known requests count as https, since sending viewers there is the
	// distribution's job.
	//
	// Paths are compared with their escapes in normal form: "/café", "/caf%C3%A9"
	// and "/caf%c3%a9" are the same; "/a%2Fb" and "/a/b" are not.
	From string

	// To is where the rule leads: a path, "https://{distribution}" and a path for
	// the distribution's own domain, or a URL on one of [Config.Origins]. Names
	// that From (or a [When.Query] condition) has captured stand for their values,
	// wherever their colon stands and the longest first, escaped for the place
	// where they land. A value is put in once: names within it are text, and so is
	// any other colon. Compile reports what looks like a name and is none.
	To string

	// Pass makes a rule that does not redirect: a request that it is for goes on, and
	// no later rule has its turn. To, Status and all else that an answer has are then
	// to be left out.
	Pass bool

	// Status is 301, 302, 303, 307 or 308. 0 is 302 for GET and HEAD and 307, which
	// keeps method and body, for the others. A permanent redirect is kept by
	// browsers and search engines, so it has to be asked for.
	Status int

	// Query says what becomes of the viewer's query; the zero value preserves it.
	Query QueryMode

	// AllowQuery and DenyQuery choose the parameters of the viewer's query that go
	// along, by name; a name that ends in * stands for all that begin so, as in
	// utm_*. Those that go keep their order and their bytes. Empty lists choose
	// all.
	AllowQuery, DenyQuery []string

	// The rule is for requests for which all of When holds, and not all of Unless.
	// The zero When holds for all requests; the zero Unless for none.
	When, Unless When

	// CacheControl is the Cache-Control header of the answer. "" says "no-store",
	// but "public, max-age=3600" for a permanent redirect without a condition.
	CacheControl string

	// Line is the line of the file that the rule comes from, 0 for none. It is for
	// messages only.
	Line int
}

// A QueryMode says what becomes of the viewer's query in a redirect. No mode
// decodes or encodes parameters: what goes along are the bytes that came.
type QueryMode uint8

const (
	// Preserve carries the viewer's query, every byte of it. If the target has a
	// query, the viewer's is appended to it.
	Preserve QueryMode = iota

	// Merge carries the target's parameters, then those of the viewer's that have
	// other names.
	Merge

	// TargetWins carries the target's query if it has one, else the viewer's.
	TargetWins

	// Drop carries the target's query alone.
	Drop
)

// A When is a list of conditions on a request: all fields that are set must hold.
type When struct {
	_ [0]func()

	// Method is the methods, any of which must be the request's: GET includes HEAD.
	Method []string

	// HasQuery asks for a query that is not empty.
	HasQuery bool

	// Header, Cookie and Query ask for headers, cookies and parameters of the
	// query, all of them.
	Header, Cookie, Query []Field

	// Referer is the referring pages, any of which must be the request's. The
	// referring page's scheme, port and query are never looked at.
	//
	//	/index.html          that page of this site
	//	/docs/*              all pages of this site that begin so
	//	self                 any page of this site: the Host header's or the distribution's domain
	//	www.example.com      any page of that host
	//	*.example.com        any page of any host below example.com
	//	.example.com         the same and example.com
	//	www.example.*        any page of www.example.com, www.example.org and so on
	//	example.com/docs/*   a host and a path, in each of these forms: see below
	//	blocked              a Referer that something on the way has made unreadable
	//	none                 no Referer
	//
	// Browsers and proxies leave the Referer out for many reasons, so a rule that
	// asks for it is never for a request without, neither by When nor by Unless,
	// except if the list says none.
	//
	// Of a page of another site browsers tell the origin and not the path, unless
	// that site asks for it (their default policy is
	// strict-origin-when-cross-origin: Referrer Policy, section 3). So a path of
	// another host hardly ever matches, and Compile reports one; that of this site
	// is there.
	Referer []string

	// Country is the viewer's countries, two letters each, any of which must be the
	// request's. CloudFront tells it to origin-request functions only, in the
	// CloudFront-Viewer-Country header; where it is not known, the rule is not for
	// the request. See Config.Trigger.
	Country []string

	// Language is the languages, such as "fr" or "pt-BR", one of which must be the
	// one that the viewer gets: see [Config.Languages].
	Language []string
}

// A Field asks for a header, a cookie or a parameter by name. The names of headers
// are case-insensitive, others are not.
type Field struct {
	Name string

	// Value is the value; if it ends in *, what the value begins with. "" is any
	// value, even an empty one. For a parameter, ":name" is any value too, and
	// captures it for [Rule.To]; the name may have hyphens and dots.
	Value string
}
