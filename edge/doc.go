// Package edge runs Go on Lambda@Edge, the functions of AWS's CDN CloudFront.
//
// A function answers or changes requests and responses at four points, the
// triggers: [ViewerRequest] and [ViewerResponse] run for every request, on either
// side of the cache; [OriginRequest] and [OriginResponse] run when the cache has
// nothing. This one redirects visitors of the old site and adds a header to what
// the origin sends:
//
//	func main() {
//		edge.Start(&edge.Function{
//			ViewerRequest:  moved,
//			OriginResponse: secure,
//		})
//	}
//
//	func moved(_ context.Context, r *edge.Request) (edge.Outcome, error) {
//		if strings.HasPrefix(r.URI, "/old/") {
//			return redirect.To(301, "/new/"), nil
//		}
//		return r, nil
//	}
//
//	func secure(_ context.Context, r *edge.Response) error {
//		r.Header.Set("X-Content-Type-Options", "nosniff")
//		return nil
//	}
//
// # How it runs
//
// Lambda@Edge takes Node.js and Python functions only. The command edge/edgepack
// packs a program with an index module in each of the two languages, whose one
// statement replaces the interpreter by the program; [Start] then serves Lambda's
// Runtime API itself. There is one process and no pipe. Package edge/edgesim plays
// CloudFront, cache and all, on your own machine.
//
// # Laws
//
// What a handler does not touch goes back to CloudFront byte for byte as it came:
// members that this package does not know, the spelling of numbers, the case of
// header keys, the order of entries, and whether a member was absent, null or "".
// So a setting that AWS adds tomorrow is not reset by a function of today.
//
// A [Header] is a value: copying it is a snapshot. A [Body] has three states, which
// are three things to CloudFront. A request handler that decides nothing is
// refused.
//
// An event is read strictly: exact names, valid UTF-8, no member twice, no lone
// surrogate, no U+0000. [Function.Invoke] accepts no text that encoding/json does
// not accept as JSON, never panics by itself, and is safe for concurrent use.
//
// # Rules
//
// CloudFront answers with its 502 page if a function adds a header that it must not
// touch, returns a body that is too large, and so on. Invoke compares what a handler
// returns with what came and reports every breach at once, as [*FieldError]s, before
// CloudFront sees it: in your tests, too. Where AWS's documents contradict
// each other or its practice, the breach is a warning, which Function.Warn gets and
// which never fails. What came from CloudFront and is unchanged is not checked.
//
// # Errors
//
// Errors never let a request through. The event cannot be read, the handler returns
// an error or panics, the outcome breaks a rule: each is reported to Lambda, and the
// viewer gets CloudFront's 503 page.
//
// # Limits
//
// An event may have 6 MB, Lambda's own limit; JSON may nest 64 deep; a header map
// may have 8,192 fields. CloudFront shows a function 40 KB of a request's body in
// viewer-request, 1 MB in origin-request, and nothing of a response's.
// The functions cannot have environment variables: put configuration into the
// program with go build -ldflags -X or go:embed.
//
// # Compatibility
//
// Before version 1 an exported name may change with a line in CHANGELOG.md. A rule
// that AWS changes changes here, too; FieldError.Rule stays the same word for it.
package edge

// The rooms: packages below edge/internal that are in every function. Each may import of this module what stands beside it, and nothing
// else; none knows edge. TestRoomsOfEdge in edge/internal/repo reads this table.
//
//	jsontext    nothing     JSON, read strictly and written as edits of what came
//	header      jsontext    header maps, as they came and as they go back
//	rules       nothing     what CloudFront refuses: rules, header lists, limits
//	awsevent    jsontext    whose event a text is
//	runtimeapi  nothing     the loop of Lambda's Runtime API
//	goruntime   nothing     the Go runtime's settings and its collector
//
// docs/decisions/rooms-of-edge.md says why these and no others.
