package awsconfig

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// Bindings say what on this machine stands for what the configuration names.
type Bindings struct {
	// Origins by the origin's id, or by its domain name. An S3 origin and one in a VPC need one. A custom origin without
	// one is asked over the network. What the bound origin leaves empty comes from the configuration: domain name, path,
	// protocol and ports as functions see them, timeouts, custom headers; content types and Cache-Control come from
	// the objects that a Terraform file uploads.
	//
	// The website endpoint of a bucket is an [edgesim.WebsiteOrigin]; index and error documents and routing rules that it leaves
	// empty come from the Terraform file's aws_s3_bucket_website_configuration. With this in the file an [edgesim.S3Origin] will do.
	Origins map[string]edgesim.Origin
	// Functions by ARN with or without its version, by function name, or by trigger ("viewer-request"), in this
	// order. Each association needs one.
	Functions map[string]edgesim.Function
	// CloudFrontFunctions by ARN, by name, or by trigger, in this order. An association without one is in NotSimulated.
	CloudFrontFunctions map[string]*edgesim.OpenCloudFrontFunction
	// CachePolicies and OriginRequestPolicies by id, for policies that are neither managed by AWS nor in the file.
	CachePolicies         map[string]*edgesim.CachePolicy
	OriginRequestPolicies map[string]*edgesim.OriginRequestPolicy
	// ResponseHeadersPolicies by id, likewise. Without one the headers of answers stay as they are, and a note says so.
	ResponseHeadersPolicies map[string]*edgesim.ResponseHeadersPolicy
	// KeyGroups are the public keys of trusted key groups by the group's id, and of trusted signers by account number or "self"; "*"
	// stands for all that are not named. A Terraform state has the keys that it manages itself; those of a group that is named here take
	// their place.
	KeyGroups map[string][]edgesim.PublicKey
	// Address chooses among several distributions of a Terraform file: "aws_cloudfront_distribution.site". "" is
	// right when there is one.
	Address string
	// Resolver, if not nil, is asked for what is in none of these maps.
	Resolver Resolver
}

// A Config is what was read.
type Config struct {
	Distribution edgesim.Distribution
	// NotSimulated has a line for each setting with which CloudFront does something else than the simulator: where it
	// stands, and what differs. Last comes one line with all that has a value and changes nothing for requests by plain
	// HTTP to one machine: certificates, price class, logging and the like.
	NotSimulated []string
}

// Read reads a configuration. The error names everything that is wrong or missing.
func Read(file []byte, b Bindings) (*Config, error) {
	var top map[string]any
	if bytes.HasPrefix(file, []byte("\xff\xfe")) || bytes.HasPrefix(file, []byte("\xfe\xff")) {
		return nil, errors.New("awsconfig: the file is UTF-16, as Windows PowerShell writes it with >: " +
			"write it with | Out-File -Encoding utf8")
	}
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf")) // a byte order mark, which JSON may have (RFC 8259 section 8.1)
	if err := json.Unmarshal(file, &top); err != nil {
		return nil, fmt.Errorf("awsconfig: not a JSON object: %w", err)
	}
	r := &reader{bindings: b, origins: map[string]edgesim.Origin{}, private: map[string]bool{}}
	switch {
	case top["values"] != nil || top["planned_values"] != nil:
		r.terraform(top)
	case top["DistributionConfig"] != nil || top["Distribution"] != nil || top["DefaultCacheBehavior"] != nil:
		r.cli(top)
	case top["Resources"] != nil:
		return nil, errors.New("awsconfig: a CloudFormation template: want the DistributionConfig of the deployed distribution, " +
			"from aws cloudfront get-distribution-config")
	default:
		return nil, errors.New("awsconfig: neither a DistributionConfig nor a Terraform state or plan: " +
			"want the output of aws cloudfront get-distribution-config, or of terraform show -json")
	}
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	return &Config{Distribution: r.distribution, NotSimulated: r.lines()}, nil
}

// A reader collects what both forms of configuration say.
type reader struct {
	bindings     Bindings
	distribution edgesim.Distribution
	origins      map[string]edgesim.Origin // by id
	private      map[string]bool           // ids of origins in a VPC

	// Policies that the file itself defines, by id or Terraform address.
	cachePolicies   map[string]*edgesim.CachePolicy
	requestPolicies map[string]*edgesim.OriginRequestPolicy
	headerPolicies  map[string]*edgesim.ResponseHeadersPolicy
	keyGroups       map[string][]edgesim.PublicKey // by id

	provider bool // the file is Terraform's, whose provider sends 0 for a time that is not given
	plan     bool // it is a plan, in which what is not known yet is absent
	objects  objects
	websites []website

	notes   []string
	without []string // where settings without effect stand
	errs    []error
}

// origin finds the origin or group with the id.
func (r *reader) origin(at, id string) edgesim.Origin {
	o, ok := r.origins[id]
	if !ok {
		r.wrong("%s: no origin has the id %q", at, id)
	}
	return o
}

// cachePolicy finds a policy by id: of the file, of the bindings, of AWS.
func (r *reader) cachePolicy(at, id string) *edgesim.CachePolicy {
	if p := r.cachePolicies[id]; p != nil {
		return p
	}
	if p := r.bindings.CachePolicies[id]; p != nil {
		return p
	}
	p := edgesim.ManagedCachePolicy(id)
	if p == nil && r.bindings.Resolver != nil {
		p = r.bindings.Resolver.CachePolicy(at, id)
	}
	if p == nil {
		r.wrong("%s: cache policy %q is not one whose values AWS publishes: put it into Bindings.CachePolicies", at, id)
	}
	return p
}

// requestPolicy is the same for origin request policies.
func (r *reader) requestPolicy(at, id string) *edgesim.OriginRequestPolicy {
	if p := r.requestPolicies[id]; p != nil {
		return p
	}
	if p := r.bindings.OriginRequestPolicies[id]; p != nil {
		return p
	}
	p := edgesim.ManagedOriginRequestPolicy(id)
	if p == nil && r.bindings.Resolver != nil {
		p = r.bindings.Resolver.OriginRequestPolicy(at, id)
	}
	if p == nil {
		r.wrong("%s: origin request policy %q is not one whose values AWS publishes: put it into Bindings.OriginRequestPolicies", at, id)
	}
	return p
}
