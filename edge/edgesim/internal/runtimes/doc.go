// Package runtimes runs a function's package as Lambda's runtimes do: in processes of its own, over a local Runtime API.
//
//	pool, err := runtimes.Open(runtimes.Config{Path: "function.zip", Runtime: "nodejs24.x"})
//	defer pool.Close()
//	answer, err := pool.Invoke(ctx, event)
//
// A package's own program (bootstrap) is started as it is. JavaScript and Python are run by the client programs in clients/, which are ours
// and hold to what was measured on AWS's: npm's aws-lambda-ric 3.3.0 for nodejs22.x and older, 4.0.2 for nodejs24.x and newer, awslambdaric
// 4.0.1 for Python. The table in outcomes_test.go has the measured outcomes; TestAWSClients holds AWS's own clients to it.
//
// The process and its API are package lambdahost's.
package runtimes
