// Command edgelocal plays a CloudFront distribution with its Lambda@Edge functions on one's own machine. It finds the distribution's
// configuration in the folder in which it is started, runs the functions by the rules of their runtimes, plays buckets from folders,
// and shows each request in a console. docs/edgelocal.md is its manual, and "edgelocal -h" lists the flags.
//
// # Exit status
//
//	0  all is well
//	1  something of the configuration does not work (-check), or an answer is not
//	   as expected (test)
//	2  wrong usage, or nothing could be served or tried
//
// # Inside
//
// A configuration file is read by its form (project.go). What stands on this machine for the names in it is said on the command line,
// in edgelocal.yaml (internal/settings), or by the file itself, or it is guessed (bind.go). What is played is package edgesim's.
package main
