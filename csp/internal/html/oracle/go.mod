module github.com/edgehelpers/lambdaedge/csp/internal/html/oracle

go 1.26.0

require github.com/edgehelpers/lambdaedge v0.0.0

require (
	github.com/evanw/esbuild v0.28.2
	golang.org/x/net v0.62.0
)

require golang.org/x/sys v0.49.0 // indirect

replace github.com/edgehelpers/lambdaedge => ../../../..
