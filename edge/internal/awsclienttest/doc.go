// Package awsclienttest has no code but tests: they run edgepack's packages as Lambda does, started by AWS's own Node.js runtime client
// on the Node.js versions that Lambda@Edge has, by Python, and directly.
//
// The script .ci/aws-client installs the client and prints the environment that says where it is:
//
//	eval "$(.ci/aws-client)"
//	go test ./edge/internal/awsclienttest
//
// Without it the tests that need it are skipped, unless LAMBDAEDGE_REQUIRE_ALL=1. AWS's client for Python is not on the registries that
// the script takes from; Python is started as far as importing index, which is where it ends.
package awsclienttest
