// Package stacktest has no code, only tests that hold a plan of the stack to the distribution of package local, which the probe is tested
// with, and to what may be in it.
//
// The plan is the file that LAMBDAEDGE_PROBE_PLAN names, as "terraform show -json" writes it; .ci/probe-stack makes one.
package stacktest
