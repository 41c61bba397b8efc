package rulefile

import "github.com/edgehelpers/lambdaedge/redirect"

// A Dialect is a host's way to write and to read _redirects files.
type Dialect uint8

const (
	// Netlify is the format of Netlify's documentation:
	//
	//	from [name=value...] to [status[!]] [Condition=value,value...]
	//
	// From is a path or a URL. A segment that begins with a colon is a placeholder,
	// and a * at the end of a segment is the splat; all else is text. A name=value
	// before the target asks for a parameter of the query; name=:name captures it.
	// The status is 301 if there is none. Conditions are Country, Language and
	// Cookie; Referer and Method are this package's. CloudFront tells the country
	// to origin-request functions only: see [redirect.When]. "/docs" and "/docs/"
	// are the same path.
	//
	// The viewer's query goes along unless the target has its own or the rule asks
	// for parameters. Where Netlify would first look for a file, and redirect only
	// if there is none or the status has an exclamation mark, a function in front
	// of the cache does not know files: all rules are as if they had the mark. A
	// line "/page /page 200" before such a rule keeps a page that is to stay.
	// [File.Shadowed] tells of the rules without the mark that have a * or a
	// placeholder.
	//
	// A rule with a splat does not lead to itself: requests whose path begins as
	// its target does pass, whatever its conditions are, as in Netlify's matcher.
	// "/* /en/:splat 302" is for all but /en.
	//
	// Rewrites (200), error pages (404 and others), Role and Sign are no redirects:
	// such lines let their requests pass on to the origin, so that no later line
	// takes them, and there is a note for each.
	Netlify Dialect = iota

	// Cloudflare is the format of Cloudflare Pages and Workers:
	//
	//	from to [status]
	//
	// From is a path. A colon and a letter begin a placeholder wherever they stand,
	// and a * is the splat. The status is 302 if there is none. "/docs" and "/docs/"
	// are different paths. The viewer's query goes along unless the target has its
	// own. Rewrites (200) let their requests pass on to the origin.
	//
	// Cloudflare takes 2,000 rules, 100 from the first with a placeholder or a *
	// on, and lines of 2,000 characters. Here all lines redirect, and notes say
	// which of them the site has not had before.
	Cloudflare
)

// String returns the name of the dialect, as in "netlify".
func (d Dialect) String() string {
	if d == Cloudflare {
		return "cloudflare"
	}
	return "netlify"
}

// syntax returns what package redirect takes for names in a source.
func (d Dialect) syntax() redirect.Syntax {
	if d == Cloudflare {
		return redirect.Cloudflare
	}
	return redirect.Netlify
}

// host returns the name of the host.
func (d Dialect) host() string {
	if d == Cloudflare {
		return "Cloudflare"
	}
	return "Netlify"
}
