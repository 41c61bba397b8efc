// Command redirects checks, tests, explains and compiles _redirects files.
//
//	redirects check   [flags] FILE...                   report all mistakes
//	redirects test    [flags] FILE...                   check, and try the "# expect:" lines
//	redirects explain [flags] FILE METHOD URL [Name=value...]   say what comes of a request
//	redirects compile [flags] -o OUTPUT FILE            write the form that a function embeds
//
// Run it with
//
//	go run github.com/edgehelpers/lambdaedge/redirect/redirects check _redirects
//
// The flags are
//
//	-dialect netlify|cloudflare   whose format the file has; netlify if not given
//	-origin URL                   an origin that rules may lead to; may be given again
//	-index NAME                   the page that a folder stands for, such as index.html
//	-tolerate KIND,KIND...        mistakes that are only warnings: chain, duplicate, unreachable,
//	                              and unsupported, whose lines are left out
//	-o OUTPUT                     the file that compile writes
//
// A mistake is a line "FILE:line:column: kind: message" on standard error. The exit
// status is 0 if all is well, 1 if there is a mistake, and 2 if the command line
// has one. FILE may be -, which is standard input. What compile writes is read by
// redirect.Load; it writes nothing if there is a mistake or an expectation is not
// met.
package main
