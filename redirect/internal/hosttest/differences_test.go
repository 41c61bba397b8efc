package hosttest_test

import (
	"slices"
	"strings"
)

// A difference is one between a host and this module that is meant. It has one of two functions, or both.
type difference struct {
	name     string
	dialects string
	reason   string

	// read changes the file or the request to what the host makes of them.
	read func(x *exchange)

	// write changes the answers of host and module to what they would be if it were not for the difference.
	write func(x *exchange, host, here string) (string, string)
}

// The dialects of a difference.
const (
	netlify    = "netlify"
	cloudflare = "cloudflare"
	both       = "netlify cloudflare"
)

// differences are all that there are.
func differences() []difference {
	return slices.Concat(fileDifferences(), requestDifferences(), queryDifferences(), valueDifferences(), locationDifferences(), answerDifferences())
}

// fileDifferences are about what stands in a file.
func fileDifferences() []difference {
	return []difference{
		{name: "escaped-source", dialects: netlify, reason: "a source with an escape, or a URL that gets one, is compared with the decoded path, and never matches",
			read: without(func(l line) bool {
				return strings.Contains(l.from, "%") || strings.Contains(l.from, "://") && browserForm(l.from) != l.from
			})},
		{name: "double-slash-source", dialects: netlify, reason: "a source ends where two slashes stand",
			read: func(x *exchange) { x.change(func(l *line) { l.from = beforeDoubleSlash(l.from) }) }},
		{name: "condition-alone", dialects: netlify, reason: "a condition without a status before it is refused; what it means is clear",
			read: without(func(l line) bool { return strings.Contains(strings.Fields(l.rest + " .")[0], "=") })},
		{name: "role", dialects: netlify, reason: "nobody here can tell who has a role, so what such a rule is for passes on",
			read: without(func(l line) bool { return strings.Contains(l.rest, "Role=") })},
		{name: "http-target", dialects: cloudflare, reason: "targets with http:// are refused; what they mean is clear",
			read: without(func(l line) bool { return strings.HasPrefix(l.to, "http://") })},
		{name: "proxy", dialects: cloudflare, reason: "a rewrite to another host is refused, so that a later line takes what it is for; here that passes on",
			read: func(x *exchange) {
				refused := map[string]bool{} // and those that have the same source are refused as duplicates
				x.change(func(l *line) {
					if refused[l.from] = refused[l.from] || l.rest == "200" && strings.Contains(l.to, "://"); refused[l.from] {
						*l = line{}
					}
				})
			}},
	}
}

// requestDifferences are about what comes with a request.
func requestDifferences() []difference {
	return []difference{
		{name: "language", dialects: netlify, reason: "the command line takes the first language's two letters, and en for none; here the viewer's first choice counts",
			read: func(x *exchange) { x.headers["Accept-Language"] = (x.headers["Accept-Language"] + "en")[:2] }},
		{name: "country", dialects: netlify, reason: "the command line takes everybody for an American; here the country is not known",
			read: func(x *exchange) {
				if x.headers["CloudFront-Viewer-Country"] == "" {
					x.headers["CloudFront-Viewer-Country"] = "US"
				}
			}},
		{name: "empty-cookie", dialects: netlify, reason: "the command line takes a cookie without a value for none",
			read: func(x *exchange) { x.headers["Cookie"] = strings.TrimSuffix(x.headers["Cookie"], "x=") }},
		{name: "escaped-slash", dialects: netlify, reason: "the matcher sees a decoded path; here an escaped slash does not end a segment",
			read: func(x *exchange) { x.url = strings.ReplaceAll(x.url, "%2F", "/") }},
		{name: "double-slash-request", dialects: netlify, reason: "the matcher takes // within a path for one slash where a rule has a name or a splat",
			read: func(x *exchange) {
				if path := strings.TrimPrefix(x.url, x.origin()); strings.Contains(path, "//") {
					x.url = x.origin() + strings.Replace(path, "//", "/", 1)
					without(func(l line) bool { return !strings.ContainsAny(l.from, ":*") })(x)
				}
			}},
		{name: "repeated-parameter", dialects: netlify, reason: "of a parameter that is there twice the matcher takes the last; here the first counts, as it does elsewhere",
			read: func(x *exchange) { x.url = repeated.ReplaceAllString(x.url, "${1}") }},
		{name: "spelling", dialects: cloudflare, reason: "escapes are compared byte for byte, and stay as they are; here they are brought into normal form",
			read: maskEscapes, write: func(_ *exchange, host, here string) (string, string) {
				return host, strings.ReplaceAll(here, mask, "%")
			}},
	}
}

// queryDifferences are about the viewer's query.
func queryDifferences() []difference {
	return []difference{
		{name: "parameters-stay", dialects: netlify, reason: "the parameters that a rule asks for do not go along; the command line appends the query",
			write: func(x *exchange, host, here string) (string, string) {
				if !strings.Contains(x.rule().query, "=") || host != x.host.String() {
					return host, here
				}
				return status(host) + x.host.Plain, here
			}},
		{name: "query-anew", dialects: netlify, reason: "the command line writes the viewer's query anew; here its bytes go along",
			write: func(x *exchange, host, here string) (string, string) {
				if x.host.Status == 0 || host != x.host.String() {
					return host, here
				}
				return status(host) + withQuery(x.host.Plain, x.query()), here
			}},
	}
}

// valueDifferences are about what targets are filled with.
func valueDifferences() []difference {
	return []difference{
		{name: "value-once", dialects: both, reason: "a value is put in once: names in it are the viewer's text",
			write: filled(func(x *exchange) bool { return x.valueHasName() })},
		{name: "longest-name", dialects: netlify, reason: "of two names that begin alike the longest is meant",
			write: filled(func(x *exchange) bool { return startAlike(x.rule().names(x.dialect)) })},
		{name: "decoded-values", dialects: netlify, reason: "the matcher sees a decoded path, so that an escaped ? of a value is one in the target; here a value stays a value",
			write: func(x *exchange, host, here string) (string, string) {
				plain, ok := x.withoutQuery(here)
				if !ok || x.host.Status == 0 {
					return host, here
				}
				return status(host) + decode(x.host.To), decode(plain)
			}},
		{name: "whole-splat", dialects: netlify, reason: "the matcher cuts the slash that the splat of a /text* begins with; here it is what stands there",
			write: func(x *exchange, host, here string) (string, string) {
				if !inSegment.MatchString(x.rule().from) {
					return host, here
				}
				return strings.ReplaceAll(host, "/", ""), strings.ReplaceAll(here, "/", "")
			}},
		{name: "plus", dialects: netlify, reason: "the matcher writes a space in a parameter as a plus, which in a path is none",
			write: func(x *exchange, host, here string) (string, string) {
				if !strings.Contains(x.rule().query, "=:") {
					return host, here
				}
				space := strings.NewReplacer("+", " ", "%20", " ")
				return space.Replace(host), space.Replace(here)
			}},
		{name: "escaped-values", dialects: cloudflare, reason: "a value in a query or a fragment is escaped for its place",
			write: func(x *exchange, host, here string) (string, string) {
				if !strings.ContainsAny(x.rule().to, "?#") {
					return host, here
				}
				return decode(host), decode(here)
			}},
		{name: "dollar", dialects: cloudflare, reason: "the worker's replacement takes $$ in a value for one $",
			write: func(_ *exchange, host, here string) (string, string) {
				return host, strings.ReplaceAll(here, "$$", "$")
			}},
	}
}

// locationDifferences are about the writing of a Location.
func locationDifferences() []difference {
	return []difference{
		{name: "double-slash", dialects: cloudflare, reason: "// in a target on the site becomes one slash; here it stays, since S3 knows the difference",
			write: func(_ *exchange, host, here string) (string, string) { return oneSlash(host), oneSlash(here) }},
		{name: "double-slash-host", dialects: cloudflare, reason: "// behind the host of a target becomes one slash",
			write: func(_ *exchange, host, here string) (string, string) {
				return host, behindHost.ReplaceAllString(here, "$1/")
			}},
		{name: "empty-fragment", dialects: cloudflare, reason: "the worker loses a # that has nothing behind it, or cuts the URL in the wrong place; here it stays where it is",
			write: func(x *exchange, host, here string) (string, string) {
				body, empty := strings.CutSuffix(here, "#")
				i := strings.Index(body, "?")
				if !empty || i < 0 || strings.HasPrefix(x.host.Location, "/") {
					return host, body
				}
				target, query := body[:i], body[i:]
				// It counts back from the end of the URL how long the query is, and forgets the #.
				if x.rule().hasQuery() {
					return host, (body + "#")[:len(target)+1] + query
				}
				return host, target + "#" + query
			}},
		{name: "lone-question-mark", dialects: both, reason: "a question mark with nothing behind it stays",
			write: func(_ *exchange, host, here string) (string, string) {
				return loneMark.ReplaceAllString(host, "$1"), loneMark.ReplaceAllString(here, "$1")
			}},
	}
}

// answerDifferences are about what is answered at all.
func answerDifferences() []difference {
	return []difference{
		{name: "stays-here", dialects: both, reason: "nobody is sent to where they are: the next rule has its turn",
			write: under(func(x *exchange) bool { return x.host.Status != 0 && x.leadsHere() })},
		{name: "off-site", dialects: both, reason: "no value becomes a host: the next rule has its turn",
			write: func(x *exchange, host, here string) (string, string) {
				again := x.here.Status != 0 && strings.HasPrefix(x.rule().to, "/:splat") && status(host) == status(here)
				if !x.hasTarget("/:splat") || !strings.HasPrefix(x.host.Location, "/") || again {
					return host, here
				}
				return here, here
			}},
		{name: "broken-escape", dialects: netlify, reason: "the command line throws an error at a path that cannot be decoded",
			write: func(x *exchange, host, here string) (string, string) {
				if x.host.Failed != "" {
					return here, here
				}
				return host, here
			}},
	}
}

// A refusal is a line that the host takes and this module does not.
type refusal struct {
	kind, message string
	reason        string
}

// refusals are all that there are.
func refusals() []refusal {
	return []refusal{
		{"loop", "", "redirects without end, or through the rules again and again"},
		{"syntax", "begins with two slashes", "neither host takes such a source for another site"},
		{"syntax", "leads to another site, which nobody sees", "a target says https:// if it leaves the site"},
		{"invalid", "more than one *", "it is not clear what :splat stands for"},
		{"invalid", "two placeholders", "it is not clear what the name stands for"},
		{"invalid", "has no end", "it is not clear where the name ends and the splat begins"},
	}
}
