module github.com/edgehelpers/lambdaedge/edge/edgelocal

go 1.26

require (
	github.com/andybalholm/brotli v1.3.0
	github.com/edgehelpers/lambdaedge v0.0.0
	github.com/fsnotify/fsnotify v1.10.1
	github.com/google/go-cmp v0.7.0
	go.yaml.in/yaml/v3 v3.0.6
)

require golang.org/x/sys v0.13.0 // indirect

replace github.com/edgehelpers/lambdaedge => ../..
