// Package cachetests has no code, only tests. One of them runs a test suite for HTTP caches, github.com/http-tests/cache-tests, against
// the simulator over loopback. It holds every required and optimal result to the list in testdata/expected.txt, which says for each test
// that does not pass which document of CloudFront asks for something else, and fails when a result changed, for worse or for better.
//
// The suite needs Node.js and is not part of this repository. The list is of its commit
// b55b8bda3dbb8c927c04e85bd8d496a8caa3e4ba (20 July 2026):
//
//	git clone https://github.com/http-tests/cache-tests
//	git -C cache-tests checkout b55b8bda3dbb8c927c04e85bd8d496a8caa3e4ba
//	npm --prefix cache-tests install --omit=dev
//	go test -v ./edge/edgesim/internal/cachetests -suite "$PWD/cache-tests"
//
// This takes about a minute, most of it pauses in which objects expire. With -v it prints the tables of docs/simulator.md. One test
// by its ID, with what the suite's client and server see, and the simulator's traces:
//
//	go test -v ./edge/edgesim/internal/cachetests -suite "$PWD/cache-tests" -id vary-match
//
// Without -suite it is left out.
package cachetests
