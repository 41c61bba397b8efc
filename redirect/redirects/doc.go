// Command redirects checks, tests, explains and compiles the files in which sites
// keep their redirects, and makes such a file of a built site.
//
//	redirects check FILE...                              report what is wrong with redirects files
//	redirects test FILE...                               check, and try the "# expect:" lines
//	redirects explain FILE METHOD URL [Name=value...]    say what comes of a request, and why
//	redirects compile -o OUTPUT FILE                     write the form that a function embeds
//	redirects crawl DIR                                  write the redirects of a built site's pages
//
// "redirects -h" lists the flags, which may stand anywhere.
//
// # Files
//
// FILE is a _redirects file of Netlify or, with -dialect cloudflare, of Cloudflare:
// see package [github.com/edgehelpers/lambdaedge/redirect/rulefile]. It may also be
// one of the forms of package
// [github.com/edgehelpers/lambdaedge/redirect/redirects/forms]: lists of pairs as CSV
// or JSON, the website configuration of an S3 bucket, vercel.json, the redirects of
// Next.js, netlify.toml, .htaccess. The form is told by the name and the content; with
// -format it is the one given. Something else, such as a map of nginx, is named as
// what it is.
//
// # Mistakes and notes
//
// A mistake is a line "FILE:line:column: kind: message" on standard error, and a note
// is a line "FILE:line:column: note: kind: message". They come in the order of lines.
// Of those that are alike the first ones are printed, and how many there are more.
// Standard output has how many rules, mistakes and notes there are.
//
// What the site's host does not mind is a note:
//
//	unsupported   the line asks for something else than a redirect; its requests pass on
//	dropped       the site never had this one: the host refuses it, or takes fewer
//	placeholder   something in a target looks like a value and is none
//	syntax        the host reads this in another way than it looks
//	chain         the rule leads to a path that another rule redirects again
//	duplicate     an earlier rule is for the same requests
//	unreachable   earlier rules take all of its requests
//	shadowing     at Netlify a page that exists comes before rules like this one
//	trigger       the rule has to run at origin-request; with -trigger viewer-request a mistake
//
// With -strict notes count as mistakes; -tolerate lists kinds that then do not, and
// kinds of mistakes that only are notes: empty (nothing in the file redirects),
// referer (the Referer asked for is one that browsers do not send) and trigger.
//
// Sites that rules lead to have to be allowed: check lists those that are missing, as
// lines to put into the file. Each is "# origin:" and the URL of the site; -origin
// says the same.
//
// # Triggers
//
// CloudFront tells the viewer's country and the scheme of a request to origin-request
// functions only. check, test and explain say how many rules have to run there, and
// with -trigger origin-request what must be in the cache key, in the words of a cache
// policy.
//
// # Streams
//
// FILE may be -, which is standard input; OUTPUT may be -, which is standard output.
// With -json standard output has one JSON object with all that there is to say, every
// mistake and note in it. What comes from files is printed with its control
// characters escaped.
//
// What compile writes is read by redirect.Load; it writes nothing if there is a
// mistake or an expectation is not met.
//
// # Exit status
//
//	0  all is well
//	1  there are mistakes in rules, or an expectation is not met
//	2  wrong usage, or a file could not be read or written
//
// # A site that moves
//
//	redirects check _redirects                    # mistakes, notes, sites to allow
//	redirects explain _redirects GET /old/page    # one request
//	redirects test _redirects                     # the "# expect:" lines
//	redirects compile -o redirects.bin _redirects
package main
