package awsconfig_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
	"github.com/google/go-cmp/cmp"
)

// TestCloudFrontFunctions holds where a bound function goes, and that it can choose every origin by its id but groups.
func TestCloudFrontFunctions(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:cloudfront::111122223333:function/rewrite"
	association := func(event string) string { return `{"FunctionARN": "` + arn + `", "EventType": "` + event + `"}` }
	own := new(edgesim.OpenCloudFrontFunction)
	tests := []struct{ name, key, associations, want string }{
		{"by-arn", arn, association("viewer-request"), ""},
		{"by-name", "rewrite", association("viewer-request"), ""},
		{"by-trigger", "viewer-request", association("viewer-request"), ""},
		{"second", "rewrite", association("viewer-request") + "," + association("viewer-request"), "a second function on viewer-request"},
		{"origin-request", "rewrite", association("origin-request"), `event type "origin-request", want viewer-request or viewer-response`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			file := minimal(httpsOnly, disabled+`, "FunctionAssociations": {"Quantity": 1, "Items": [`+tc.associations+`]}`,
				`, "OriginGroups": {"Quantity": 1, "Items": [{"Id": "g", "FailoverCriteria": {"StatusCodes": {"Quantity": 1, "Items": [500]}}, `+
					`"Members": {"Quantity": 2, "Items": [{"OriginId": "o"}, {"OriginId": "o"}]}}]}`)
			c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{CloudFrontFunctions: map[string]*edgesim.OpenCloudFrontFunction{tc.key: own}})
			if tc.want != "" {
				if err == nil || !strings.Contains(err.Error(), tc.want) {
					t.Errorf("got error %v, want one with %q", err, tc.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if c.Distribution.DefaultBehavior.CloudFrontFunctions.ViewerRequest != own {
				t.Error("the function is not on viewer-request")
			}
			if diff := cmp.Diff([]string{"o"}, slices.Sorted(maps.Keys(c.Distribution.Origins))); diff != "" {
				t.Errorf("origins by id (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOriginsOfLambda holds that an origin which no behaviour has is there for a function that sends requests to it by its domain name.
func TestOriginsOfLambda(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		trigger string
		want    []string
	}{
		{"origin-request", []string{"o"}},
		{"viewer-request", nil}, // cannot change the origin
	} {
		t.Run(tc.trigger, func(t *testing.T) {
			t.Parallel()
			file := minimal(httpsOnly, disabled+`, "LambdaFunctionAssociations": [{"EventType": "`+tc.trigger+`", "LambdaFunctionARN": "f"}]`, "")
			c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{Functions: map[string]edgesim.Function{tc.trigger: passing()}})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, slices.Sorted(maps.Keys(c.Distribution.Origins))); diff != "" {
				t.Errorf("origins by id (-want +got):\n%s", diff)
			}
		})
	}
}
