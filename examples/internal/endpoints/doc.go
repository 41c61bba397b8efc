// Package endpoints stands in for AWS: it answers so much of IAM, Lambda, CloudFront, S3 and CloudWatch Logs as Terraform's
// provider asks to make, change and destroy the stack. It keeps AWS's rules about what depends on what: a function that a
// distribution has is not deleted, nor a bucket with objects in it, nor a distribution that is enabled.
//
// What it cannot tell is whether AWS takes what the provider sends: nothing is checked but that.
package endpoints
