package forms_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
)

func TestCSV(t *testing.T) {
	tests := []sample{
		{"pairs", forms.CSV, "/a,/b\n/c,/d,302\n", []string{"1: /a -> /b 301 TargetWins", "2: /c -> /d 302 TargetWins"}, nil, nil, "without names"},
		{"names", forms.CSV, "from,to,status\n/a,/b,\n", []string{"2: /a -> /b 301 TargetWins"}, nil, nil, "with names"},
		{"other-names", forms.CSV, "Status Code,New URL,Old URL\n308,/b,/a\n", []string{"2: /a -> /b 308 TargetWins"}, nil, nil, "in another order"},
		{"permanent", forms.CSV, "source,destination,permanent\n/a,/b,true\n/c,/d,f\n", []string{"2: /a -> /b 301 TargetWins", "3: /c -> /d 302 TargetWins"}, nil, nil, "Vercel's bulk redirects"},
		{"more-names", forms.CSV, "source,target,regex,code,type,title\n/a,/b,0,301,url,x\n/c.*,/d,1,301,url,y\n", []string{"2: /a -> /b 301 TargetWins"},
			[]string{`1:26: unsupported: column "type" is not read`, `1:31: unsupported: column "title"`}, []string{`3:1: unsupported: source "/c.*"; regular expressions`}, "WordPress' Redirection"},
		{"name-twice", forms.CSV, "from,to,code,status\n/a,/b,302,active\n", []string{"2: /a -> /b 302 TargetWins"}, []string{`1:14: unsupported: column "status" is not read: column "code" says the same`}, nil, "the first counts"},
		{"semicolons", forms.CSV, "/a;/b;302\n", []string{"1: /a -> /b 302 TargetWins"}, nil, nil, "some spreadsheets"},
		{"tabs", forms.CSV, "from\tto\n/a\t/b\n", []string{"2: /a -> /b 301 TargetWins"}, nil, nil, "copied from a spreadsheet"},
		{"byte-order-mark", forms.CSV, "\ufefffrom,to\r\n/a,/b\r\n", []string{"2: /a -> /b 301 TargetWins"}, nil, nil, "spreadsheets write it"},
		{"comments", forms.CSV, "# old\n\n/a, /b\n,\n", []string{"3: /a -> /b 301 TargetWins"}, nil, nil, "and blank lines"},
		{"quoted", forms.CSV, "\"/a,b\",\"/c \"\"d\"\"\"\n", []string{`1: /a,b -> /c "d" 301 TargetWins`}, nil, nil, "RFC 4180"},
		{"url", forms.CSV, "http://www.example.com/a,https://b.example/c\n", []string{"1: //www.example.com/a -> https://b.example/c 301 TargetWins"}, nil, nil, "the host matters, the scheme does not"},
		{"url-without-path", forms.CSV, "https://old.example,/b\n", []string{"1: //old.example/ -> /b 301 TargetWins"}, nil, nil, "its path is /"},
		{"query", forms.CSV, "/p,/all\n/p?id=7&x=a+b,/seven\n", []string{"2: /p -> /seven 301 TargetWins -id -x ?id=7 ?x=a b", "1: /p -> /all 301 TargetWins"}, nil, nil, "comes first, wherever it stands"},
		{"prefix", forms.CSV, "/*,/home\n/b/*,/c/*\n/b/x,/y\n", []string{"3: /b/x -> /y 301 TargetWins", "2: /b/* -> /c/:splat 301 TargetWins", "1: /* -> /home 301 TargetWins"}, nil, nil, "the longest first, and one path before all"},
		{"status", forms.CSV, "/a,,410\n/b,/c,200\n", []string{"1: /a passes", "2: /b passes"}, []string{"1:5: unsupported: status 410", "2:7: unsupported: status 200"}, nil, "no redirects"},
		{"colon", forms.CSV, "/a/:b,/c/:d\n/Special:Search,/x\n", []string{`1: /a/\:b -> /c/%3Ad 301 TargetWins`, `2: /Special\:Search -> /x 301 TargetWins`}, []string{`1:1: placeholder: source "/a/:b": the colon is a colon`}, nil, "text"},
		{"not-a-status", forms.CSV, "/a,/b,3O1\n", nil, nil, []string{`1:7: syntax: status "3O1"; must be 301`}, "a letter"},
		{"dest", forms.CSV, "source,dest\n/a,/b\n", []string{"2: /a -> /b 301 TargetWins"}, nil, nil, "sites of Adobe's documentation"},
		{"short-links", forms.CSV, "short,long\ngithub,https://code.example/me\nb/c?d=1,/e\nf/*,/g/*\n", []string{"3: /b/c -> /e 301 TargetWins -d ?d=1", "2: /github -> https://code.example/me 301 TargetWins", "4: /f/* -> /g/:splat 301 TargetWins"}, nil, nil, "a slash is left out; no host is without a dot"},
		{"short-links-alone", forms.CSV, "github,https://code.example/me\n", []string{"1: /github -> https://code.example/me 301 TargetWins"}, nil, nil, "without a line of names, which has no target"},
		{"not-a-source", forms.CSV, "/x,/y\na.b,/c\n", []string{"1: /x -> /y 301 TargetWins"}, nil, []string{`2:1: syntax: source "a.b"; must begin with /, https:// or http://; did you mean "/a.b"`}, "a host or a file?"},
		{"expression", forms.CSV, "from,to\n^/a$,/b\n", nil, nil, []string{`2:1: unsupported: source "^/a$"; regular expressions are not read`}, "no path"},
		{"not-a-target", forms.CSV, "/a,b\n/c,//d.example\n/e,\n/f\n", nil, nil, []string{`1:4: syntax: target "b"`, `2:4: syntax: target "//d.example"; must begin with one /`, "3:4: syntax: no target", "4:1: syntax: no target"}, "no path and no URL"},
		{"star", forms.CSV, "/a*b,/c\n", nil, nil, []string{`1:1: unsupported: source "/a*b"; a star`}, "not at its end"},
		{"fragment", forms.CSV, "/a#b,/c\n", nil, nil, []string{`1:1: syntax: source "/a#b"; browsers`}, "never sent"},
		{"parameter", forms.CSV, "/a?b=c*,/d\n", nil, nil, []string{`1:1: unsupported: the parameter "b=c*"`}, "a star would mean more"},
		{"names-unknown", forms.CSV, "left,right\n/a,/b\n", nil, nil, []string{"1:1: syntax: names of columns without a source and a target"}, "which is from?"},
		{"names-half", forms.CSV, "Source,File,URL\n/a,b,/c\n", nil, nil, []string{"1:1: syntax: names of columns without a target; must be from, to"}, "said once"},
		{"columns", forms.CSV, "/a,/b,301,x\n", nil, nil, []string{`1:11: syntax: got "x" in column 4`}, "what is it?"},
		{"quote", forms.CSV, "/a,/b\n\"/c,/d\n", []string{"1: /a -> /b 301 TargetWins"}, nil, []string{"2:8: syntax: not CSV"}, "not closed"},
		{"empty", forms.CSV, "# nothing\n", nil, nil, []string{"1:0: syntax: no redirects in a CSV file"}, "nothing to read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.try)
	}
}

// TestBulk has Cloudflare's examples.
func TestBulk(t *testing.T) {
	tests := []sample{
		{"csv", forms.CSV, "example.com/contacts,https://example.net/contact-us,301,,,,\nexample.com/about,https://example.net/about-us,,FALSE,TRUE,,\nexample.com/docs,https://example.com/draft-docs,302,,FALSE\n",
			[]string{"1: //example.com/contacts -> https://example.net/contact-us 301 Drop", "3: //example.com/docs -> https://example.com/draft-docs 302 Drop"}, nil,
			[]string{"2:55: unsupported: include_subdomains"}, "CSV file format, but for the last TRUE"},
		{"no-columns", forms.CSV, "example.com/a,/b\nhttps://example.com/c,/d\n", []string{"2: https://example.com/c -> /d 301 Drop", "1: //example.com/a -> /b 301 Drop"}, nil, nil, "told by a host without a scheme; a source with one comes first"},
		{"subpaths", forms.CSV, "example.com/a,https://example.com/b,,TRUE,,TRUE,TRUE\nexample.com/a/x/,https://example.com/y/,,,,TRUE,FALSE\n",
			[]string{"1: //example.com/a -> https://example.com/b 301 Preserve", "2: //example.com/a/x/* -> https://example.com/y/ 301 Drop", "1: //example.com/a/* -> https://example.com/b/:splat 301 Preserve"}, nil, nil, "the longest first"},
		{"suffix", forms.CSV, "example.com/a,https://example.com/b?x#y,,,,true,true\n", []string{"1: //example.com/a -> https://example.com/b?x#y 301 Drop", "1: //example.com/a/* -> https://example.com/b/:splat?x#y 301 Drop"}, nil, nil, "goes where the path ends"},
		{"suffix-left-out", forms.CSV, "example.com/a,https://example.com/b,,,,TRUE\n", []string{"1: //example.com/a -> https://example.com/b 301 Drop", "1: //example.com/a/* -> https://example.com/b 301 Drop"},
			[]string{"1:40: syntax: preserve_path_suffix is left out"}, nil, "Cloudflare's pages differ"},
		{"names", forms.CSV, "source_url,target_url,preserve_query_string\nexample.com/a,/b,TRUE\n/c,/d,\n", []string{"2: //example.com/a -> /b 301 Preserve"}, nil, []string{`3:1: syntax: source "/c"; must be a URL at Cloudflare, such as "example.com/c"`}, "told by them"},
		{"host-only", forms.CSV, "example.com,https://example.net,,,,TRUE,TRUE\n", []string{"1: //example.com/* -> https://example.net/:splat 301 Drop"}, nil, nil, "all of a host"},
		{"json", forms.JSON, `[{"id": "7", "redirect": {"source_url": "https://example.com/blog", "target_url": "https://example.com/news", "status_code": 302, "subpath_matching": true}}]`,
			[]string{"1: https://example.com/blog -> https://example.com/news 302 Drop", "1: https://example.com/blog/* -> https://example.com/news/:splat 302 Drop"}, nil, nil, "API JSON objects: the suffix is kept by default"},
		{"source-query", forms.CSV, "example.com/a?b,/c\n", nil, nil, []string{"1:1: syntax: source"}, "Supported URL components"},
		{"target-query", forms.CSV, "example.com/a,/b?c,301,TRUE\n", nil, nil, []string{"1:15: syntax: target"}, "Supported URL components"},
		{"boolean", forms.CSV, "example.com/a,/b,301,ja\n", nil, nil, []string{`1:22: syntax: got "ja"; must be true or false`}, "no boolean"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.try)
	}
}

func TestPairLookups(t *testing.T) {
	lookUp(t, forms.CSV, `Old URL,New URL,Status
https://www.example.com/index.php?p=12,/post/twelve,
/index.php,/,302
/blog/*,https://blog.example/*,308
/blog/special,/Talk:Main,
/wiki/Special:Search,/find,
/gone/*,,410
/*,/home?from=old,302
`, lookups{
		"https://www.example.com/index.php?p=12":       "301 /post/twelve",
		"https://www.example.com/index.php?p=12&utm=a": "301 /post/twelve?utm=a",
		"https://www.example.com/index.php?p=13":       "302 /?p=13",
		"https://other.example/index.php?p=12":         "302 /?p=12",
		"/blog/2020/a%20b?x=%20":                       "308 https://blog.example/2020/a%20b?x=%20",
		"/blog/special":                                "301 /Talk:Main",
		"/wiki/Special:Search":                         "301 /find",
		"/wiki/Special:Other":                          "302 /home?from=old",
		"/gone/x":                                      "",
		"/else?q=1":                                    "302 /home?from=old",
	})
}
