// Package console shows in a browser what a simulator of package edgesim does: the event model as a diagram in which the way of each request
// lights up, the requests as they come, and for one request a waterfall of its stages with the event that each function got, what it made of it,
// the cache key, the TTL rule, the quotas and what CloudFront refuses.
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
// A request can be sent again as it came, or changed: another path, another viewer (its country, its headers), a function that fails on demand. An event
// can be copied as a file for edgetest.TestFunction. Objects can be invalidated, and time can pass, for all who use the simulator.
//
// # What it shows, and to whom
//
// The console shows requests and events whole: addresses, cookies, query strings, bodies as functions see them. That is what it is for, and
// therefore it is for the developer at this machine only. [Console.Serve] takes loopback addresses alone. It refuses requests whose Host is
// another name, which is how a page elsewhere would reach it by way of DNS, and requests that another site's page makes. The page is part of the program, loads
// nothing from anywhere, and stands under a Content-Security-Policy with Trusted Types made by package csp.
// Nothing is written to a disk, and nothing leaves the machine. A copied event holds what the viewer sent: edgetest.Redact takes it out before the
// event goes where others can read it.
package console
