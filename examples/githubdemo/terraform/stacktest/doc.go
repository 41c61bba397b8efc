// Package stacktest has no code, only tests that read a plan of the stack and hold it to what Terraform cannot say: that the
// zips have handlers for the triggers that they are associated with, that the handler is in the zip, that the
// Content-Security-Policy names the distribution, and that nothing stands beside what the stack's own tests look at.
//
// The plan is the file that LAMBDAEDGE_PLAN names, as "terraform show -json" writes it; .ci/stack makes one.
package stacktest
