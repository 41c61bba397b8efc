package rulefile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
	"github.com/google/go-cmp/cmp"
)

// TestCompileMistakes: what only the whole table shows has line and column too.
func TestCompileMistakes(t *testing.T) {
	file, err := rulefile.Parse("/a /b\n\n/c   https://other.example/\n/b /a\n/e //", rulefile.Cloudflare)
	if got := problems(err); len(got) != 1 {
		t.Errorf("got %q; want one mistake", got)
	}
	_, err = file.Compile()
	want := []string{
		"1:4: loop: goes on without end: /a -> /b -> /a (line 1, line 4); let one of them lead elsewhere",
		`3:6: off-site: To "https://other.example/": leaves the site; add the line "# origin: https://other.example" if it is meant to`,
	}
	if diff := cmp.Diff(want, problems(err)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	if _, ok := errors.AsType[*rulefile.Error](err); !ok {
		t.Errorf("%T is no *rulefile.Error", err)
	}
}

// TestConditionMistakes: what is wrong with a condition is told where it stands.
func TestConditionMistakes(t *testing.T) {
	file, err := rulefile.Parse("/a /b 302 Language=de_DE country=de\n/c /d Method=get\n", rulefile.Netlify)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.Compile()
	want := []string{
		`1:11: invalid: Language: got "de_DE"; must be a tag such as fr or pt-BR`,
		`2:7: invalid: Method: got "get"; must be a method in upper case`,
	}
	if diff := cmp.Diff(want, problems(err)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

// TestCompileNotes: what the hosts do not mind is no mistake.
func TestCompileNotes(t *testing.T) {
	tests := []struct {
		name, text string
		notes      []string // what each begins with
		reason     string
	}{
		{"duplicate", "/a /b\n/a /c\n", []string{"2:1: duplicate: line 1 is for the same requests"}, "the first one is for all"},
		{"duplicate-slash", "/a /b\n/a/ /b\n", []string{"2:1: duplicate:"}, "the same path at Netlify"},
		{"unreachable", "/d/* /e/:splat\n/d/x /y\n", []string{`2:1: unreachable: line 1, "/d/*", comes first`}, "the first one is for all"},
		{"chain", "/a /b\n/b /c 302\n", []string{`1:4: chain: leads to "/b", which line 2 redirects again; write "/c"`}, "it ends"},
		{"trigger", "/ /de 302 Country=de\nhttp://a.example/ https://{distribution}/x\n", []string{"1:1: trigger: looks at CloudFront-Viewer-Country, which CloudFront adds after viewer-request; run the rules at origin-request", "2:1: trigger: looks at CloudFront-Forwarded-Proto, which"}, "where it is to run is not known"},
		{"order", "/a /b 301!!\n/a /c 301# z\n/b /d\n", []string{"1:7: syntax:", "1:4: chain:", "2:7: syntax:", "2:1: duplicate:"}, "those of the text and of the table, by line"},
		{"placeholder", "/a/* /b/:id\n", []string{"1:9: placeholder: :id is no name"}, "once, by the dialect"},
		{"pass", "/a/* /b 200\n/a/x /y\n", []string{"1:9: unsupported:", "2:1: unreachable:"}, "the requests pass on before"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, err := rulefile.Parse(tt.text, rulefile.Netlify)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // they do not pile up
				table, err := file.Compile()
				if table == nil || err != nil {
					t.Fatalf("no table: %v", err)
				}
			}
			var got []string
			for _, n := range file.Notes {
				got = append(got, n.Error())
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

// TestTrigger: what cannot hold where the table is to run is a mistake.
func TestTrigger(t *testing.T) {
	file, err := rulefile.Parse("/ /de 302 Country=de\n", rulefile.Netlify)
	if err != nil {
		t.Fatal(err)
	}
	file.Config.Trigger = edge.ViewerRequest
	if _, err := file.Compile(); len(problems(err)) != 1 {
		t.Errorf("at viewer-request: %v; want one mistake", err)
	}
	file.Config.Trigger = edge.OriginRequest
	if _, err := file.Compile(); err != nil || len(file.Notes) > 0 {
		t.Errorf("at origin-request: %v, %v", err, file.Notes)
	}
}

// TestUsersRules: rules of the Config come first and have no line.
func TestUsersRules(t *testing.T) {
	file, err := rulefile.Parse("/b /c\n/c /b\n", rulefile.Netlify)
	if err != nil {
		t.Fatal(err)
	}
	file.Config.Rules = []redirect.Rule{{From: "/a", To: "https://a.example/"}, {From: "d", To: "/e"}}
	_, err = file.Compile()
	want := []string{
		`0:0: off-site: To "https://a.example/": leaves the site; add the line "# origin: https://a.example" if it is meant to`,
		"0:0: invalid: must begin with /, //host/ or https://host/",
		"1:4: loop: goes on without end: /b -> /c -> /b (line 1, line 2); let one of them lead elsewhere",
	}
	if diff := cmp.Diff(want, problems(err)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

func TestOtherSites(t *testing.T) {
	file, err := rulefile.Parse(`
/a https://B.example/x
/b http://b.example:80?q
/c https://b.example:443
/d https://c.example:8080/:splat
/e /local
/f https://{distribution}/f
/g https://passes.example/ 200
/i https://u@d.example/
/j https://b.example#f
/k /x://y.example/
`, rulefile.Netlify)
	if err != nil {
		t.Fatal(err)
	}
	want := []rulefile.Host{{"https://b.example", 2, 4, 3}, {"http://b.example", 3, 4, 1}, {"https://c.example:8080", 5, 4, 1}}
	if diff := cmp.Diff(want, file.Hosts); diff != "" {
		t.Errorf("hosts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[1:], rulefile.Missing(file.Hosts, []string{"https://B.example:443"})); diff != "" {
		t.Errorf("hosts that are missing (-want +got):\n%s", diff)
	}
	for i := range want {
		want[i].Column = 0
	}
	if diff := cmp.Diff(want, rulefile.HostsOf(file.Rules())); diff != "" {
		t.Errorf("hosts of the rules (-want +got):\n%s", diff)
	}
}
