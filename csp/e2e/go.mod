module github.com/edgehelpers/lambdaedge/csp/e2e

go 1.26

require github.com/edgehelpers/lambdaedge v0.0.0

require github.com/google/go-cmp v0.7.0

replace github.com/edgehelpers/lambdaedge => ../..
