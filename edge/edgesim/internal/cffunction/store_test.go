package cffunction_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/cffunction"
	"github.com/google/go-cmp/cmp"
)

// TestParseStore holds the file to kvs-with-functions-create-s3-kvp.html.
func TestParseStore(t *testing.T) {
	t.Parallel()
	pair := func(key, value string) string { return `{"key":"` + key + `","value":"` + value + `"}` }
	tests := []struct{ name, file, want string }{
		{"fits", `{"data":[` + pair(strings.Repeat("ä", 512), strings.Repeat("ä", 1024)) + `]}`, ""},
		{"no-json", `key=value`, "want {"},
		{"no-data", `{"key":"value"}`, "no data"},
		{"list", `[]`, "want {"},
		{"twice", `{"data":[` + pair("a", "1") + `,` + pair("a", "2") + `]}`, `data[1]: a second value for the key "a"`},
		{"key-too-long", `{"data":[` + pair(strings.Repeat("x", 513), "") + `]}`, "513 characters"},
		{"key-empty", `{"data":[` + pair("", "1") + `]}`, "0 characters"},
		{"value-too-long", `{"data":[` + pair("a", strings.Repeat("x", 1025)) + `]}`, "1025 characters"},
		{"value-number", `{"data":[{"key":"a","value":1}]}`, "value"},
		{"value-missing", `{"data":[{"key":"a"}]}`, "data[0]: key and value have to be strings"},
		{"too-large", `{"data":[]}` + strings.Repeat(" ", 5<<20), "5242880 are allowed"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := cffunction.ParseStore([]byte(tc.file))
			if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
	got, err := cffunction.ParseStore([]byte(`{"data":[{"key":"key1","value":"value"},{"key":"key2","value":"value"}]}`))
	if diff := cmp.Diff(map[string]string{"key1": "value", "key2": "value"}, got); diff != "" || err != nil {
		t.Errorf("(-want +got):\n%s %v", diff, err)
	}
}
