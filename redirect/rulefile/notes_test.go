package rulefile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
	"github.com/google/go-cmp/cmp"
)

// TestPlaceholderNotes: what looks like a placeholder in a target and is none.
func TestPlaceholderNotes(t *testing.T) {
	const netlify, cloudflare = rulefile.Netlify, rulefile.Cloudflare
	tests := []struct {
		name     string
		dialect  rulefile.Dialect
		from, to string
		notes    []string // from the column in the target on
		reason   string
	}{
		{"filled", netlify, "/p/:year/:month", "/p/:year_:month", nil, "both are captured"},
		{"after-letter", netlify, "/faq/old*", "/faq/new:splat", nil, "a name stands wherever its colon does"},
		{"query", netlify, "/x/:id", "/y?q=a:id#b:id", nil, "in each part"},
		{"longer", netlify, "/a/:slug", "/b/:slugs", []string{`4: :slugs is read as :slug and then "s", since the source captures no name "slugs"`}, "a prefix is filled"},
		{"longer-captured", cloudflare, "/a/:slugs/:slug", "/b/:slugs", nil, "the longest name"},
		{"hyphen", netlify, "/a/:slug", "/b/:slug-x/:slug.html", nil, "text behind the name"},
		{"case", netlify, "/a/:id", "/b/:Id", []string{"4: :Id is no name that the source captures, so it stays as it is; did you mean :id?"}, "names are case-sensitive"},
		{"typo", netlify, "/a/:product", "/b/:prodct", []string{"4: :prodct is no name that the source captures, so it stays as it is; did you mean :product?"}, "near"},
		{"typo-after-letter", netlify, "/a/:product", "/b/x:prodct", []string{"5: :prodct is no"}, "near"},
		{"none", netlify, "/a", "/b/:id", []string{"4: :id is no name that the source captures, so it stays as it is"}, "nothing captured"},
		{"other", netlify, "/a/:x", "/b/:identity", []string{"4: :identity is no name that the source captures, so it stays as it is; it captures :x"}, "another name"},
		{"splat", cloudflare, "/a", "/b/:splat", []string{"4: :splat is no name"}, "no star"},
		{"text", netlify, "/wiki/*", "/w/Special:Search/:splat", nil, "a colon behind a letter, with no name near"},
		{"sharepoint", netlify, "/sharepoint", "https://x.example/:b:/g/y", nil, "a colon on both sides"},
		{"port", netlify, "/a", "https://x.example:8080/b", nil, "no name begins with a digit"},
		{"time", netlify, "/a", "/at/12:30", nil, "no name begins with a digit"},
		{"star", netlify, "/a/*", "/b/*", []string{"4: a * in a target stays a *; write :splat"}, "as in a source"},
		{"dollar", netlify, "/a/:id", "/b/$1", []string{"4: $1 stays as it is; write the name that the source captures, such as :id"}, "as in a regular expression"},
		{"dollar-price", netlify, "/a", "/b/$100", nil, "nothing captured"},
		{"braces", netlify, "/a/:id", "/b/{id}", []string{"4: {id} stays as it is; placeholders are written :id"}, "as in a URI template"},
		{"braces-query", netlify, "/a", "/b?x={}&y={a-b}", nil, "no names"},
		{"distribution", netlify, "/a/:id", "https://{distribution}/:id", nil, "this package's own"},
		{"query-name", netlify, "/a go-get=:go-get", "/b?go-get=:go-get", nil, "captured from the query, hyphen and all"},
		{"dotted", netlify, "/:a.html", "/b/:a", []string{"4: :a is no name that the source captures, so it stays as it is; it captures :a.html"}, "the name is the whole segment"},
		{"dotted-cloudflare", cloudflare, "/:a.html", "/b/:a", nil, "the name ends at the dot"},
		{"literal", netlify, "/v:major", "/w/:major", []string{"4: :major is no name"}, "a name begins after a slash"},
		{"literal-cloudflare", cloudflare, "/v:major", "/w/:major", nil, "names begin anywhere"},
		{"two-names", cloudflare, "/:a:b", "/x/:b/:a", nil, "one after the other"},
		{"quoted", cloudflare, `/a\:b`, "/x/:b", []string{"4: :b is no name"}, "a backslash makes it text"},
		{"star-inside", netlify, "/*.txt", "/:splat.md", []string{"2: :splat is no name"}, "text at Netlify"},
		{"star-inside-cloudflare", cloudflare, "/*.txt", "/:splat.md", nil, "a splat"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, err := rulefile.Parse(tt.from+" "+tt.to, tt.dialect)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, n := range file.Notes {
				column := n.Column - strings.Index(tt.from+" "+tt.to, " "+tt.to) - 1
				if n.Kind != rulefile.Placeholder || n.Line != 1 {
					t.Errorf("another note: %v", n)
				}
				got = append(got, fmt.Sprintf("%d: %s", column, n.Message))
			}
			for i := range min(len(got), len(tt.notes)) {
				if strings.HasPrefix(got[i], tt.notes[i]) {
					got[i] = tt.notes[i]
				}
			}
			if diff := cmp.Diff(tt.notes, got); diff != "" {
				t.Errorf("notes (-want +got), %s:\n%s", tt.reason, diff)
			}
		})
	}
}

// TestShadowing: what is told of all rules before which pages come at Netlify.
func TestShadowing(t *testing.T) {
	const head, tail = "shadowing: no ! behind the status", `: at Netlify a page that exists comes first, here the rule does; above it write "/page /page 200" for a page that is to stay, or write the ! if there is none`
	const netlify = rulefile.Netlify
	tests := []struct {
		name, text   string
		dialect      rulefile.Dialect
		want, reason string
	}{
		{"one", "/a /b\n/c/* /d 302", netlify, "2:1: " + head + tail, "the path of the first may be known to have no page"},
		{"two", "/a/:b /b\n\n  /c/* /d 302\n", netlify, "1:1: " + head + ", as in 1 more rule with a * or a placeholder" + tail, "once a file"},
		{"many", "/x /y 301!!\n" + lines(9, "  /a%d/* /b"), netlify, "2:3: " + head + ", as in 8 more rules with a * or a placeholder" + tail, "once a file"},
		{"forced", "/a/* /b 301!\n/c/:d /e 302! Country=de\n/f/* /g 301.7!", netlify, "", "the rule comes first there, too"},
		{"text", "/*.txt /b\n/a:b /c\n", netlify, "", "no wildcards there"},
		{"way-out", "/c/page /c/page 200\n/c/x/* /c/x/:splat 200\n/c/* /d 301!\n", netlify, "", "what it says to write"},
		{"pass", "/a/*#b /c\nhttps://x.example/* /y 200\n/* /\n", netlify, "", "no redirects"},
		{"cloudflare", "/a/* /b\n", rulefile.Cloudflare, "", "pages do not come first"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, err := rulefile.Parse(tt.text, tt.dialect)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if file.Shadowed != nil {
				got = file.Shadowed.Error()
			}
			if got != tt.want {
				t.Errorf("got %q; want %q: %s", got, tt.want, tt.reason)
			}
		})
	}
}

// lines returns n lines made of format, in which %d is the number of the line.
func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i)) + "\n")
	}
	return b.String()
}

// TestLimits: what Cloudflare has left out for its number is there now, and said.
func TestLimits(t *testing.T) {
	const head = "the site never had this one: Cloudflare takes "
	tests := []struct {
		name, text string
		notes      []string
		reason     string
	}{
		{"just-enough", lines(2000, "/a%d /b") + lines(100, "/c%d/* /d"), nil, "at the limits"},
		{"static", lines(2001, "/a%d /b"), []string{"2001:1: dropped: " + head + "2,000 rules without a * or a placeholder; here they count"}, "one too many"},
		{"static-more", lines(2010, "/a%d /b"), []string{"2001:1: dropped: " + head + "2,000 rules without a * or a placeholder, and has left out 9 more lines behind this; here they count"}, "ten too many, one note"},
		{"dynamic", lines(101, "/a%d/:x /b"), []string{"101:1: dropped: " + head + "100 rules from the first with a * or a placeholder on; here they count"}, "one too many"},
		{"after-first", "/a/* /b\n" + lines(110, "/c%d /d"), []string{"101:1: dropped: " + head + "100 rules from the first with a * or a placeholder on, and has left out 10 more lines behind this; here they count"}, "rules behind the first dynamic one count as dynamic"},
		{"static-behind", lines(2001, "/a%d /b") + lines(101, "/c%d/* /d") + "/e\n", []string{"2001:1: dropped: " + head + "2,000 rules without a * or a placeholder; here they count", "2102:1: dropped: " + head + "100 rules from the first with a * or a placeholder on, and has left out 1 more line behind this; here they count"}, "both"},
		{"invalid", lines(101, "/a%d/*  /b 302 # c") + lines(5, "https://x.example/ /y"), []string{"101:1: dropped: " + head + "100 rules from the first with a * or a placeholder on, and has left out 5 more lines behind this; here they count"}, "all lines behind"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, _ := rulefile.Parse(tt.text, rulefile.Cloudflare)
			var got []string
			for _, n := range file.Notes {
				got = append(got, n.Error())
			}
			if diff := cmp.Diff(tt.notes, got); diff != "" {
				t.Errorf("notes (-want +got), %s:\n%s", tt.reason, diff)
			}
			if file, _ := rulefile.Parse(tt.text, rulefile.Netlify); len(file.Notes) > 0 {
				t.Errorf("Netlify has no limits, but there is %v", file.Notes[0])
			}
		})
	}
}
