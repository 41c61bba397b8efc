module github.com/edgehelpers/lambdaedge/redirect/internal/redirectbench

go 1.26

require (
	github.com/edgehelpers/lambdaedge v0.0.0
	github.com/julienschmidt/httprouter v1.3.0
)

replace github.com/edgehelpers/lambdaedge => ../../..
