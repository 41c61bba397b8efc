package redirect_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// where returns "302 /location" for a request that table redirects, or "".
func where(table *redirect.Table, r *edge.Request) string {
	m, ok := table.Lookup(r)
	if !ok {
		return ""
	}
	return itoa(m.Status) + " " + m.Location
}

func compile(t *testing.T, c redirect.Config) *redirect.Table {
	t.Helper()
	table, err := redirect.Compile(c)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestRules(t *testing.T) {
	table := compile(t, redirect.Config{
		Origins: []string{"https://shop.example", "https://old.example"},
		Rules: []redirect.Rule{
			{From: "/exact", To: "/there"},
			{From: "/moved", To: "/gone", Status: 301},
			{From: "/kept", To: "/post", Status: 308},
			{From: "/blog/new", To: "/blog-new"},
			{From: "/blog/*", To: "/news/:splat"},
			{From: "/blog/late", To: "/never"},
			{From: "/user/:id/posts/:post", To: "/u/:id?post=:post#:id"},
			{From: "/page-:n.html", To: "/pages/:n"},
			{From: "/:year-:month-:day", To: "/date/:year/:month/:day"},
			{From: "/any/*/end", To: "/middle/:splat"},
			{From: "/a/:a/:ab", To: "/b/:ab/:a/:abc"},
			{From: "/shop/*", To: "https://shop.example/:splat"},
			{From: "/own/*", To: "https://{distribution}/mine/:splat"},
			{From: "/café", To: "/kaffee"},
			{From: "//old.example/*", To: "https://{distribution}/:splat"},
			{From: "http://plain.example/*", To: "https://old.example/:splat"},
			{From: "/wiki/Special:Search", To: "/wiki/Special:Find"},
			{From: "/open/*", To: "/:splat"},
		},
		Tolerate: []string{"unreachable", "trigger"},
	})
	tests := []struct {
		name, uri, host string
		want            string
		reason          string
	}{
		{"exact", "/exact", "", "302 /there", "the whole path"},
		{"exact-more", "/exact/", "", "", "another path"},
		{"exact-case", "/Exact", "", "", "paths have case"},
		{"permanent", "/moved", "", "301 /gone", "its status"},
		{"method-kept", "/kept", "", "308 /post", "its status"},
		{"first-exact", "/blog/new", "", "302 /blog-new", "the first rule wins"},
		{"splat", "/blog/2024/x", "", "302 /news/2024/x", "the splat takes slashes"},
		{"splat-empty", "/blog/", "", "302 /news/", "the splat may be empty"},
		{"splat-needs-slash", "/blog", "", "", "the slash is text"},
		{"first-wildcard", "/blog/late", "", "302 /news/late", "an earlier wildcard wins over a later exact rule"},
		{"names", "/user/7/posts/x", "", "302 /u/7?post=x#7", "path, query and fragment"},
		{"name-not-empty", "/user//posts/x", "", "", "a name takes one byte or more"},
		{"name-no-slash", "/user/7/8/posts/x", "", "", "a name takes one segment"},
		{"part", "/page-12.html", "", "302 /pages/12", "part of a segment"},
		{"part-short", "/page-.html", "", "", "one byte or more"},
		{"parts", "/2024-05-06", "", "302 /date/2024/05/06", "each as little as possible"},
		{"parts-rest", "/a-b-c-d", "", "302 /date/a/b/c-d", "the last takes the rest"},
		{"middle", "/any/b/c/end", "", "302 /middle/b/c", "a splat before text"},
		{"middle-empty", "/any//end", "", "302 /middle/", "as before"},
		{"middle-short", "/any/end", "", "", "both slashes are text"},
		{"longest-name", "/a/1/2", "", "302 /b/2/1/2c", "longest name first: :abc is :ab and c"},
		{"no-second-pass", "/blog/:splat", "", "302 /news/:splat", "values are not expanded again"},
		{"other-origin", "/shop/x?a=b", "", "302 https://shop.example/x?a=b", "an allowed origin"},
		{"distribution", "/own/x", "", "302 https://" + domain + "/mine/x", "its own domain"},
		{"escaped", "/caf%C3%A9", "", "302 /kaffee", "escapes in normal form"},
		{"escaped-lower", "/caf%c3%a9", "", "302 /kaffee", "escapes in normal form"},
		{"raw-utf8", "/café", "", "302 /kaffee", "escapes in normal form"},
		{"escaped-letter", "/%65xact", "", "302 /there", "unreserved bytes are not escaped"},
		{"escaped-slash", "/blog%2Fx", "", "", "an escaped slash is none"},
		{"host", "/x", "old.example", "302 https://" + domain + "/x", "a rule for a host"},
		{"host-port", "/x", "OLD.example:443", "302 https://" + domain + "/x", "no case, no port"},
		{"host-same-path", "/", "old.example", "302 https://" + domain + "/", "another host is another place"},
		{"http-unknown", "/x", "plain.example", "", "without the scheme it counts as https"},
		{"colon", "/wiki/Special:Search", "", "302 /wiki/Special:Find", "a colon after a letter"},
		{"open", "/open/x", "", "302 /x", "a local path"},
		{"open-slash", "/open//evil.example", "", "", "would be //evil.example"},
		{"open-slashes", "/open///evil.example", "", "", "would be ///evil.example"},
		{"open-backslash", `/open/\evil.example`, "", `302 /%5Cevil.example`, "the backslash is data"},
		{"open-escaped", `/open/%5Cevil.example`, "", `302 /%5Cevil.example`, "stays escaped"},
		{"open-question", "/open/%3Fa", "", "302 /%3Fa", "stays in the path"},
		{"open-up", "/open/../x", "", "", "no browser sends it"},
		{"open-up-escaped", "/open/%2e%2E/x", "", "", "the same to a browser"},
		{"open-hash", "/open/a#b", "", "302 /a%23b", "stays in the path"},
		{"header-injection", "/open/a\r\nX:b", "", "302 /a%0D%0AX:b", "stays in the header"},
		{"none", "/other", "", "", "no rule"},
		{"empty", "", "", "", "not a path"},
		{"star", "*", "", "", "not a path"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request(tt.uri, "")
			if tt.host != "" {
				r.Header.Set("Host", tt.host)
			}
			if got := where(table, r); got != tt.want {
				t.Errorf("%s: got %q; want %q (%s)\n%s", tt.uri, got, tt.want, tt.reason, table.Explain(r))
			}
		})
	}
}

// TestSchemes: an origin-request function may send viewers from http to https, and
// nothing sends them back.
func TestSchemes(t *testing.T) {
	table := compile(t, redirect.Config{Origins: []string{"https://example.com", "http://example.com"}, Rules: []redirect.Rule{
		{From: "http://example.com/*", To: "https://example.com/:splat"},
		{From: "/plain", To: "http://example.com/plain"},
	}, Tolerate: []string{"unreachable", "trigger"}})
	tests := []struct {
		name, uri, proto string
		trigger          edge.Trigger
		want, reason     string
	}{
		{"http", "/a", "http", edge.OriginRequest, "302 https://example.com/a", "another scheme is another place"},
		{"https", "/a", "https", edge.OriginRequest, "", "already there"},
		{"unknown", "/a", "", edge.OriginRequest, "", "counts as https"},
		{"forged", "/a", "http", edge.ViewerRequest, "", "the viewer's own header"},
		{"not-back", "/plain", "https", edge.OriginRequest, "", "would be sent to https again, and so on"},
		{"unknown-same", "/plain", "", edge.ViewerRequest, "", "the same place, as far as it is known"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request(tt.uri, "")
			r.Config.Trigger = tt.trigger
			r.Header.Set("Host", "example.com")
			if tt.proto != "" {
				r.Header.Set("CloudFront-Forwarded-Proto", tt.proto)
			}
			if got := where(table, r); got != tt.want {
				t.Errorf("got %q; want %q (%s)\n%s", got, tt.want, tt.reason, table.Explain(r))
			}
		})
	}
}

func TestQueryModes(t *testing.T) {
	rules := func(mode redirect.QueryMode) []redirect.Rule {
		return []redirect.Rule{
			{From: "/none", To: "/b", Query: mode},
			{From: "/own", To: "/b?x=1&y=2", Query: mode},
			{From: "/empty", To: "/b?", Query: mode},
			{From: "/frag", To: "/b?x=1#f", Query: mode},
			{From: "/hash", To: "/b#f", Query: mode},
		}
	}
	tests := []struct {
		name   string
		mode   redirect.QueryMode
		target string
		want   string
		reason string
	}{
		{"preserve", redirect.Preserve, "/none?a=%20+&&=%zz", "/b?a=%20+&&=%zz", "byte for byte"},
		{"preserve-question", redirect.Preserve, "/none?a?b", "/b?a?b", "a second question mark is data"},
		{"preserve-empty", redirect.Preserve, "/none?", "/b?", "an empty query is one"},
		{"preserve-none", redirect.Preserve, "/none", "/b", "none is none"},
		{"preserve-own", redirect.Preserve, "/own?x=3", "/b?x=1&y=2&x=3", "the viewer's is appended"},
		{"preserve-own-none", redirect.Preserve, "/own", "/b?x=1&y=2", "nothing to append"},
		{"preserve-own-empty", redirect.Preserve, "/own?", "/b?x=1&y=2", "nothing to append"},
		{"preserve-empty-own", redirect.Preserve, "/empty?a", "/b?a", "nothing to append to"},
		{"preserve-fragment", redirect.Preserve, "/hash?a", "/b?a#f", "the fragment is after the query"},
		{"preserve-both", redirect.Preserve, "/frag?a", "/b?x=1&a#f", "the fragment is after the query"},
		{"preserve-control", redirect.Preserve, "/none?a\r\nb", "/b?a%0D%0Ab", "cannot stand in a header"},
		{"preserve-hash", redirect.Preserve, "/none?a#b", "/b?a%23b", "cannot stand in a query"},
		{"preserve-utf8", redirect.Preserve, "/none?ä=%C3%A4", "/b?%C3%A4=%C3%A4", "escaped, as a browser would have; escapes stay"},
		{"preserve-markup", redirect.Preserve, `/none?a="<b>'`, "/b?a=%22%3Cb%3E'", "cannot end an attribute or begin a tag"},
		{"preserve-own-utf8", redirect.Preserve, "/own?ä", "/b?x=1&y=2&%C3%A4", "appended, escaped"},
		{"preserve-bytes", redirect.Preserve, "/none?\xe4", "/b?%E4", "no UTF-8: CloudFront would refuse it"},
		{"merge", redirect.Merge, "/own?x=3&z=4&&w", "/b?x=1&y=2&z=4&w", "the target's names are the target's"},
		{"merge-escaped", redirect.Merge, "/own?%78=3&z", "/b?x=1&y=2&z", "names are compared decoded"},
		{"merge-none", redirect.Merge, "/none?x=3", "/b?x=3", "nothing to merge with"},
		{"merge-empty", redirect.Merge, "/empty?x=3", "/b?x=3", "nothing to merge with"},
		{"merge-all-taken", redirect.Merge, "/own?x=3", "/b?x=1&y=2", "nothing left"},
		{"target-wins", redirect.TargetWins, "/own?z=4", "/b?x=1&y=2", "the target has one"},
		{"target-wins-none", redirect.TargetWins, "/none?z=4", "/b?z=4", "the target has none"},
		{"target-wins-empty", redirect.TargetWins, "/empty?z=4", "/b?", "an empty query is one"},
		{"drop", redirect.Drop, "/none?z=4", "/b", "dropped"},
		{"drop-own", redirect.Drop, "/own?z=4", "/b?x=1&y=2", "the target's stays"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := compile(t, redirect.Config{Rules: rules(tt.mode)})
			if got := where(table, request(tt.target, "")); got != "302 "+tt.want {
				t.Errorf("%s: got %q; want %q (%s)", tt.target, got, tt.want, tt.reason)
			}
		})
	}
}

func TestQueryLists(t *testing.T) {
	table := compile(t, redirect.Config{Rules: []redirect.Rule{
		{From: "/deny", To: "/b", DenyQuery: []string{"utm_*", "fbclid"}},
		{From: "/allow", To: "/b", AllowQuery: []string{"q", "page*"}, DenyQuery: []string{"pagex"}},
	}})
	tests := []struct{ name, target, want, reason string }{
		{"deny", "/deny?utm_source=a&b=%20&fbclid=c&d", "/b?b=%20&d", "the others keep order and bytes"},
		{"deny-escaped", "/deny?utm%5Fsource=a&b", "/b?b", "names are compared decoded"},
		{"deny-all", "/deny?utm_a=1", "/b", "no question mark is left"},
		{"deny-empty-pairs", "/deny?&a&&", "/b?&a&&", "empty pairs are nobody's"},
		{"deny-almost", "/deny?utm=1&fbclid2=2", "/b?utm=1&fbclid2=2", "other names"},
		{"deny-none", "/deny", "/b", "no query"},
		{"deny-question", "/deny?", "/b?", "an empty query is one"},
		{"allow", "/allow?q=1&r=2&page=3&page_size=4&pagex=5", "/b?q=1&page=3&page_size=4", "allowed and not denied"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := where(table, request(tt.target, "")); got != "302 "+tt.want {
				t.Errorf("%s: got %q; want %q (%s)", tt.target, got, tt.want, tt.reason)
			}
		})
	}
}

func TestSiteForms(t *testing.T) {
	rules := []redirect.Rule{
		{From: "/docs/", To: "/manual"},
		{From: "/blog/*", To: "/news/:splat"},
		{From: "/:a/b", To: "/c/:a"},
	}
	tests := []struct {
		name        string
		index       string
		ignoreSlash bool
		uri, want   string
	}{
		{"plain", "", false, "/docs/", "302 /manual"},
		{"plain-index", "", false, "/docs/index.html", ""},
		{"plain-slash", "", false, "/docs", ""},
		{"index", "index.html", false, "/docs/index.html", "302 /manual"},
		{"index-slash", "index.html", false, "/docs", ""},
		{"index-splat", "index.html", false, "/blog/x/index.html", "302 /news/x/index.html"},
		{"slash", "", true, "/docs", "302 /manual"},
		{"slash-slash", "", true, "/docs/", "302 /manual"},
		{"slash-splat", "", true, "/blog", "302 /news/"},
		{"slash-name", "", true, "/x/b/", "302 /c/x"},
		{"both", "index.html", true, "/docs/index.html", "302 /manual"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := compile(t, redirect.Config{Rules: rules, Index: tt.index, IgnoreSlash: tt.ignoreSlash})
			if got := where(table, request(tt.uri, "")); got != tt.want {
				t.Errorf("%s: got %q; want %q", tt.uri, got, tt.want)
			}
		})
	}
}

func TestAlreadyThere(t *testing.T) {
	table := compile(t, redirect.Config{Index: "index.html", Origins: []string{"https://www.example.com"}, Rules: []redirect.Rule{
		{From: "/index.html", To: "/"},
		{From: "/all/*", To: "/all/home"},
		{From: "/strip", To: "/strip", Query: redirect.Drop},
		{From: "//example.com/*", To: "https://www.example.com/:splat"},
	}, Tolerate: []string{"unreachable"}})
	tests := []struct{ name, uri, host, want string }{
		{"index", "/index.html", "", "302 /"},
		{"index-there", "/", "", ""},
		{"all", "/all/x", "", "302 /all/home"},
		{"all-there", "/all/home", "", ""},
		{"all-query", "/all/home?x", "", ""},
		{"strip", "/strip?a", "", "302 /strip"},
		{"strip-there", "/strip", "", ""},
		{"escapes-there", "/all/%68ome", "", ""},
		{"host", "/a", "example.com", "302 https://www.example.com/a"},
		{"host-there", "/a", "www.example.com", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request(tt.uri, "")
			if tt.host != "" {
				r.Header.Set("Host", tt.host)
			}
			if got := where(table, r); got != tt.want {
				t.Errorf("%s: got %q; want %q", tt.uri, got, tt.want)
			}
		})
	}
}

func TestStatusAndHeaders(t *testing.T) {
	table := compile(t, redirect.Config{Rules: []redirect.Rule{
		{From: "/default", To: "/x"},
		{From: "/permanent", To: "/x", Status: 301},
		{From: "/said", To: "/x", Status: 301, CacheControl: "max-age=60"},
		{From: "/conditional", To: "/x", Status: 308, When: redirect.When{Referer: []string{"self"}, Language: []string{"fr"}}},
		{From: "/conditional", To: "/y", Status: 308},
	}})
	tests := []struct {
		name, method, uri, want string
		fields                  []string
	}{
		{"get", "GET", "/default", "302 no-store", nil},
		{"head", "HEAD", "/default", "302 no-store", nil},
		{"post", "POST", "/default", "307 no-store", nil},
		{"permanent", "GET", "/permanent", "301 public, max-age=3600", nil},
		{"permanent-post", "POST", "/permanent", "301 public, max-age=3600", nil},
		{"said", "GET", "/said", "301 max-age=60", nil},
		{"conditional", "GET", "/conditional", "308 no-store accept-language, referer", []string{"Referer", "https://" + domain + "/", "Accept-Language", "fr"}},
		{"otherwise", "GET", "/conditional", "308 no-store accept-language, referer", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request(tt.uri, "", tt.fields...)
			r.Method = tt.method
			m, ok := table.Lookup(r)
			if !ok {
				t.Fatal("no redirect")
			}
			response := m.Response()
			got := strings.TrimSpace(itoa(response.StatusCode) + " " + response.Header.Get("cache-control") + " " + response.Header.Get("vary"))
			if got != tt.want {
				t.Errorf("got %q; want %q", got, tt.want)
			}
		})
	}
}

func TestZeroTable(t *testing.T) {
	var table redirect.Table
	r := request("/", "a=b")
	if outcome, err := table.Handle(t.Context(), r); outcome != edge.Outcome(r) || err != nil {
		t.Errorf("Handle = %v, %v; want the request", outcome, err)
	}
	form, err := table.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := redirect.Load(string(form)); err != nil {
		t.Errorf("Load of the zero table: %v", err)
	}
}
