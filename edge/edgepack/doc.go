// Command edgepack builds Go programs into zips that run on Lambda@Edge.
//
// Usage:
//
//	edgepack [flags] PACKAGE...             build packages into zips
//	edgepack -check [flags] FILE.zip|-...   say what is in zips, and try them
//
// "edgepack -h" lists the flags, which may stand anywhere. With -o - the zip of the one package goes to standard output; a zip that is -
// comes from standard input.
//
// Each package must be a main package that calls [github.com/edgehelpers/lambdaedge/edge.Start]. It becomes
// FOLDER/<last element of the import path>.zip, or with -name FOLDER/NAME.zip, with three files: bootstrap (the program, linux/amd64, static),
// index.mjs and index.py (they replace the Node.js or Python process of the Lambda runtime by bootstrap). The function's
// handler is index.handler, its architecture x86_64, and its runtime any that Lambda@Edge takes: nodejs22.x, nodejs24.x or
// a python3.
//
// The same source, built with the same Go, gives the same bytes on any day and in any directory. No C compiler is
// involved, so macOS and Windows build for Lambda@Edge too (that was tried on Linux only). For each zip edgepack prints its
// size, what is left of 1,048,576 bytes (what viewer triggers were held to until late 2024; above it edgepack warns) and its
// SHA-256 in base64, which is Terraform's source_code_hash. Above 50 MB, Lambda@Edge's limit, it refuses. Nothing is written
// unless every package was built.
//
// # Size
//
// A program that imports net/http or html/template does not fit into 1,048,576 bytes. What brings it in,
// "go mod why -m" and "go list -deps" tell: often a client of AWS's, a logger or a tracer. The packages that this module has for
// functions bring in neither. The last
// resort is -gcflags all=-l: without inlining the viewer-request function of examples/githubdemo was 11 % smaller. It is
// slower, too.
//
// # Checking
//
// With -check, edgepack says what is in each zip and holds it to what Lambda@Edge takes: its size, the program's format and
// system, file modes, the index files and what a runtime would load in their place. On linux/amd64 it then starts the program over a Runtime API of its own, on the
// loopback address, sends it one event of each trigger, and says which it handles; a handler that fails is an error. With
// -runtime node or -runtime python the program is started through its index file by the node (22.15 or newer) or python3
// in PATH, as Lambda's runtime imports it. Whether CloudFront takes the function is only seen in a deployment.
//
// # Configuration
//
// Lambda@Edge functions have no environment variables. What differs between two stages is set at build time:
//
//	edgepack -o build -ldflags '-X main.apiURL=https://api.example' ./lambda/originresponse
//
// sets the string variable apiURL of the program (an assignment per -X), and a file is embedded with a go:embed line. In
// origin triggers a value may also come with the event, as a custom header of the origin.
//
// GOFLAGS, GOOS, GOARCH, GOAMD64 and CGO_ENABLED of the caller have no effect. GOEXPERIMENT and GOFIPS140 have, for a program
// may need them: they change the bytes, and -check names them.
//
// # Exit status
//
//	0  all is well
//	1  a package cannot be built, or a zip is not what Lambda@Edge takes
//	2  wrong usage, or a file could not be read or written
package main
