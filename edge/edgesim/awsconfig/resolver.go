package awsconfig

import "github.com/edgehelpers/lambdaedge/edge/edgesim"

// A Resolver answers for what a configuration names and the maps of [Bindings] do not have: for programs that learn from the
// configuration itself what there is to bind. Nil is no answer, and then the error or the note is the same as without a Resolver.
type Resolver interface {
	Origin(OriginName) edgesim.Origin
	Function(FunctionName) edgesim.Function
	CloudFrontFunction(FunctionName) *edgesim.OpenCloudFrontFunction

	// Policies that are neither in the file nor managed by AWS, by id; at is the place where the id stands.
	CachePolicy(at, id string) *edgesim.CachePolicy
	OriginRequestPolicy(at, id string) *edgesim.OriginRequestPolicy
	ResponseHeadersPolicy(at, id string) *edgesim.ResponseHeadersPolicy

	// KeyGroup has the public keys of a trusted key group that is not in the file, by its id, or of a trusted signer by account
	// number or "self".
	KeyGroup(at, id string) []edgesim.PublicKey
}

// An OriginName is how a configuration names an origin.
type OriginName struct {
	At         string // its place in the configuration
	ID         string
	DomainName string // "" where a Terraform plan does not know it yet
	Bucket     bool   // an S3 origin; one that is neither this nor Private is a custom origin
	Private    bool   // in a VPC
}

// A FunctionName is how an association names its function.
type FunctionName struct {
	At      string // the association's place in the configuration
	ARN     string // "" where a Terraform plan does not know it yet and the function is not one of the file's
	Address string // the address of the aws_lambda_function or aws_cloudfront_function that a Terraform plan refers to, "" for others
	Name    string // the function's name, as its ARN has it
	Trigger string // for instance "viewer-request"
}
