package edgesim_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestReadUnknowns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, content string
		want          edgesim.Unknowns
		err           string
	}{
		{"nothing", `{}`, edgesim.Unknowns{}, ""},
		{"each-kind", `{"HeadFillsByGet": true, "OriginRequestXCache": "Hit", "FunctionErrorTTL": "1m30s", "CloudFrontFunctionBody": 40960}`,
			edgesim.Unknowns{HeadFillsByGet: true, OriginRequestXCache: "Hit", FunctionErrorTTL: 90 * time.Second, CloudFrontFunctionBody: 40960}, ""},
		{"report", `{"date": "2026-11-28T12:00:00Z", "unknowns": {"CacheGone": true}, "answers": []}`, edgesim.Unknowns{CacheGone: true}, ""},
		{"no-object", `[]`, edgesim.Unknowns{}, `got a JSON array, want an object with names of settings`},
		{"no-json", `{`, edgesim.Unknowns{}, "unexpected end of JSON input"},
		{"misspelt", `{"HeadFillByGet": true}`, edgesim.Unknowns{}, `there is no setting "HeadFillByGet": want RootObjectFirst, `},
		{"case", `{"headFillsByGet": true}`, edgesim.Unknowns{}, `there is no setting "headFillsByGet"`}, // encoding/json would take it
		{"all-at-once", `{"CacheGone": 1, "FunctionErrorTTL": 10, "OriginRequestXCache": false, "CloudFrontFunctionBody": 1.5}`, edgesim.Unknowns{},
			"CacheGone: got 1, want true or false|OriginRequestXCache: got false, want a text|" +
				"FunctionErrorTTL: got 10, want a duration such as \"10s\"|CloudFrontFunctionBody: got 1.5, want a whole number"},
		{"null", `{"CacheGone": null}`, edgesim.Unknowns{}, "CacheGone: got null, want true or false"},
		{"negative", `{"FunctionErrorTTL": "-1s"}`, edgesim.Unknowns{}, `got "-1s", want a duration`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := edgesim.ReadUnknowns([]byte(tc.content))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			text := ""
			if err != nil {
				text = err.Error()
			}
			for part := range strings.SplitSeq(tc.err, "|") {
				if !strings.Contains(text, part) || (text != "") != (tc.err != "") {
					t.Errorf("error %q, want one with %q", text, part)
				}
			}
		})
	}
}

// TestUnknownsWritten holds that what is written is read again.
func TestUnknownsWritten(t *testing.T) {
	t.Parallel()
	want := edgesim.Unknowns{RootObjectFirst: true, OriginRequestXCache: "Error from cloudfront", FunctionErrorTTL: 5 * time.Second, CloudFrontFunctionBody: 7}
	content, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := edgesim.ReadUnknowns(content)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v, -want +got:\n%s", err, diff)
	}
}
