package edgeurl_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgeurl"
)

func TestRequest(t *testing.T) {
	tests := []struct{ uri, query, path, want string }{
		{"/", "", "/", "/"},
		{"/a%20b", "x=1&&y", "/a b", "/a%20b?x=1&&y"},
		{"/a%2Fb", "", "/a/b", "/a%2Fb"},
		{"/%zz", "", "/%zz", "/%25zz"},
		{"//evil.example/", "", "//evil.example/", "//evil.example/"},
	}
	for _, tt := range tests {
		r := &edge.Request{URI: tt.uri, QueryString: tt.query}
		u := edgeurl.Request(r)
		if u.Path != tt.path || u.RequestURI() != tt.want || u.Host != "" {
			t.Errorf("%s?%s: got path %q, %q, host %q; want %q, %q, none", tt.uri, tt.query, u.Path, u.RequestURI(), u.Host, tt.path, tt.want)
		}
	}
}

func TestReferer(t *testing.T) {
	tests := []struct {
		referer, path string
		ok            bool
	}{
		{"https://d111111abcdef8.cloudfront.net/index.html?a=1", "/index.html", true},
		{"http://other.example/?page=index.html", "/", true},
		{"", "", false},
		{"/index.html", "", false},
		{"//other.example/index.html", "", false},
		{"javascript:alert(1)", "", false},
		{"about:client", "", false},
		{"https:///index.html", "", false},
		{"https://:443/index.html", "", false},
		{"https://a b/", "", false},
		{"https://a.example/%zz", "", false},
	}
	for _, tt := range tests {
		r := new(edge.Request)
		r.Header.Set("Referer", tt.referer)
		u, ok := edgeurl.Referer(r)
		if ok != tt.ok || ok && u.Path != tt.path {
			t.Errorf("%q: got %v, %t; want path %q, %t", tt.referer, u, ok, tt.path, tt.ok)
		}
	}
}
