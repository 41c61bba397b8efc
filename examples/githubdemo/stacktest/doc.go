// Package stacktest has no code, only tests that hold each of the demo's stacks to one table: what Lambda@Edge, CloudFront and a
// private bucket need, whatever tool makes them.
//
// The stacks are read from LAMBDAEDGE_PLAN, a plan of Terraform's (.ci/stack writes it), and from sam.json and cdk.json in the folder
// LAMBDAEDGE_TEMPLATES (.ci/templates). In demo.requests are requests with their answers, which edgelocal plays against the templates.
package stacktest
