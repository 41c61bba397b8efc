// Command redirectbench measures package redirect beside an older commit of this
// repository, and beside other ways to look a path up. docs/benchmarks.md explains
// the numbers.
//
//	eval "$(.ci/hosts)"                          # for the columns with Netlify's matcher
//	go -C redirect/internal/redirectbench run .
//
//	-against COMMIT        the older commit
//	-parts compile,lookups,peers
//	-rounds N              interleaved rounds of each part
//
// It runs on Linux, for a quarter of an hour. What is missing (Node.js, Netlify's
// matcher) is left out, and it says so.
package main
