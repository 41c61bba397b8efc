// Command runtimebench measures what edge.Start costs beside the other ways to run the demo's viewer-request handler, and puts
// edge.Start to long runs. docs/benchmarks.md explains the numbers.
//
//	eval "$(.ci/aws-client)"                            # for the rows with Node.js
//	go run ./edge/internal/runtimebench                  # the table
//	go run ./edge/internal/runtimebench -against HEAD~20 # what became better or worse since that commit
//	go run ./edge/internal/runtimebench -soak 5000000    # invocations without faults: does anything grow?
//	go run ./edge/internal/runtimebench -faults 1000000  # invocations with faults: is each answered exactly once?
//	go run ./edge/internal/runtimebench -sizes           # what is in the demo's programs
//
// It runs on Linux. Rows whose program is missing (gcc for the floor, AWS's client for Node.js, python3) are left out, and it says so.
package main
