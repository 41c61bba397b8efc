package awsconfig

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// Bindings say what on this machine stands for what the configuration names.
type Bindings struct {
	// Origins by the origin's id, or by its domain name. An S3 origin needs one. A custom origin without one is
	// asked over the network. Domain name, path and custom headers come from the configuration where the bound
	// origin leaves them empty, and content types and Cache-Control from the objects that a Terraform file
	// uploads.
	Origins map[string]edgesim.Origin
	// Functions by ARN with or without its version, by function name, or by trigger ("viewer-request"), in this
	// order. Each association needs one.
	Functions map[string]edgesim.Function
	// CachePolicies and OriginRequestPolicies by id, for policies that are neither managed by AWS nor in the file.
	CachePolicies         map[string]*edgesim.CachePolicy
	OriginRequestPolicies map[string]*edgesim.OriginRequestPolicy
	// Address chooses among several distributions of a Terraform file: "aws_cloudfront_distribution.site". "" is
	// right when there is one.
	Address string
}

// A Config is what was read.
type Config struct {
	Distribution edgesim.Distribution
	NotSimulated []string // each setting that has a value and no effect here, sorted
}

// Read reads a configuration. The error names everything that is wrong or missing.
func Read(file []byte, b Bindings) (*Config, error) {
	var top map[string]any
	if err := json.Unmarshal(file, &top); err != nil {
		return nil, fmt.Errorf("awsconfig: not a JSON object: %w", err)
	}
	r := &reader{bindings: b, origins: map[string]edgesim.Origin{}}
	switch {
	case top["values"] != nil || top["planned_values"] != nil:
		r.terraform(top)
	case top["DistributionConfig"] != nil || top["Distribution"] != nil || top["DefaultCacheBehavior"] != nil:
		r.cli(top)
	default:
		return nil, errors.New("awsconfig: neither a DistributionConfig nor a Terraform state or plan: " +
			"want the output of aws cloudfront get-distribution-config, or of terraform show -json")
	}
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	slices.Sort(r.notes)
	return &Config{Distribution: r.distribution, NotSimulated: slices.Compact(r.notes)}, nil
}

// A reader collects what both forms of configuration say.
type reader struct {
	bindings     Bindings
	distribution edgesim.Distribution
	origins      map[string]edgesim.Origin // by id

	// Policies that the file itself defines, by id or Terraform address.
	cachePolicies   map[string]*edgesim.CachePolicy
	requestPolicies map[string]*edgesim.OriginRequestPolicy

	objects objects

	notes []string
	errs  []error
}

func (r *reader) wrong(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("awsconfig: "+format, args...))
}

func (r *reader) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
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
	if p == nil {
		r.wrong("%s: cache policy %q is not one of AWS's: put it into Bindings.CachePolicies", at, id)
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
	if p == nil {
		r.wrong("%s: origin request policy %q is not one of AWS's: put it into Bindings.OriginRequestPolicies", at, id)
	}
	return p
}
