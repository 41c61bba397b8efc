package main

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCheck: whatever is in a file, a terminal gets nothing to obey, the JSON is
// JSON, and both say the same.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		good, "/a \x1b[2J\n", "/a\u009b /b\n/b /a\u009b\n", "# expect: GET /\x07 -> pass\n", "/* /x\xff 200\n", "/a /b 3\u202e1\n", "# origin: \x1b\n",
		"/a https://x.example/\n/b //y\n", "[[redirects]]\nfrom = \"/a\x7f\"\nto = \"/b\"\n", "{\"/\\u0007\": \"/b\"}", "/a,/b\x1b\n", "RedirectMatch ^/(\x1b*)$ /b\n",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, cloudflare bool) {
		args := []string{"test", "-"}
		if cloudflare {
			args = append(args, "-dialect", "cloudflare")
		}
		status, stdout, stderr := try(text, args...)
		if i := strings.IndexFunc(stdout+stderr, isHidden); i >= 0 || !utf8.ValidString(stdout+stderr) {
			t.Fatalf("%q has something at %d", stdout+stderr, i)
		}
		statusJSON, stdout, _ := try(text, append(args, "-json")...)
		var d document
		if err := json.Unmarshal([]byte(stdout), &d); err != nil || strings.IndexFunc(stdout, isHidden) >= 0 {
			t.Fatalf("%v: %q", err, stdout)
		}
		if status != statusJSON || status != d.Status || status == exitOK != (len(d.Files[0].Mistakes) == 0) {
			t.Fatalf("status %d, with -json %d, in it %d: %s", status, statusJSON, d.Status, stdout)
		}
	})
}
