package csphtml_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/csphtml"
)

func hashPage(t *testing.T, text string) csphtml.Page {
	t.Helper()
	p, err := csphtml.HashHTML(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const (
	strictRest = "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
	siteRest   = "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)

func TestStrictByHash(t *testing.T) {
	t.Parallel()
	a, b := hashes([]string{"a"})[0], hashes([]string{"b"})[0]
	tests := []struct{ name, page, want string }{
		{"nothing", "<p>", "script-src 'none'" + strictRest},
		{"inline", "<script>a</script>", "script-src '" + a + "' 'strict-dynamic' 'unsafe-inline' https:" + strictRest},
		{"integrity", "<script src=x integrity='" + a + "'></script>", "script-src '" + a + "' 'strict-dynamic' 'unsafe-inline' https:" + strictRest},
		{"handler", "<p onclick=a><script>b</script>", "script-src '" + b + "' '" + a + "' 'unsafe-hashes' 'strict-dynamic' 'unsafe-inline' https:" + strictRest},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := csphtml.StrictByHash(hashPage(t, tt.page))
			if err != nil || p.String() != tt.want {
				t.Errorf("got  %s, %v\nwant %s", p, err, tt.want)
			}
		})
	}
	_, err := csphtml.StrictByHash(hashPage(t, "<script src=x></script><script src=y></script>"))
	if err == nil || !strings.Contains(err.Error(), `"x"`) || !strings.Contains(err.Error(), `"y"`) {
		t.Errorf("got %v; want both scripts without integrity", err)
	}
}

func TestStaticSite(t *testing.T) {
	t.Parallel()
	a := hashes([]string{"a"})[0]
	const none, self = "default-src 'self'; script-src 'none'; style-src 'none'", "default-src 'self'; script-src 'self'; style-src 'none'"
	tests := []struct{ name, page, want string }{
		{"nothing", "<p>", none + siteRest},
		{"own-script", "<script src=/a.js></script><script src=b.js></script>", self + siteRest},
		{"inline", "<style>a</style><p style=a>", "default-src 'self'; script-src 'none'; style-src '" + a + "' 'unsafe-hashes'" + siteRest},
		{"urls", "<script src='https://c.example:8443/x.js?v=1#y'></script><link rel=stylesheet href='//c.example/a;b,c d\u00e9[.css'>",
			"default-src 'self'; script-src https://c.example:8443/x.js; style-src c.example/a%3Bb%2Cc%20d%C3%A9%5B.css" + siteRest},
		{"base", "<base href=https://b.example/x/><script src=a.js></script>",
			"default-src 'self'; script-src https://b.example; style-src 'none'; object-src 'none'; base-uri https://b.example; form-action 'self'; frame-ancestors 'self'"},
		{"hosts", "<img src=https://i.example/a.png><img src=https://i.example/b.png><img src=data:image/png,x><img src=c.png><iframe src=https://f.example/>" +
			"</iframe><form action='https://form.example/x?y'>",
			none + "; object-src 'none'; base-uri 'none'; form-action 'self' https://form.example; frame-ancestors 'self'" +
				"; img-src 'self' https://i.example data:; frame-src 'self' https://f.example"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := csphtml.StaticSite(hashPage(t, tt.page))
			if err != nil || p.String() != tt.want {
				t.Errorf("got  %s, %v\nwant %s", p, err, tt.want)
			}
		})
	}
	_, err := csphtml.StaticSite(hashPage(t, "<script src=https://\u00e9.example/></script><object data=data:x></object><img src=https://[::1]/x>"))
	for _, want := range []string{"script-src of the page", "object-src would allow every script", "img-src of the page"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v; want it to have %q", err, want)
		}
	}
}
