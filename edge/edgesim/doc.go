// Package edgesim is CloudFront on your own machine: it plays a distribution with its behaviours, its cache, its
// origins and its Lambda@Edge functions, and shows what happened to every request. A [Simulator] is an http.Handler;
// tests use [Simulator.Do], which needs no port.
//
//	sim, err := edgesim.New(edgesim.Config{
//		Distribution: edgesim.Distribution{
//			DefaultRootObject: "index.html",
//			DefaultBehavior: edgesim.Behavior{
//				Origin:      &edgesim.S3Origin{FS: os.DirFS("site")},
//				CachePolicy: edgesim.CachingOptimized(),
//				Functions:   edgesim.Associate(function),
//			},
//		},
//		Observe: (&edgesim.Terminal{Writer: os.Stdout}).Print,
//	})
//
// # The way of a request
//
// The behaviour is chosen by the viewer's path; then come the viewer protocol policy, the allowed methods, the geographic
// restriction, the signature where the behaviour has trusted key groups (package signedurl signs), the viewer-request
// function, the cache, and on a miss the origin-request function, the origin, the origin-response function and the cache
// again; last the viewer-response function. A [Trace] has a [Stage] for each of these that the request passed, with the
// event that a function got, what it returned, and why.
//
// # Functions
//
// Anything with the method Invoke(ctx, []byte) ([]byte, error) is a [Function]: an *edge.Function, a handler of
// aws-lambda-go, a package that runs in its own process. The simulator writes the event's JSON and reads the answer
// as CloudFront does. An error or a panic is CloudFront's 503 page; an answer that CloudFront refuses is its 502
// page; the [Finding] says which rule was broken and what to do.
//
// A [CloudFrontFunction] is JavaScript for CloudFront Functions; it runs in Node.js, and a behaviour has it in
// CloudFrontFunctions.
//
// # Other origins
//
// A function may send a request to another origin by its domain name. Here that is the origin of the distribution that has the
// name, also one of [Distribution.Origins] that no behaviour uses; if none has it, the server of that name is asked over the network:
//
//	Origins: map[string]edgesim.Origin{"b": &edgesim.CustomOrigin{DomainName: "b.example.com", URL: "http://localhost:3001"}}
//
// # What to look for
//
// Some mistakes CloudFront does not refuse, and the trace says them: cookies that the viewer sent and that no policy forwards, a note
// on the stage of an origin-facing function; a Set-Cookie, or the nonce of a Content-Security-Policy, that goes into the cache, a
// [Finding] on [StageStore]; and one that comes out of it, among [Trace].Warnings.
//
// # Local addresses
//
// A browser asks for http://localhost:8080, and functions must see https://d111111abcdef8.cloudfront.net. So the
// simulator puts the distribution's domain into Host, and into Origin and Referer where they name the local address;
// and it puts the local address into Location, Content-Security-Policy and the other headers of an answer in which a
// URL of the distribution stands, and takes the distribution's name out of the Domain attribute of cookies. The trace
// says so each time. Bodies are never changed. A request for a host that is neither the distribution's nor a local name
// gets CloudFront's 403; [Config.LocalNames] adds names.
//
// Viewers count as having come by https. A request plays another viewer with headers of its own:
// X-Mock-CloudFront-Viewer-Country: CH gives the value of CloudFront-Viewer-Country,
// X-Mock-CloudFront-Forwarded-Proto: http makes it a plain http request, X-Mock-Lambda-Fault: origin-request=timeout
// makes a function fail (see [Fault]). What of these has no effect, a misspelt name for instance, is a note on the
// trace's first stage.
//
// # Rooms
//
// This package has what a user names, and the one walk of a request through the stages (walk.go). What a stage needs
// to know is in packages below internal, which know nothing of the walk, of the trace and of each other, but for what
// this table allows (a test holds it):
//
//	message                             a request, a response and an origin on their way; preconditions and ranges
//	page       message                  CloudFront's own pages and the values of X-Cache
//	viewer     message                  the viewer's side: targets, path patterns, local addresses, mocks, compression
//	policy     message                  what policies choose: the cache key, the request to the origin, the headers of answers
//	httpcache  message                  lifetimes, the objects, the requests that others wait for
//	function   message, page            events, invocations, and the judgement of what came back
//	cffunction function, message, page  CloudFront Functions: events, the process that runs one, the judgement of what came back
//	origin     message                  asking a server, a handler, a bucket or its website
//	redact                              what of a text about a request may stand on a terminal
//	signing    message                  signed URLs and cookies: policies, keys, the judgement of a signature
//	runtimes                            running a package as its runtime does, in processes over a local Runtime API
//	cachetests                          tests alone: a suite for HTTP caches, run against the simulator
//
// # What is different from CloudFront
//
// docs/simulator.md lists what is simulated, after which page of AWS's documents, and every known difference.
package edgesim
