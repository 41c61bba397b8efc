package stacktest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A stack is what the table asks of: one distribution, its functions and its bucket, by the names of CloudFormation.
type stack struct {
	Planned      bool                // what others make is not known yet
	Functions    map[string]function // by trigger
	Trusted      []policyStatement
	Granted      []policyStatement
	Bucket       bucket
	BucketPolicy []policyStatement
	Signing      signing
	Origins      []origin
	Distribution distribution
}

type function struct {
	Runtime, Handler, PackageType string
	Architectures                 []string
	MemorySize, Timeout           int
	Published, IncludeBody        bool
	Others                        []string // settings that the table does not ask about
}

type bucket struct {
	BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets bool
	ObjectOwnership, SSEAlgorithm, Versioning                                   string
}

type signing struct{ OriginAccessControlOriginType, SigningBehavior, SigningProtocol string }

type origin struct{ DomainName, OriginAccessControlId string }

type distribution struct {
	Enabled, IPV6Enabled           bool
	HttpVersion, DefaultRootObject string
	CacheBehaviors                 int
	DefaultCacheBehavior           behavior
	CustomErrorResponses           []errorResponse
}

type behavior struct {
	ViewerProtocolPolicy, CachePolicyId string
	Compress                            bool
	Others                              []string
}

type errorResponse struct {
	ErrorCode, ResponseCode, ErrorCachingMinTTL int
	ResponsePagePath                            string
}

// A policyStatement is one of a policy of IAM's.
type policyStatement struct {
	Effect    string
	Principal any
	Action    oneOrMore
	Resource  oneOrMore
	Condition any
}

// oneOrMore is a string or a list of strings.
type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(o))
}

// stacks reads all stacks that were made for the test.
func stacks(t *testing.T) map[string]stack {
	t.Helper()
	all := map[string]stack{}
	if name := made(t, "LAMBDAEDGE_PLAN", ".ci/stack"); name != "" {
		all["terraform"] = readPlan(t, name)
	}
	if folder := made(t, "LAMBDAEDGE_TEMPLATES", ".ci/templates"); folder != "" {
		for _, tool := range []string{"sam", "cdk"} {
			all[tool] = readTemplate(t, filepath.Join(folder, tool+".json")).stack(t)
		}
	}
	if len(all) == 0 {
		t.Skip("neither LAMBDAEDGE_PLAN nor LAMBDAEDGE_TEMPLATES is set")
	}
	return all
}

// made is the value of a variable that says where a script has written what is tested.
func made(t *testing.T, variable, script string) string {
	t.Helper()
	value := os.Getenv(variable)
	if value == "" && os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
		t.Fatalf("%s is not set: %s writes what it names", variable, script)
	}
	return value
}

// decode reads JSON from a file.
func decode(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// as gives a value decoded from JSON a type.
func as[T any](t *testing.T, v any) T {
	t.Helper()
	var typed T
	data, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(data, &typed)
	}
	if err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return typed
}

// others lists the settings of a thing besides those that are known.
func others(settings map[string]any, known ...string) []string {
	var all []string
	for name := range settings {
		if !slices.Contains(known, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}
