package forms_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
)

func TestHtaccess(t *testing.T) {
	tests := []sample{
		{"redirect", forms.Htaccess, "Redirect \"/service\" \"http://foo2.example.com/service\"\nRedirect permanent /one http://example.com/two\nRedirect 303 /three http://example.com/other\n",
			[]string{"1: /service -> http://foo2.example.com/service 302 TargetWins", "1: /service/* -> http://foo2.example.com/service/:splat 302 TargetWins",
				"2: /one -> http://example.com/two 301 TargetWins", "2: /one/* -> http://example.com/two/:splat 301 TargetWins",
				"3: /three -> http://example.com/other 303 TargetWins", "3: /three/* -> http://example.com/other/:splat 303 TargetWins"}, nil, nil, "the manual, mod_alias, Redirect"},
		{"match", forms.Htaccess, "RedirectMatch \"(.*)\\.gif$\" \"http://other.example.com$1.jpg\"\n", []string{"1: /*.gif -> http://other.example.com/:splat.jpg 302 TargetWins"}, nil, nil, "the manual, mod_alias, RedirectMatch"},
		{"other-names", forms.Htaccess, "RedirectTemp /a/ /b/\nREDIRECTPERMANENT /c/ /d/\nredirect seeother /e/ /f/\n", []string{"1: /a/* -> /b/:splat 302 TargetWins", "2: /c/* -> /d/:splat 301 TargetWins", "3: /e/* -> /f/:splat 303 TargetWins"}, nil, nil, "letters do not matter"},
		{"gone", forms.Htaccess, "Redirect gone /a\nRedirectMatch 404 ^/\\.git\n", []string{"1: /a passes", "1: /a/* passes", "2: /.git* passes"}, []string{"1:15: unsupported: status 410", "2:19: unsupported: status 404"}, nil, "no redirects"},
		{"lines", forms.Htaccess, "# x\r\n\r\n  Redirect 301 /a/ \\\r\n    /b/\r\n", []string{"3: /a/* -> /b/:splat 301 TargetWins"}, nil, nil, "one that goes on"},
		{"words", forms.Htaccess, `Redirect 301 "/a b/" '/c\'d/'`, []string{"1: /a b/* -> /c'd/:splat 301 TargetWins"}, nil, nil, "in quotation marks"},
		{"module", forms.Htaccess, "<IfModule mod_alias.c>\n  Redirect /a/ /b/\n</IfModule>\n", []string{"2: /a/* -> /b/:splat 302 TargetWins"}, nil, nil, "is there"},
		{"sections", forms.Htaccess, "<If \"%{HTTP_HOST} == 'a'\">\nRedirect /a/ /b/\n</If>\n<IfModule !mod_alias.c>\nRedirect /c/ /d/\n</IfModule>\nRedirect /e/ /f/\n", []string{"7: /e/* -> /f/:splat 302 TargetWins"}, nil, []string{"2:1: unsupported: Redirect within <If>", "5:1: unsupported: Redirect within <IfModule>"}, "conditions that are not read"},
		{"rewrite", forms.Htaccess, "RewriteEngine On\nRewriteCond %{HTTPS} off\nRewriteRule (.*) https://%{HTTP_HOST}/$1 [L, R=301]\nRewriteRule ^ index.php [L]\n", nil, []string{"1:1: unsupported: directives that do not redirect are left out: RewriteEngine"},
			[]string{"2:1: unsupported: RewriteCond", "3:1: unsupported: RewriteRule is not read; write it as", "4:1: unsupported: RewriteRule without the flag R"}, "mod_rewrite"},
		{"others", forms.Htaccess, "Options -Indexes\nErrorDocument 404 /404.html\nOptions +MultiViews\nRedirect /a/ /b/\n", []string{"4: /a/* -> /b/:splat 302 TargetWins"}, []string{"1:1: unsupported: directives that do not redirect are left out: ErrorDocument, Options"}, nil, "noted once"},
		{"signs", forms.Htaccess, "Redirect /a:b*/ /c/:d/\n", []string{`1: /a\:b\*/* -> /c/%3Ad/:splat 302 TargetWins`}, nil, nil, "text"},
		{"escapes", forms.Htaccess, "Redirect /a%20b/ /c/\n", []string{"1: /a%20b/* -> /c/:splat 302 TargetWins"}, []string{`1:10: syntax: "/a%20b/": Apache compares it with paths in which escapes have been decoded`}, nil, "never matched there"},
		{"query", forms.Htaccess, "Redirect /a.php?id=7 /b\nRedirect /c/ /d/\n", []string{"2: /c/* -> /d/:splat 302 TargetWins"}, []string{"1:10: dropped: the site never had this one"}, nil, "no path has it"},
		{"home", forms.Htaccess, "Redirect 301 /index.html /\n", []string{"1: /index.html -> / 301 TargetWins", "1: /index.html/* -> /:splat 301 TargetWins"}, nil, nil, "no target that begins with two slashes"},
		{"host-alone", forms.Htaccess, "Redirect / https://new.example\nRedirect /a https://new.example\n", []string{"2: /a -> https://new.example 302 TargetWins", "2: /a/* -> https://new.example/:splat 302 TargetWins"}, nil,
			[]string{`1:12: syntax: target "https://new.example"; Apache puts the rest of the path right behind the host`}, "https://new.examplex"},
		{"choices", forms.Htaccess, "RedirectMatch 301 ^/(en|de)/a/?$ /$1/b\n", []string{"1: /en/a/ -> /en/b 301 TargetWins", "1: /en/a -> /en/b 301 TargetWins", "1: /de/a/ -> /de/b 301 TargetWins", "1: /de/a -> /de/b 301 TargetWins"}, nil, nil, "a rule for each"},
		{"either-case", forms.Htaccess, "RedirectMatch ^/[Aa]b$ /c\n", []string{"1: /Ab -> /c 302 TargetWins", "1: /ab -> /c 302 TargetWins"}, nil, nil, "a letter"},
		{"quotes-elsewhere", forms.Htaccess, "Header set X \"y\nRedirect /a/ /b/\n", []string{"2: /a/* -> /b/:splat 302 TargetWins"}, []string{"1:1: unsupported: directives"}, nil, "are not ours"},
		{"arguments", forms.Htaccess, "Redirect /a\nRedirect 301 /b\nRedirect 410 /c /d\nRedirect moved /e /f\nRedirectPermanent 301 /g /h\nRedirect \"/i /j\n", nil, nil,
			[]string{"1:1: syntax: Redirect; must have", "2:1: syntax: Redirect; must have", "3:1: syntax: Redirect with status 410", "4:1: syntax: Redirect; must have", "5:1: syntax: RedirectPermanent; must have", "6:10: syntax: a quotation mark"}, "too few or too many"},
		{"not-a-target", forms.Htaccess, "Redirect /a b\nRedirect c /d\nRedirect 304 /e /f\nRedirectMatch ^/g/(.*)$ $1\nRedirectMatch ^/h$ /i$1\n", nil, nil,
			[]string{`1:13: syntax: target "b"`, `2:10: syntax: path "c"`, "3:1: unsupported: status 304", `4:25: syntax: target "$1"`, `5:20: syntax: $1 in "/i$1"`}, "no path and no URL"},
		{"patterns", forms.Htaccess, "RedirectMatch ^/a/(\\d+)$ /b\nRedirectMatch /c /d\nRedirectMatch ^e /f\nRedirectMatch ^/(?=g) /h\nRedirectMatch ^/(.*)/(.*)$ /h\nRedirectMatch (?i)^/i$ /j\n", nil, nil,
			[]string{`1:15: unsupported: "^/a/(\\d+)$" has something else than text`, `2:15: unsupported: "/c" has no ^ at its beginning`, `3:15: unsupported: "^e" has no / at its beginning`, `4:15: unsupported: "^/(?=g)" has a regular expression that is not read here`, `5:15: unsupported: "^/(.*)/(.*)$" has two placeholders that may take slashes`, `6:15: unsupported: "(?i)^/i$" has`}, "no rule can say them"},
		{"blanks", forms.Htaccess, "\u00a0\n\v\n \\\n\nRedirect /a/ /b/\n", []string{"5: /a/* -> /b/:splat 302 TargetWins"}, nil, nil, "of all kinds"},
		{"empty", forms.Htaccess, "", nil, nil, []string{"1:0: syntax: no redirects"}, "nothing to read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.try)
	}
}

// TestApache has what Apache 2.4.67 answers; measured. It differs in escapes, which
// Apache writes with small letters, and in fragments, behind which it puts the query.
func TestApache(t *testing.T) {
	tests := []struct {
		text string
		want lookups
	}{
		{"Redirect 301 /service http://foo2.example.com/service", lookups{
			"/service": "301 http://foo2.example.com/service", "/service/foo.txt": "301 http://foo2.example.com/service/foo.txt", "/servicefoo": "",
			"/service?x=1&y=%20": "301 http://foo2.example.com/service?x=1&y=%20"}},
		{"RedirectPermanent /b/ /c/", lookups{"/b": "", "/b/": "301 /c/", "/b/q": "301 /c/q"}},
		{"Redirect /temp /x?y=1", lookups{"/temp": "302 /x?y=1", "/temp?z=2": "302 /x?y=1", "/temp/f": "302 /x?y=1/f"}},
		{"Redirect / https://new.example/", lookups{"/": "302 https://new.example/", "/a/b?c": "302 https://new.example/a/b?c"}},
		{"Redirect 301 /old https://new.example/", lookups{"/old": "301 https://new.example/", "/old/x": "301 https://new.example//x"}},
		{"Redirect 301 /old/x /first\nRedirect 301 /old /second", lookups{"/old/x/y": "301 /first/y", "/old/z": "301 /second/z"}},
		{"Redirect 301 /old /second\nRedirect 301 /old/x /first", lookups{"/old/x": "301 /second/x"}},
		{"Redirect 301 \"/a b\" /ab", lookups{"/a%20b": "301 /ab", "/a%20b/c": "301 /ab/c"}},
		{"Redirect 301 /café /coffee", lookups{"/caf%C3%A9": "301 /coffee"}},
		{`RedirectMatch "(.*)\.gif$" "http://other.example.com$1.jpg"`, lookups{"/a/x.gif": "302 http://other.example.com/a/x.jpg", "/x.gif?1": "302 http://other.example.com/x.jpg?1", "/x.gifs": ""}},
		{"RedirectMatch 301 ^/blog/(.*)$ https://blog.example/$1", lookups{"/blog": "", "/blog/": "301 https://blog.example/", "/blog/a/b": "301 https://blog.example/a/b"}},
		{"RedirectMatch 301 ^/old/?$ /new", lookups{"/old": "301 /new", "/old/": "301 /new", "/oldx": "", "/old/x": ""}},
		{"RedirectMatch 301 ^/pre /post", lookups{"/pre": "301 /post", "/pretty/x": "301 /post", "/old/pre": ""}},
		{`RedirectMatch 301 ^/a/([^/]+)/(.+)\.html$ /b/$2/$1`, lookups{"/a/1/2.html": "301 /b/2/1", "/a/1/2/3.html": "301 /b/2/3/1", "/a/1/.html": ""}},
		{"RedirectMatch 301 ^/(en|de)/x$ /y/$1", lookups{"/en/x": "301 /y/en", "/de/x": "301 /y/de", "/fr/x": ""}},
		{"RedirectMatch 301 ^/cat(/.*)?$ /dog$1", lookups{"/cat": "301 /dog", "/cat/": "301 /dog/", "/cat/x": "301 /dog/x", "/cats": ""}},
		{"RedirectMatch 301 ^/v([^/]+)/([^/]*)$ /w/$2/$1", lookups{"/v1/2": "301 /w/2/1", "/v1/": "301 /w//1", "/v/2": ""}},
		{"RedirectMatch 301 ^/p/([^/]+)-([^/]+)$ /q/$1/$2", lookups{"/p/1-2-3": "301 /q/1-2/3"}},
		{"RedirectMatch 301 ^/f/(.*)/?$ /g/$1", lookups{"/f/a/": "301 /g/a/", "/f/a": "301 /g/a"}},
		{"RedirectMatch 301 ^/f/(.*?)/?$ /g/$1", lookups{"/f/a/": "301 /g/a", "/f/a": "301 /g/a", "/f/": "301 /g/"}},
		{"RedirectMatch 301 ^/f/(.+)/?$ /g/$1", lookups{"/f/a/": "301 /g/a/", "/f/a": "301 /g/a", "/f/a/b/": "301 /g/a/b/", "/f/": ""}},
		{"RedirectMatch 301 ^/f/(.+?)/?$ /g/$1", lookups{"/f/a/": "301 /g/a", "/f/a": "301 /g/a", "/f/a/b/": "301 /g/a/b"}},
		{`RedirectMatch 301 ^/f/(.+)(\.html)?$ /g/$1`, lookups{"/f/a.html": "301 /g/a.html", "/f/a/b.html": "301 /g/a/b.html"}},
		{"RedirectMatch 301 ^/f/([^/]+)/?$ /g/$1", lookups{"/f/a/": "301 /g/a", "/f/a": "301 /g/a", "/f/a/b": ""}},
		{`RedirectMatch 301 ^/f/([^/]+)(\.html)?$ /g/$1`, lookups{"/f/a.html": "301 /g/a.html", "/f/a": "301 /g/a"}},
		{`RedirectMatch 301 ^/f/([^/]+?)(\.html)?$ /g/$1`, lookups{"/f/a.html": "301 /g/a", "/f/a": "301 /g/a"}},
		{"RedirectMatch 301 ^/f/([^/]+)(/print)?$ /g/$1$2", lookups{"/f/a/print": "301 /g/a/print", "/f/a": "301 /g/a"}},
		{"RedirectMatch 301 ^/f/([^/]*)(-old)?$ /g/$1", lookups{"/f/a-old": "301 /g/a-old", "/f/": "301 /g/"}},
		{"RedirectMatch 301 ^/d(board)?(/?)$ /e$1$2", lookups{"/d": "301 /e", "/dboard": "301 /eboard", "/dboard/": "301 /eboard/", "/d/": "301 /e/"}},
		{"RedirectMatch 301 ^(.*)$ https://m.example$1", lookups{"/a/b?c": "301 https://m.example/a/b?c"}},
		{"RedirectMatch 301 ^/?(.*)$ https://m.example/$1", lookups{"/": "301 https://m.example/", "/a/b": "301 https://m.example/a/b"}},
		{`RedirectMatch 301 .*\.php$ /nophp`, lookups{"/z/x.php": "301 /nophp", "/z/x.php5": ""}},
		{"RedirectMatch ^/colon/(.*)$ /wiki/Special:$1", lookups{"/colon/a": "302 /wiki/Special:a"}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) { lookUp(t, forms.Htaccess, tt.text, tt.want) })
	}
}
