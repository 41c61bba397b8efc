package main

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/google/go-cmp/cmp"
)

// hashOfA384 is the source for the text "a", by SHA-384.
const hashOfA384 = "'sha384-VKWbnyKwuAiA2EJ+VIt8I6vYc0huHwNdzpzWl+hRdQM8qojm1XvDXvrgta/TFF8x'"

func sha256Of(text string) string {
	return strings.TrimPrefix(cspcrypto.SHA256(text).String(), "sha256-")
}

// TestBlocked: what a page has, what policies allow of it, and what is left.
func TestBlocked(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason string
		page         string
		policy       string // of the header
		site         string // URL of the page, "" if not known
		want         string // codes and values
	}{
		{"nonce", "draft 6.7.3.3", "<script nonce=n>a</script><script nonce=m>a</script>", "script-src 'nonce-n'", "",
			"blocked-inline-script script-src"},
		{"sha384", "a policy may have any of the three", "<script>a</script>", "script-src " + hashOfA384, "", ""},
		{"hash", "", "<script>a</script><script>b</script>", "script-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='", "",
			"blocked-inline-script script-src"},
		{"data-block", "HTML 4.12.1.1: does not run", "<script type=text/x>a</script>", "script-src 'none'", "", ""},
		{"rules", "'inline-speculation-rules' is for them", "<script type=speculationrules>{}</script>", "script-src 'inline-speculation-rules'", "", ""},
		{"svg", "HTML 13.2.6.5: text as any other", "<svg><style>a &lt; b</style></svg>", "style-src 'sha256-7+Hlx2Vr8LqQcasoFPqn2AmTTgoMPYgL6CInd4G5SiI='", "",
			""},
		{"unsafe-inline", "", "<script>a</script><p onclick=b style=c><a href=javascript:d>", "default-src 'unsafe-inline'", "",
			"event-handler script-src\njavascript-url script-src"},
		{"in-frame", "HTML 7.11: srcdoc has the page's policies", `<iframe srcdoc="<script>a</script>">`, "script-src 'self'", "",
			"blocked-inline-script script-src"},
		{"noscript", "says nothing where scripts run", "<noscript><style>a</style><img src=https://b.example/></noscript>", "default-src 'none'", "", ""},

		{"before-meta", "draft 3.3", "<style>a</style><meta http-equiv=content-security-policy content=\"style-src 'none'\"><style>a</style>", "", "",
			"blocked-inline-style style-src"},
		{"two-policies", "draft 8.1", "<img src=https://a.example/>", "img-src https:, img-src https://b.example", "https://c.example/", "blocked-load img-src"},

		{"relative", "'self' is where the page is", "<img src=/a><script src=b.js></script>", "default-src 'self'", "", ""},
		{"relative-elsewhere", "it is on a.example, or not", "<img src=/a>", "img-src https://a.example", "", "low blocked-load img-src"},
		{"relative-below", "", "<img src=/a>", "img-src *.a.example", "", "low blocked-load img-src"},
		{"relative-known", "", "<img src=/a>", "img-src https://a.example", "https://b.example/", "blocked-load img-src"},
		{"relative-on-it", "", "<img src=/a>", "img-src https://a.example", "https://a.example/", ""},
		{"path", "draft 6.7.2.12", "<img src=b.png>", "img-src https://a.example/x/", "https://a.example/x/y.html", ""},
		{"absolute", "it may be the page's own host", "<img src=https://a.example/b>", "img-src 'self'", "", "low blocked-load img-src"},
		{"absolute-known", "", "<img src=https://a.example/b>", "img-src 'self'", "https://b.example/", "blocked-load img-src"},
		{"absolute-nowhere", "no origin helps", "<img src=https://a.example/b>", "img-src 'none'", "", "blocked-load img-src"},
		{"base", "HTML 4.2.3", "<base href=https://a.example/><img src=b>", "img-src https://a.example", "https://b.example/", ""},
		{"base-elsewhere", "the page may be where its base is", "<base href=https://a.example/><img src=b>", "img-src 'self'", "", "low blocked-load img-src"},
		{"blocked-base", "then it does not count", "<base href=https://a.example/><img src=b>", "img-src https://a.example; base-uri 'none'", "https://b.example/",
			"blocked-load base-uri\nblocked-load img-src"},
		{"srcset", "", "<img srcset='https://a.example/1 1x, https://b.example/2 2x'>", "img-src https://a.example", "https://c.example/", "blocked-load img-src"},
		{"link", "a link loads nothing", "<a href=b.jpg><img src=b.jpg></a>", "img-src 'none'", "", "blocked-load img-src"},
		{"fragment", "it is in the page", "<svg><feImage href='#a'/></svg>", "img-src 'none'", "", ""},
		{"about", "Fetch 4.1: not asked", "<iframe src=about:blank></iframe>", "frame-src 'none'", "", ""},
		{"unicode-host", "it takes Punycode, which csplint has not", "<img src=https://\u00e9.example/>", "img-src https://a.example", "https://b.example/", ""},
		{"data", "", "<img src=data:,a>", "img-src 'self'", "", "blocked-load img-src"},
		{"script-nonce", "", "<script src=https://a.example/b.js nonce=n></script>", "script-src 'nonce-n'", "", "no-integrity script-src\nstatic-nonce "},
		{"strict-dynamic", "draft 6.7.1.1: hosts do not count", "<script src=/b.js></script>", "script-src 'self' 'nonce-n' 'strict-dynamic'", "",
			"blocked-load script-src"},
		{"engines", "csp.Behaviors: a port without scheme", "<img src=https://b.example:8443/c>", "img-src b.example:8443", "http://a.example/",
			"blocked-load img-src: nothing in the directive allows this URL, so Chromium blocks it"},
		{"import", "", "<script type=module nonce=n>import 'https://b.example/c.js'</script>", "script-src 'nonce-n'", "https://a.example/",
			"static-nonce "}, // the nonce of a module is that of its imports
		{"import-by-hash", "blocked in all engines", "<script type=module>import '/b.js'</script>",
			"script-src 'sha256-" + sha256Of("import '/b.js'") + "'", "https://a.example/", "blocked-load script-src"},
		{"import-under-strict-dynamic", "csp.Behaviors: parser-inserted is inherited, but in WebKit", "<script>import('/b.js')</script>",
			"script-src 'strict-dynamic' 'sha256-" + sha256Of("import('/b.js')") + "'", "https://a.example/",
			"blocked-load script-src: nothing in the directive allows the import of this module, so Chromium and Firefox block it"},
		{"import-map", "it may be imported", "<script type=importmap nonce=n>{\"imports\":{\"b\":\"https://b.example/c.js\"}}</script>", "script-src 'self' 'sha256-" +
			sha256Of("{\"imports\":{\"b\":\"https://b.example/c.js\"}}") + "'", "https://a.example/", "low blocked-load script-src\nstatic-nonce "},
		{"style", "a style sheet is asked for without the nonce", "<style nonce=n>@import 'https://b.example/c.css'; p { background: url(data:image/png;base64,AAAA) }</style>",
			"style-src 'nonce-n'; img-src 'self'", "https://a.example/", "blocked-load style-src\nblocked-load img-src\nstatic-nonce "},
		{"object", "Chromium asks frame-src too", "<object data=/b.html></object>", "frame-src 'none'", "https://a.example/",
			"blocked-load frame-src: nothing in the directive allows this URL, so Chromium blocks it"},
		{"object-image", "WebKit asks img-src too", "<embed src=/b.png>", "img-src 'none'", "https://a.example/",
			"blocked-load img-src: nothing in the directive allows this URL, so WebKit blocks it"},
		{"prefetch", "Firefox asks default-src", "<link rel=prefetch href=https://b.example/>", "default-src 'self'; img-src *", "https://a.example/",
			"low blocked-load default-src: nothing in the directive allows what this link loads beforehand, so Firefox blocks it"},
		{"preload-and-use", "each once", "<link rel=preload as=style href=/b.css><link rel=stylesheet href=/b.css>", "style-src 'none'", "https://a.example/",
			"low blocked-load style-src\nblocked-load style-src"},
		{"no-policy", "nothing is blocked", "<script>a</script><img src=b>", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page, err := csphtml.HashHTML(strings.NewReader(tt.page))
			if err != nil {
				t.Fatal(err)
			}
			var site *url.URL
			if tt.site != "" {
				site, _ = url.Parse(tt.site)
			}
			list, _ := csp.ParseList(tt.policy)
			var got []string
			for _, f := range newTrial(site, newPageIndex([]byte(tt.page), page.Loads), list, nil).findings(page, tt.name == "nonce") {
				line := f.Code + " " + f.Directive
				if f.Severity == csp.Low && f.Code == "blocked-load" {
					line = "low " + line
				}
				if strings.HasPrefix(f.Code, "blocked-") && !strings.Contains(f.Reason, "browsers") {
					line += ": " + f.Reason
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

// TestPlaces: lines count from 1, and columns in characters from 1.
func TestPlaces(t *testing.T) {
	t.Parallel()
	text := newText([]byte("a\n\u00e9\u00e9b\n\nc"))
	for offset, want := range map[int][2]int{-1: {1, 1}, 0: {1, 1}, 1: {1, 2}, 2: {2, 1}, 6: {2, 3}, 7: {2, 4}, 8: {3, 1}, 9: {4, 1}, 10: {4, 2}, 99: {4, 2}} {
		if f := text.at(csp.Finding{}, offset); f.line != want[0] || f.column != want[1] {
			t.Errorf("%d: got line %d, column %d; want %v", offset, f.line, f.column, want)
		}
	}
}

// TestPlacesInLongLines: columns there are those that counting from the beginning
// gives, and no more than mostBetween bytes are counted for one.
func TestPlacesInLongLines(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"a", "\u00e9", "\u20ac", "\U0001f600", "a\u00e9\u20ac"} {
		content := "\n" + strings.Repeat(unit, 2*mostBetween) + "\n" + strings.Repeat(unit, mostBetween)
		text := newText([]byte(content))
		for i := range text.marks[1:] {
			if n := text.marks[i+1].offset - text.marks[i].offset; n > mostBetween {
				t.Fatalf("%q: %d bytes between marks; want at most %d", unit, n, mostBetween)
			}
		}
		line, column := 1, 1
		for offset, c := range content {
			if f := text.at(csp.Finding{}, offset); f.line != line || f.column != column {
				t.Fatalf("%q, offset %d: got line %d, column %d; want %d, %d", unit, offset, f.line, f.column, line, column)
			}
			if column++; c == '\n' {
				line, column = line+1, 1
			}
		}
	}
}

// TestPolicyOffsets: a part without a directive is no policy.
func TestPolicyOffsets(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]int{"": nil, " ,;": nil, "a": {0}, " a, b": {1, 4}, ",a,, ;\t,\tb,": {1, 9}} {
		if diff := cmp.Diff(want, policyOffsets(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// TestManyFindings: each finding in a long header costs what it costs in a short one.
// Else this takes minutes.
func TestManyFindings(t *testing.T) {
	t.Parallel()
	file := "content-security-policy: img-src 'self'" + strings.Repeat(", script-src\n 'unsafe-inline' https://a.example/p https:", 2000)
	r := readResponses(source{}, []byte(file))[0]
	list := r.list(csp.HeaderName)
	for i := range 20_000 {
		p := i % len(list)
		want := "script-src"
		if p == 0 {
			want = "img-src"
		}
		f := r.policies[csp.HeaderName].place(csp.Finding{Position: csp.Position{Policy: p}}, r.text)
		if n, _ := slices.BinarySearchFunc(r.text.marks, f.line, func(m mark, line int) int { return m.line - line }); !strings.HasPrefix(file[r.text.marks[n].offset+f.column-1:], want) {
			t.Fatalf("policy %d: got line %d, column %d; want the place of %s", p, f.line, f.column, want)
		}
	}
}

// TestPlaceInHeader: a finding of any policy, of any header of the name and of its
// folded lines, is where it stands in the file.
func TestPlaceInHeader(t *testing.T) {
	t.Parallel()
	const file = "HTTP/1.1 200 OK\n" +
		"Content-Security-Policy:  img-src * self;\n" +
		"  frame-src self, , ,font-src self\n" +
		"X: y\n" +
		"content-security-policy: media-src none\n\n"
	var stdout, stderr bytes.Buffer
	c := command{strings.NewReader(file), &stdout, &stderr, false}
	c.run([]string{"-json", "-"})
	var findings []jsonFinding
	if err := json.Unmarshal(stdout.Bytes(), &findings); err != nil {
		t.Fatal(err, stderr.String())
	}
	lines := strings.Split(file, "\n")
	seen := 0
	for _, f := range findings {
		if f.Directive == "" {
			continue
		}
		seen++
		want := f.Directive
		if f.Value != "" {
			want = f.Value
		}
		if got := lines[f.Line-1][f.Column-1:]; !strings.HasPrefix(got, want) {
			t.Errorf("%s: line %d, column %d is %q; want %q", f.Code, f.Line, f.Column, got, want)
		}
	}
	if seen == 0 {
		t.Errorf("no finding about a directive in %s", stdout.String())
	}
}

// FuzzPage: whatever a page is, what csplint says of it has a place in it.
func FuzzPage(f *testing.F) {
	f.Add([]byte(blockedPage), "default-src 'none'; base-uri 'none'")
	f.Add([]byte("<svg><script><g>a</g></svg><script>"), "script-src 'self' *.a.example")
	f.Add([]byte("<noscript><iframe srcdoc='<iframe srcdoc=&quot;<p style=a>&quot;>'><img srcset='b 1x,b 2x,'>"), "img-src 'self'")
	f.Fuzz(func(t *testing.T, content []byte, policy string) {
		page, err := csphtml.HashHTML(bytes.NewReader(content))
		if err != nil {
			return
		}
		list, _ := csp.ParseList(policy)
		for _, finding := range newTrial(nil, newPageIndex(content, page.Loads), list, list).findings(page, false) {
			if at := finding.Position.Offset; at < 0 || at >= len(content) {
				t.Errorf("%s at %d of %d bytes", finding.Code, at, len(content))
			}
		}
	})
}
