module github.com/edgehelpers/lambdaedge/redirect/redirects

go 1.26.0

require github.com/edgehelpers/lambdaedge v0.0.0

require (
	github.com/google/go-cmp v0.7.0
	github.com/pelletier/go-toml/v2 v2.4.3
	golang.org/x/net v0.62.0
)

replace github.com/edgehelpers/lambdaedge => ../..
