// Package function is what the simulator knows of Lambda@Edge functions: the event that a trigger shows, how a function is
// invoked, and what CloudFront makes of the answer. Its rules are its own and not those of package edge, as functions of any make
// answer, and one set of rules cannot find its own faults.
package function
