// Package hosttest holds this module's reading of _redirects files to what the hosts' own code does: the packages that Netlify and
// Cloudflare publish, run by Node.js.
//
// .ci/hosts installs these packages, in the versions that docs/redirect-hosts.md is about:
//
//	eval "$(.ci/hosts)"
//	go test ./redirect/internal/hosttest
//
// Without it the tests that ask a host are skipped, unless LAMBDAEDGE_REQUIRE_ALL=1. There are two: one asks the hosts about every row of
// docs/redirect-hosts.md, and one about files and requests made at random, for which hosts and this module must answer the same but for
// what stands in a list, with the reason. What this module answers to the rows is tested in package rulefile, which needs no Node.js.
package hosttest
