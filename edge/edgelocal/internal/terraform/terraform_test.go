package terraform_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/terraform"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestRead(t *testing.T) {
	t.Parallel()
	auth := settings.Code{Path: filepath.Join("project", "auth.zip"), Handler: "index.handler", Runtime: "nodejs22.x"}
	pages := edgesim.CloudFrontFunction{Name: "pages", Runtime: "cloudfront-js-2.0", Source: "x", KeyValueStore: &edgesim.KeyValueStore{}}
	filled := pages
	filled.KeyValueStore = &edgesim.KeyValueStore{Pairs: map[string]string{"a": "/a", "b": "/b"}}
	one := terraform.Store{ARN: "arn:aws:cloudfront::123456789012:key-value-store/1"}
	tests := map[string]struct {
		file string
		want terraform.Sources
	}{
		"no JSON": {"{", terraform.Sources{}},
		"a state: a function in a module, by all of its names": {
			`{"values": {"root_module": {"child_modules": [{"resources": [{"address": "module.edge.aws_lambda_function.auth[0]", "type": "aws_lambda_function", "values": {
				"function_name": "auth", "arn": "arn:aws:lambda:us-east-1:123456789012:function:auth", "qualified_arn": "arn:aws:lambda:us-east-1:123456789012:function:auth:3",
				"filename": "auth.zip", "handler": "index.handler", "runtime": "nodejs22.x"}}]}]}}}`,
			terraform.Sources{Functions: map[string]settings.Code{
				"module.edge.aws_lambda_function.auth[0]": auth, "module.edge.aws_lambda_function.auth": auth, "auth": auth,
				"arn:aws:lambda:us-east-1:123456789012:function:auth": auth, "arn:aws:lambda:us-east-1:123456789012:function:auth:3": auth,
			}},
		},
		"code in a bucket is not here": {
			`{"values": {"root_module": {"resources": [{"address": "aws_lambda_function.auth", "type": "aws_lambda_function", "values": {"s3_bucket": "b", "s3_key": "auth.zip"}}]}}}`,
			terraform.Sources{},
		},
		"a CloudFront Function with a key value store": {
			`{"values": {"root_module": {"resources": [{"address": "aws_cloudfront_function.pages[0]", "type": "aws_cloudfront_function", "values": {
				"name": "pages", "runtime": "cloudfront-js-2.0", "code": "x", "arn": "arn:aws:cloudfront::123456789012:function/pages",
				"key_value_store_associations": ["arn:aws:cloudfront::123456789012:key-value-store/1"]}}]}}}`,
			terraform.Sources{CloudFrontFunctions: map[string]edgesim.CloudFrontFunction{
				"aws_cloudfront_function.pages[0]": pages, "aws_cloudfront_function.pages": pages, "arn:aws:cloudfront::123456789012:function/pages": pages,
			}, Stores: map[string]terraform.Store{
				"aws_cloudfront_function.pages[0]": one, "aws_cloudfront_function.pages": one, "arn:aws:cloudfront::123456789012:function/pages": one,
			}},
		},
		"values of a state's store": {
			`{"values": {"root_module": {"resources": [
				{"address": "aws_cloudfront_function.pages", "type": "aws_cloudfront_function", "values": {
					"name": "pages", "runtime": "cloudfront-js-2.0", "code": "x", "key_value_store_associations": ["arn:aws:cloudfront::123456789012:key-value-store/1"]}},
				{"type": "aws_cloudfront_key_value_store", "values": {"name": "other", "arn": "arn:2"}},
				{"type": "aws_cloudfront_key_value_store", "values": {"name": "redirects", "arn": "arn:aws:cloudfront::123456789012:key-value-store/1"}},
				{"type": "aws_cloudfrontkeyvaluestore_key", "values": {"key_value_store_arn": "arn:aws:cloudfront::123456789012:key-value-store/1", "key": "a", "value": "/a"}},
				{"type": "aws_cloudfrontkeyvaluestore_keys_exclusive", "values": {"key_value_store_arn": "arn:aws:cloudfront::123456789012:key-value-store/1",
					"resource_key_value_pair": [{"key": "b", "value": "/b"}, {"key": "c"}]}},
				{"type": "aws_cloudfrontkeyvaluestore_key", "values": {"key_value_store_arn": "arn:2", "key": "a", "value": "no"}}]}}}`,
			terraform.Sources{CloudFrontFunctions: map[string]edgesim.CloudFrontFunction{"aws_cloudfront_function.pages": filled},
				Stores: map[string]terraform.Store{"aws_cloudfront_function.pages": {ARN: one.ARN, Name: "redirects"}}},
		},
		"values of a plan's one store": {
			`{"planned_values": {"root_module": {"resources": [
				{"address": "aws_cloudfront_function.pages", "type": "aws_cloudfront_function", "values": {"name": "pages", "runtime": "cloudfront-js-2.0", "code": "x"}},
				{"type": "aws_cloudfront_key_value_store", "values": {"name": "redirects"}},
				{"type": "aws_cloudfrontkeyvaluestore_keys_exclusive", "values": {"resource_key_value_pair": [{"key": "a", "value": "/a"}, {"key": "b", "value": "/b"}]}}]}}}`,
			terraform.Sources{CloudFrontFunctions: map[string]edgesim.CloudFrontFunction{"aws_cloudfront_function.pages": filled},
				Stores: map[string]terraform.Store{"aws_cloudfront_function.pages": {Name: "redirects"}}},
		},
		"code of a CloudFront Function that a plan does not know": {
			`{"planned_values": {"root_module": {"resources": [{"address": "aws_cloudfront_function.pages", "type": "aws_cloudfront_function", "values": {"name": "pages"}}]}}}`,
			terraform.Sources{},
		},
		"distributions, not those that a plan destroys": {
			`{"prior_state": {"values": {"root_module": {"resources": [{"address": "aws_cloudfront_distribution.old", "type": "aws_cloudfront_distribution"}]}}},
				"planned_values": {"root_module": {"resources": [{"address": "aws_cloudfront_distribution.a", "type": "aws_cloudfront_distribution"}],
				"child_modules": [{"resources": [{"address": "module.m.aws_cloudfront_distribution.b[0]", "type": "aws_cloudfront_distribution"}]}]}}}`,
			terraform.Sources{Distributions: []string{"aws_cloudfront_distribution.a", "module.m.aws_cloudfront_distribution.b[0]"}},
		},
		"objects from one folder": {
			`{"planned_values": {"root_module": {"resources": [
				{"type": "aws_s3_object", "values": {"key": "index.html", "source": "./site/index.html"}},
				{"type": "aws_s3_object", "values": {"key": "css/a.css", "source": "./site/css/a.css"}}]}}}`,
			terraform.Sources{Folder: filepath.Join("project", "site")},
		},
		"objects from several folders": {
			`{"planned_values": {"root_module": {"resources": [
				{"type": "aws_s3_object", "values": {"key": "index.html", "source": "site/index.html"}},
				{"type": "aws_s3_object", "values": {"key": "a.css", "source": "css/a.css"}}]}}}`,
			terraform.Sources{},
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, terraform.Read("project", []byte(tc.file)), cmpopts.EquateEmpty()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}
