package redirect_test

import "strings"

// payloads are strings that have been used, or might be, to make a check on
// redirect targets let a browser out: each trick with each way to write another
// host, and each of them as it is and with its escapes decoded once, as a
// parameter's value is.
func payloads() []string {
	var all []string
	seen := map[string]bool{}
	add := func(s string) {
		if !seen[s] {
			seen[s] = true
			all = append(all, s)
		}
	}
	for _, trick := range tricks {
		for _, host := range hosts {
			s := strings.ReplaceAll(trick, "HOST", host)
			add(s)
			add(decodeOnce(s))
		}
	}
	for _, s := range harmless {
		add(s)
	}
	return all
}

// hosts are ways to write a host.
var hosts = []string{
	"evil.example",
	"EVIL.example",
	"evil%2eexample",
	"evil%E3%80%82example",
	"site.example@evil.example",
	"site.example%40evil.example",
	"site.example:80@evil.example",
	"site.example.evil.example",
	"evil.example:443",
	"evil.example%00.site.example",
	"evil.example%09",
	"evil.example#site.example",
	"evil.example?site.example",
	`evil.example\site.example`,
	"[::1]",
	"2130706433",
	"0x7f.1",
	"ⓔvil.example",
	"",
}

// tricks are ways to put a host where a check may not look for one.
var tricks = []string{
	"//HOST", "///HOST", "////HOST", "/////HOST/", "//HOST/%2f..", "//HOST/..;/css",
	`\HOST`, `\\HOST`, `\\\HOST`, `/\HOST`, `\/HOST`, `\/\/HOST/`, `/\/HOST`, `//\HOST`, `/\\HOST`,
	"/%09/HOST", "/%5cHOST", "/%5C%5CHOST", "%5c%5cHOST", "%2f%2fHOST", "/%2f%2fHOST", "/%2fHOST",
	"%0d%0aLocation:%20https://HOST", "/%0a/HOST", "/%0d/HOST", "/%0d%0a/HOST", "%09//HOST", "%20//HOST",
	"%01https://HOST", "%00//HOST", "/%00/HOST", "\t//HOST", " //HOST", "\x0b//HOST", "//HOST ", "/\t/HOST", "/\n/HOST", "\r\n//HOST",
	"https://HOST", "HTTPS://HOST", "https:HOST", "https:/HOST", "https:///HOST", `https:\HOST`, `https:\\HOST`, `https:/\HOST`, `https:\/HOST`,
	"http://HOST", "http:HOST", "http:/HOST", "http:///HOST", `http:\\HOST`, "hTtP:HOST", "ht\ntps://HOST", "https\t://HOST",
	"ftp://HOST", "ws://HOST", "wss:HOST", "file://HOST/etc/passwd", "data:text/html,HOST", "javascript:alert('HOST')", "JavaScript://HOST/%0aalert(1)",
	"java%0d%0ascript:alert(1)//HOST", "java\tscript:alert(1)", "%20javascript:alert(1)", "vbscript:HOST", "blob:https://HOST/1", "about:blank", "mailto:a@HOST", "x:HOST", "x-y.z+1:HOST",
	"/HOST", "HOST", "./HOST", "../HOST", ".//HOST", "/.//HOST", "/..//HOST", `/.\\HOST`, "/x//HOST", `/x\\HOST`, "/x/..//HOST", `x/..\\HOST`,
	"/;@HOST", "@HOST", "/@HOST", ":HOST", "/:HOST", ":80/HOST", "?//HOST", "#//HOST", "?url=https://HOST", "/?next=//HOST", "/#@HOST", `/?\\HOST`,
	"/https://HOST", "/%68ttps://HOST", "/http:/HOST", "〱HOST", "〵HOST", "/〱HOST", "／／HOST", "/／HOST", "%ef%bc%8f%ef%bc%8fHOST", "/%ef%bc%8fHOST", "/\u2028/HOST", "\u00a0//HOST", "\ufeff//HOST", "/\u200b/HOST",
	"/%2e%2e//HOST", "/a/%2e%2e//HOST", "/%2e/%2f/HOST", "<>//HOST", "{}//HOST", "$//HOST", "%//HOST", "%gg//HOST", "1:HOST", "+:HOST", "https+x:HOST",
}

// harmless are targets as sites use them.
var harmless = []string{
	"/", "/index.html", "/a/b/c", "/a/b/c/", "/a?b=c", "/a?b=c&d=e#f", "/a#f", "?b=c", "#f", "a", "a/b", "./a", "../a", "./", "..", ".",
	"/caf%C3%A9", "/café", "/a%20b", "/a b", "/a+b", "/a%2Fb", "/~user/", "/wiki/Special:Search", "/a:b", "/a;b=c", "/a,b", "/a@b", "/(a)", "/a'b", "/a!b", "/$a", "/a*",
	"/search?q=https://other.example/", "/login?next=/a%2Fb", "/a?b=c?d", "/a?b=%", "/a%", "/a%zz", "/a//b", "/a|b", "/a^b", `/a"b`, "/a<b>", "/a{b}", "/a[b]", "/a`b",
	"https:a", "https:/a", "page.html?x=1:2", "a:1/b"[1:], "/日本語", "/?q=日本語", "/%E6%97%A5",
}

func decodeOnce(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			b.WriteByte(hexValue(s[i+1])<<4 | hexValue(s[i+2]))
			i += 2
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
