// Package function is what the simulator knows of Lambda@Edge functions: the event that a trigger shows, how a function is
// invoked, and what CloudFront makes of the answer. It reads answers with rules of its own and not those of package edge, as functions of any
// make answer, and one set of rules cannot find its own faults; then it asks package edge, in whose book alone is what warns and whatever else
// these have no word for.
package function
