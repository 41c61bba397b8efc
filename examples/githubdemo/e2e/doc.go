// Package e2e tries the whole demo in a real browser: it builds the demo, starts it, and drives Chromium through its
// pages. Its tests also leave pictures of every page and state in the folder screenshots.
//
// It is a module of its own so that the browser driver and the Brotli library stay out of go.mod for everyone else:
//
//	cd examples/githubdemo/e2e && go test ./...
//
// It needs Chromium (Debian's package chromium). Without it the tests are skipped, unless LAMBDAEDGE_REQUIRE_ALL=1 is set.
package e2e
