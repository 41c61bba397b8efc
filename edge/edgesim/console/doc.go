// Package console shows in a browser what a simulator of package edgesim does: the event model as a diagram in which
// the way of each request lights up, and the requests as they come. Of one request it shows the headers that the
// viewer got, the request that went to the origin, what of the viewer's did not go there and why, and a waterfall of
// its stages: the event that each function got, what it made of it, the cache key, the TTL rule, the quotas and what
// CloudFront refuses.
//
//	c := &console.Console{Site: "http://localhost:8080"}
//	sim, err := edgesim.New(edgesim.Config{Distribution: d, Observe: c.Observe})
//	...
//	listener, err := net.Listen("tcp", "localhost:8081")
//	...
//	err = c.Serve(ctx, listener, sim) // until ctx ends
//
// A program that also prints its requests calls both in Observe:
//
//	Observe: func(t *edgesim.Trace) { terminal.Print(t); c.Observe(t) },
//
// # What can be done there
//
// A request can be sent again as it came, or changed: another path, another viewer (its country, its headers), a
// function that fails on demand. An event can be copied as a file for edgetest.TestFunction. A request can be copied
// as a command for curl, and the list can be saved as an HTTP Archive (HAR 1.2). Objects can be invalidated, and time
// can pass, for all who use the simulator.
//
// The filter takes words, which are looked for in method, path, status and X-Cache, and terms with a field; all of
// them have to hold, and a term that begins with - must not:
//
//	function:auth          a function with that in its name ran
//	trigger:origin-request a function of that trigger ran
//	behavior:/api/*        the behaviour with that path pattern
//	header:set-cookie      a header of that name came or went anywhere; header:x-amz-* and header:cookie=session look further
//	status:404             a status; status:4xx is all of a kind
//	method:POST  path:/users  result:miss  is:warning  is:error  is:background
//
// # What it shows, and to whom
//
// The console shows requests and events whole: addresses, cookies, query strings, bodies as functions see them. That
// is what it is for, and therefore it is for the developer at this machine only. [Console.Serve] takes loopback
// addresses alone. It refuses requests whose Host is another name, which is how a page elsewhere would reach it by
// way of DNS, and requests that another site's page makes. The page is part of the program, loads nothing from
// anywhere, and stands under a Content-Security-Policy with Trusted Types made by package csp. Nothing is written to
// a disk but what the developer saves, and nothing leaves the machine. A copied event, a command for curl and an
// archive hold what the viewer sent; of an event edgetest.Redact takes it out, before others can read it.
package console
