package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRequests: what TestProjects does not show, and requests that are not as expected.
func TestRequests(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		needs, project, file string
		args                 []string
		files                map[string]string
		status               int
		want                 string // a report without times and bytes
	}{
		"a CloudFront Function of a name": {needs: "node", project: "node", file: "a.requests", files: map[string]string{
			"distribution.json": `{"Origins": [{"Id": "site", "DomainName": "a.s3.us-east-1.amazonaws.com", "S3OriginConfig": {}}],
				"DefaultCacheBehavior": {"TargetOriginId": "site", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6", "FunctionAssociations":
				[{"EventType": "viewer-request", "FunctionARN": "arn:aws:cloudfront::123456789012:function/rewrite"}]}}`,
			"functions/rewrite.js": "function handler(event) { if (event.request.uri.endsWith('/')) event.request.uri += 'index.html'; return event.request; }\n",
			"a.requests":           "GET /\n=> 200 miss from origin\n| Hello\n",
		}},
		"not as expected": {needs: "node", project: "node", file: "a.requests", status: exitWrong,
			files: map[string]string{"a.requests": "GET /old\n=> 200 hit from origin\nLocation: (absent)\n"},
			want: `TAP version 14
1..1
not ok 1 - GET /old
  ---
  at: "a.requests:1"
  mistakes:
    - "status: got 301, want 200"
    - "cache: got nothing: the request did not come to it, want hit"
    - "from: got viewer-request, want origin"
    - "Location: got [\"https://www.example.com/new\"], want none"
  ...
`},
		"a function without code": {project: "node", file: "a.requests", status: exitOK, files: map[string]string{
			"lambda": "", "a.requests": "GET /\n=> 503 from cloudfront\n",
		}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			need(t, tc.needs)
			status, stdout, stderr := inFolder(t, copied(t, tc.project, tc.files), append(tc.args, "test", tc.file)...)
			if status != tc.status {
				t.Errorf("got status %d, want %d: %s%s", status, tc.status, stdout, stderr)
			}
			if diff := cmp.Diff(tc.want, stdout); tc.want != "" && diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}
