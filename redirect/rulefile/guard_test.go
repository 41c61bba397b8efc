package rulefile_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// answer returns "302 /b", or "passes", for a request to the rules of text.
func answer(t *testing.T, text string, d rulefile.Dialect, target string, fields ...string) string {
	t.Helper()
	file, err := rulefile.Parse(text, d)
	if err != nil {
		t.Fatal(err)
	}
	table, err := file.Compile()
	if err != nil {
		t.Fatal(err)
	}
	r, err := rulefile.NewRequest("GET", target, fields...)
	if err != nil {
		t.Fatal(err)
	}
	if m, ok := table.Lookup(r); ok {
		return m.Response().Header.Get("Location")
	}
	return "passes"
}

// TestGuard: what Netlify's matcher lets pass lest it leads to itself. What the
// matcher does was measured with netlify-redirector 0.5.0.
func TestGuard(t *testing.T) {
	tests := []struct{ text, target, want, reason string }{
		{"/* /en/:splat 302", "/a", "/en/a", "the first request"},
		{"/* /en/:splat 302", "/en/a", "passes", "the one that follows"},
		{"/* /en/:splat 302", "/enx", "passes", "bytes are compared, not segments"},
		{"/* /en/:splat 302 Language=en\n/* /de/:splat", "/en/a", "passes", "no later line has its turn, though the condition does not hold"},
		{"/* /en/:splat 302 Language=en\n/* /de/:splat", "/x", "/de/x", "but for others it has"},
		{"/docs/* /docs/latest/:splat", "/docs/x", "/docs/latest/x", "in a folder"},
		{"/docs/* /docs/latest/:splat", "/docs/latest/x", "passes", "in a folder"},
		{"/a/* /a/b 301!", "/a/x", "/a/b", "a target without a splat"},
		{"/a/* /a/b 301!", "/a/b/c", "passes", "what is below it"},
		{"/* /", "/x", "passes", "every path begins so"},
		{"/a/* /a", "/a/x", "passes", "the line is for its target, too"},
		{"/docs/en/* /docs/:splat", "/docs/en/x", "/docs/x", "not for its target"},
		{"/web/:a/:b/* /web/:splat", "/web/1/2/x", "/web/x", "not for this target"},
		{"/web/* /web/:splat", "/web/x", "passes", "the line is for its target, which is where the request is"},
		{"/t/* /t/:splat/x", "/t/a", "passes", "every target begins so, too"},
		{"/:lang/* /en/:splat", "/de/x", "/en/x", "a name stands for the target's segment"},
		{"/:lang/* /en/:splat", "/en/x", "passes", "a name stands for the target's segment"},
		{"/:lang/* /en/:splat", "/english/x", "passes", "bytes are compared"},
		{"/blog/:year/* /blog/archive/:splat 301\n/* /z", "/blog/archive", "passes", "with the slash or without"},
		{"/blog/:year/* /blog/archive/:splat 301\n/* /z", "/blog/2026/x", "/blog/archive/x", "not there yet"},
		{"/:a/:b/* /x/y/z", "/x/y/z/1", "passes", "two names and the splat"},
		{"/:a/x/* /b/x\n/* /z", "/b/x/y", "passes", "the last segment is literal"},
		{"/:a/x/* /b/x\n/* /z", "/b/x", "passes", "the last segment is literal"},
		{"/:a/x/* /b/x\n/* /z", "/b/xx/x", "/z", "the first line is not for that"},
		{"/x/* /y/:splat", "/x/y", "/y/y", "another folder"},
		{"/a/* https://b.example/a/:splat\n# origin: https://b.example", "/a/x", "https://b.example/a/x", "another site"},
		{"/* /en/:splat 200\n/x /y", "/x", "passes", "no redirect"},
	}
	for _, tt := range tests {
		t.Run(strings.Fields(tt.text)[0]+" "+tt.target, func(t *testing.T) {
			if got := answer(t, tt.text, rulefile.Netlify, tt.target); got != tt.want {
				t.Errorf("%s at %s: got %s; want %s (%s)", tt.text, tt.target, got, tt.want, tt.reason)
			}
		})
	}
}

// TestGuardMistake: a rule that Netlify does not guard leads on without end there.
func TestGuardMistake(t *testing.T) {
	for _, text := range []string{"/* /en/:splat?a=1", "/x/* /x/y:splat"} {
		file, err := rulefile.Parse(text, rulefile.Netlify)
		if err == nil {
			_, err = file.Compile()
		}
		if err == nil || !strings.Contains(err.Error(), "loop") {
			t.Errorf("%s: error %v; want a loop", text, err)
		}
	}
}

// TestReadAsTheHost: parts of lines that mean another thing than they seem to.
func TestReadAsTheHost(t *testing.T) {
	const netlify, cloudflare = rulefile.Netlify, rulefile.Cloudflare
	tests := []struct {
		text    string
		dialect rulefile.Dialect
		target  string
		fields  []string
		want    string
		reason  string
	}{
		{"/x /y?", netlify, "/x?a=1", nil, "/y?a=1", "a question mark alone is no query"},
		{"/x /y?#z", cloudflare, "/x?a=1", nil, "/y?a=1#z", "before a fragment, too"},
		{`/e args\[\]=:args /f?a=:args`, netlify, "/e?args[]=v", nil, "/f?a=v", "a name is a regular expression"},
		{`/e args\[\]=:args /f?a=:args`, netlify, "/e?args%5B%5D=v", nil, "/f?a=v", "as browsers send it"},
		{"/e args[]=:args /f\n/e /g", netlify, "/e?args[]=v", nil, "/g?args[]=v", "which this one never matches"},
		{"/c /d 302 Country=UA-43\n/c /e", netlify, "/c", nil, "/e", "no such country"},
		{"/c /d 302 Country=UA-43,de\n/c /e", netlify, "/c", []string{"Country=DE"}, "/d", "but the other one is"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			if got := answer(t, tt.text, tt.dialect, tt.target, tt.fields...); got != tt.want {
				t.Errorf("%s: got %s; want %s (%s)", tt.target, got, tt.want, tt.reason)
			}
		})
	}
}
