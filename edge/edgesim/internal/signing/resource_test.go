package signing

import "testing"

// TestResource holds the matching of a custom policy's Resource. The clauses are of
// private-content-creating-signed-url-custom-policy.html.
func TestResource(t *testing.T) {
	t.Parallel()
	const host = "https://d111111abcdef8.cloudfront.net"
	tests := []struct {
		name, reason, resource, url string
		want                        bool
	}{
		{"one-file", "", host + "/a.jpg", host + "/a.jpg", true},
		{"other-file", "", host + "/a.jpg", host + "/b.jpg", false},
		{"case", "paths are compared as they are", host + "/a.jpg", host + "/A.jpg", false},
		{"host-case", "domain names have none", "https://D111111ABCDEF8.cloudfront.net/a", host + "/a", true},
		{"omitted", "omitting Resource gives access to all of the files", "", host + "/a?b=c", true},
		{"star", "an asterisk by itself matches any URL", "*", "http://www.example.com/a?b=c", true},
		{"query", "use a backslash to escape the question mark that begins the query string", host + `/a\?size=large&license=yes`, host + "/a?size=large&license=yes", true},
		{"query-added", "", host + "/a", host + "/a?b=c", false},
		{"query-dropped", "", host + `/a\?b=c`, host + "/a", false},
		{"query-plain", "the page on cookies has no backslash", host + "/a?b=c", host + "/a?b=c", true},
		{"query-plain-other", "", host + "/a?b=c", host + "/a?b=d", false},
		{"one-character", "question mark matches exactly one character", host + "/a?.jpg", host + "/ab.jpg", true},
		{"one-character-none", "", host + "/a?.jpg", host + "/a.jpg", false},
		{"section", "the asterisk only applies within the path section", "https://www.example.com/hello*world", "https://www.example.com/hello-world", true},
		{"section-empty", "matches zero or more characters", "https://www.example.com/hello*world", "https://www.example.com/helloworld", true},
		{"section-query", "it does not match", "https://www.example.com/hello*world", "https://www.example.com/hello?world", false},
		{"path-end", "a trailing asterisk in the path section implies an asterisk in the query string section", "http://example.com/hello*", "http://example.com/hello?b=c", true},
		{"path-end-with-query", "unless there is one", `http://example.com/hello*\?b=*`, "http://example.com/hello?c=d", false},
		{"domain-end", "a trailing asterisk in the domain section implies an asterisk in both", "http://example.com*", "http://example.com/a?b=c", true},
		{"domain-end-scheme", "", "https://*", "http://example.com/a", false},
		{"no-protocol", "*example.com is equivalent to *://*example.com/", "*example.com", "https://www.example.com/", true},
		{"no-protocol-path", "", "*example.com", "https://www.example.com/a", false},
		{"any-protocol", "", "*://www.example.com/a", "http://www.example.com/a", true},
		{"http-star", "a wildcard in the protocol section", "http*://www.example.com/a", "https://www.example.com/a", true},
		{"scheme", "", "http://www.example.com/a", "https://www.example.com/a", false},
		{"download-1", "matches all of the following URLs", host + "/*game_download.zip*", host + "/game_download.zip", true},
		{"download-2", "", host + "/*game_download.zip*", host + "/example_game_download.zip?license=yes", true},
		{"download-3", "", host + "/*game_download.zip*", host + "/test_game_download.zip?license=temp", true},
		{"folder", "", host + "/training/*", host + "/training/a/b.pdf", true},
		{"folder-other", "", host + "/training/*", host + "/other/b.pdf", false},
		{"no-path", "", host, host + "/", true},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := covers(tc.resource, urlSections(tc.url), false); got != tc.want {
				t.Errorf("%q and %q: got %v, want %v: %s", tc.resource, tc.url, got, tc.want, tc.reason)
			}
		})
	}
	if covers(host+"/a?b=c", urlSections(host+"/a?b=c"), true) {
		t.Error("with escaped set, a question mark without a backslash begins a query string")
	}
}

func urlSections(url string) sections {
	for i := range len(url) {
		if url[i] == '?' {
			return split(url[:i] + `\?` + url[i+1:])
		}
	}
	return split(url)
}
