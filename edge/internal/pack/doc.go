// Package pack makes the zip that runs a Go program on Lambda@Edge.
//
// Lambda@Edge takes Node.js and Python functions only: no custom runtime, no container image, no layer, no environment
// variable ("Restrictions on Lambda@Edge", CloudFront Developer Guide). The zip therefore holds three files:
//
//	bootstrap    the Go program: linux/amd64, static
//	index.mjs    what a Node.js runtime imports to find the handler
//	index.py     what a Python runtime imports to find the handler
//
// Both index files do one thing: they replace the process by bootstrap, which then asks the Runtime API for invocations
// itself. The function's handler is [Handler] on every runtime.
//
// The same source gives the same bytes on every day and in every directory, so that Terraform's source_code_hash changes
// only when the program does: [Environment] pins what the Go command takes from outside, and [Zip] writes no time.
package pack
