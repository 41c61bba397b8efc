module github.com/edgehelpers/lambdaedge/redirect/internal/redirectbench

go 1.26

require (
	github.com/edgehelpers/lambdaedge v0.0.0
	github.com/julienschmidt/httprouter v1.3.0
)

require github.com/aws/aws-lambda-go v1.55.1 // indirect

replace github.com/edgehelpers/lambdaedge => ../../..
