// Package forms reads the files in which sites keep their redirects besides
// _redirects, as rules for package redirect:
//
//	file, err := forms.Read("vercel.json", text)
//	...
//	table, err := redirect.Compile(file.Config())
//
// What a format says and a rule cannot is a mistake with its line, and the column
// where that is known; all come at once, and the rules without one are there all the
// same. Nothing is left out in silence: what the format itself leaves out, or what
// works a little differently here, is among the notes. A status that does not
// redirect, such as 410, makes a rule that lets its requests pass on, so that no later
// rule takes them.
//
// Each reader's tables say what it takes. In all of them case matters, in paths as
// everywhere else, and targets on other hosts have to be allowed: see
// redirect.Config.Origins.
//
// # CSV and JSON: pairs
//
//	CSV                                    JSON
//	from,to[,status] with or without       {"/old": "/new", ...}
//	  a line of names; commas, semicolons  {"/old": ["/new", 302], ...}
//	  or tabs; # begins a comment          {"/old": {"to": "/new", "status": 302}, ...}
//	                                       [["/old", "/new", 301], ...]
//	                                       [{"from": "/old", "to": "/new"}, ...]
//	                                       {"redirects": any of these lists}; under other
//	                                         names lists are not supported
//
//	name                  others for it                  meaning
//	from                  source, old, short, ...        a path, or a URL for one host; in JSON a list of these, too
//	to                    target, dest, new, long, ...   a path or a URL
//	status                status code, code, ...         301 if it is left out
//	permanent                                            true is 301, false 302
//	prefix                                               JSON: as from, for all that begins so; to takes its place
//	regex                                                not supported if it is true
//	others                                               noted, not read
//
//	from "/old"           that path; the scheme of a URL does not matter, its host does
//	from "/old?id=7"      that path with that parameter, which does not go along
//	from "old"            /old, as lists of short links have it; no host is without a dot
//	from "/old/*"         all paths that begin so; a to that ends in /* gets the rest
//	from "/a*b", "/a#b"   not supported; no regular expressions either
//	: elsewhere           a colon, with a note if it looks like a placeholder
//	the viewer's query    goes along, unless to has its own
//	order                 does not matter: what says more of a request comes first
//
// # CSV and JSON: Cloudflare's bulk redirects
//
// These are files and objects with Cloudflare's names, and files without names that
// have more than three columns or hosts without a scheme as sources
// (developers.cloudflare.com/rules/url-forwarding/bulk-redirects, pages "CSV file
// format", "URL redirect parameters" and "How Bulk Redirects work"):
//
//	source_url             scheme or none, host, path or none; no query, no fragment
//	target_url             a URL
//	status_code            301 if it is left out
//	preserve_query_string  the viewer's query goes along; it does not if this is left out
//	include_subdomains     not supported if it is true: a rule is for one host
//	subpath_matching       for all paths below the source's, too
//	preserve_path_suffix   the rest of the path goes along; left out in a CSV file it is
//	                       false, with a note, and true in JSON
//
// # S3
//
// The website configuration of a bucket, or its routing rules: XML as in the API,
// JSON as in the console, the command line and CloudFormation (Amazon S3 API
// Reference, RoutingRule, Redirect, Condition, RedirectAllRequestsTo).
//
//	KeyPrefixEquals              the beginning of a key: of a path without its first slash
//	HttpErrorCodeReturnedEquals  not supported: an origin-response function knows it
//	no Condition                 all paths
//	HostName, Protocol           https if there is no Protocol; Protocol alone is not supported
//	ReplaceKeyPrefixWith         takes the place of the beginning
//	ReplaceKeyWith               takes the place of the key
//	HttpRedirectCode             301 if it is left out
//	RedirectAllRequestsTo        HostName and Protocol; the path goes along
//	the viewer's query           goes along, which S3 does not do for all of these
//
// # Vercel and Next.js
//
// The redirects of vercel.json, or what redirects() of next.config.js returns, as
// JSON; also the configuration of Next.js as JSON, with basePath
// (vercel.com/docs/project-configuration, nextjs.org/docs, next.config.js, redirects;
// path-to-regexp 6).
//
//	source                  :name :name? :name* :name+ and (pattern) behind or in the place
//	                        of a name; a path that ends in a slash is one of segments, too
//	pattern                 text, in which a dot is a dot, (?:a|b), x?, [ab], .*, .+, [^/]+;
//	                        others are not supported, braces neither
//	destination             names with or without their sign, and $1
//	permanent, statusCode   308 and 307; Vercel's default is 308, Next.js has none
//	has, missing            type header, cookie, query: any value, a text, or one that begins
//	                        so (text.*); eq and pre of Vercel's objects; type host: a text or
//	                        a choice; only one missing
//	has query (?<name>.*)   or without a value: the destination may have :name
//	header                  x-vercel-ip-country is the viewer's country; no other x-vercel-
//	basePath, locale        basePath is put before both unless it is false; a file with
//	                        i18n has to say locale: false
//	internal                left out with a note
//	the viewer's query      goes along; the destination's parameters win
//	trailingSlash           paths with and without the slash are the same; so they are in
//	                        Next.js
//	cleanUrls, bulkRedirectsPath  noted, not read
//	routes                  not supported if they redirect
//
// # netlify.toml
//
// The [[redirects]] at the top of the file, read as the lines of a _redirects file
// that say the same: see package rulefile. In Netlify's order they come after those of
// _redirects.
//
//	from, to, status, force, query, conditions  as in _redirects; conditions are texts
//	                                            or lists
//	origin, destination, params, parameters     older names of these
//	signed                                      such requests pass on
//	headers, rate_limit                         noted, not read
//	redirects of a context                      noted: Netlify does not take them
//
// # .htaccess
//
// The directives of Apache's mod_alias, in .htaccess or another file, in their order
// (httpd.apache.org/docs/2.4/mod/mod_alias.html). Words may stand in quotation marks,
// and lines go on behind a backslash.
//
//	Redirect [status] /path URL       the path and all below it; the rest goes along,
//	RedirectTemp, RedirectPermanent   right behind URL as it does in Apache
//	RedirectMatch [status] regex URL  regex as pattern above, with groups, ^ and $; without
//	                                  ^ it has to begin with .*; $1 to $9
//	status                            permanent, temp, seeother, gone or a number; 302 if
//	                                  there is none; one that is not of a redirect passes
//	the viewer's query                goes along, unless URL has its own
//	<IfModule name>                   what is in it is read; in other sections redirects
//	                                  are not supported
//	RewriteRule, RewriteCond          not supported
//	other directives                  noted, not read
package forms
