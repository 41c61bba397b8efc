// Package startconformance has no code but tests: they hold edge.Start and lambda.Start of aws-lambda-go to the same behaviour, each as a
// process of its own under a local Lambda. Where the two differ on purpose, the test says so.
package startconformance
