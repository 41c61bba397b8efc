package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestConsoleQuestions asks what a person asks first, of a distribution that has some of everything.
func TestConsoleQuestions(t *testing.T) {
	browser := startBrowser(t)
	site, console := startSite(t)
	b := newTab(t, browser)
	b.emulate(1440, "light")
	b.open(console)
	b.waitFor("#live", "Live")
	ask(t, site, "/")
	ask(t, site, "/")
	ask(t, site, "/shared/page")
	ask(t, site, "/shared/page")
	ask(t, site, "/nowhere.html")
	ask(t, site, "/nowhere.html")
	ask(t, site, "/api/users?page=2&debug=1", "Cookie", "session=1; theme=dark", "X-Debug", "1")
	b.waitFor("#total", "7")
	t.Run("headers", func(t *testing.T) { testConsoleHeaders(b.of(t)) })
	t.Run("warnings", func(t *testing.T) { testConsoleWarnings(b.of(t)) })
	t.Run("error-page", func(t *testing.T) { testConsoleErrorPage(b.of(t)) })
	t.Run("search", func(t *testing.T) { testConsoleSearch(b.of(t)) })
	t.Run("har", func(t *testing.T) { testConsoleHAR(b.of(t), console) })
	t.Run("curl", func(t *testing.T) { testConsoleCurl(b.of(t), site) })
	t.Run("phone", func(t *testing.T) { testConsolePhone(b.of(t)) })
	b.wantQuiet("400")
}

// of is the same tab in a subtest.
func (b *tab) of(t *testing.T) *tab { return &tab{t: t, context: b.context} }

// Why did my cookie not arrive, and where is the header that my function set?
func testConsoleHeaders(b *tab) {
	b.press("#list a", "/api/users")
	b.waitFor("#detail-title", "/api/users")
	text := strings.ReplaceAll(b.text(".headers"), "\n\n", "\n")
	for _, want := range []string{
		"Changed: no policy of the behaviour forwards theme\nCookie\nsession=1; theme=dark\nsession=1",
		"Changed: no policy of the behaviour forwards debug\n(query string)\npage=2&debug=1\npage=2",
		"Not sent after viewer-request set it: no policy of the behaviour forwards it\nX-Seen-By",
		"Taken out by viewer-request\nX-Debug",
		"Added by origin-request\nAuthorization",
		"Added: a custom header of the origin\nX-Origin-Key\ns3cret",
		"Did not reach the viewer: it is for the connection between origin and CloudFront only\nConnection",
		"As the origin sent it\nContent-Length\n2\nContent-Type\napplication/json\nSet-Cookie\nsession=",
	} {
		if !strings.Contains(text, want) {
			b.t.Errorf("the headers do not say %q:\n%s", want, text)
		}
	}
	if got := b.text("#list time"); len(got) != len("23:25:20") {
		b.t.Errorf("time of day in the list: %q", got)
	}
}

// A nonce or a cookie that the cache gives to all is said in the list and in the details.
func testConsoleWarnings(b *tab) {
	b.waitFor("#list .notice", "Content-Security-Policy from the cache with a nonce")
	b.press("#list li:has(.notice) a", "/shared/page")
	b.waitFor("#detail > .warning", "Set-Cookie from the cache")
	b.press("#list li:not(:has(.notice)) a", "/shared/page")
	b.waitUntil("the first of the two has no warning", func() bool { return b.text("#detail > .warning") == "" })
}

// An error page from the cache is no hit, and its own lookup is not the request's way.
func testConsoleErrorPage(b *tab) {
	b.waitFor("#counts", "Hits\n2 29 % of requests")
	b.press("#list li:has(.notice) a", "/nowhere.html")
	b.waitFor("#detail-title", "/nowhere.html")
	b.waitFor("[data-stage=cache] ~ [data-stage=cache] .stage-name", "for the error page")
	b.waitFor(".headers", "From the cache, a custom error page.")
}

func testConsoleSearch(b *tab) {
	for _, test := range []struct{ query, total string }{
		{"function:viewer-request", "5 of 7"}, {"trigger:origin-request", "1 of 7"}, {"behavior:/shared/*", "2 of 7"}, {"header:set-cookie", "3 of 7"},
		{"header:cookie=theme", "1 of 7"}, {"status:404", "2 of 7"}, {"is:warning -status:404", "2 of 7"}, {"result:hit /shared", "1 of 7"}, {"", "7"},
	} {
		b.search(test.query)
		b.waitUntil(test.query+" finds "+test.total, func() bool { return b.text("#total") == test.total })
	}
	b.search("staus:404")
	b.waitFor("#filter-problem", "staus: is no field; there are function, trigger")
	b.search("")
	b.do(chromedp.Click(chromedp.CSS(".help summary")))
	b.press(".term", "trigger:origin-request")
	b.waitFor("#total", "1 of 7")
	if got := b.evaluate(`document.activeElement.id + " " + document.activeElement.value`); got != "filter trigger:origin-request" {
		b.t.Errorf("after the help: %q; want the filter, with the term", got)
	}
	b.search("")
	b.do(chromedp.Click(chromedp.CSS(".help summary")))
}

// What is saved is what the list shows, and the dialog says what is in it.
func testConsoleHAR(b *tab, console string) {
	b.search("status:404")
	b.waitFor("#total", "2 of 7")
	b.do(chromedp.Click(chromedp.CSS("#open-har")))
	b.waitFor("#har", "It holds personal data")
	b.waitFor("#har-count", "2 requests, those that the filter “status:404” finds")
	response, err := http.Get(b.evaluate(`document.getElementById("har-save").href`))
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	var archive struct{ Log struct{ Entries []any } }
	if err := json.Unmarshal(body, &archive); err != nil || len(archive.Log.Entries) != 2 {
		b.t.Errorf("the file: %v, %d entries, want 2", err, len(archive.Log.Entries))
	}
	b.press("#har button", "Cancel")
	b.search("")
}

// A viewer is a request as the console keeps it.
type viewer struct {
	Method string              `json:"method"`
	Target string              `json:"target"`
	Host   string              `json:"host"`
	Header map[string][]string `json:"header"`
}

// Whatever a viewer sends, a shell that gets the command runs curl and nothing else, with these arguments.
func testConsoleCurl(b *tab, site string) {
	own := strings.TrimPrefix(site, "http://")
	plain := map[string][]string{"User-Agent": {"x"}, "Accept": {"*/*"}}
	with := func(name, value string) map[string][]string {
		return map[string][]string{"User-Agent": {"x"}, "Accept": {"*/*"}, name: {value}}
	}
	agent := []string{"--header", "Accept: */*", "--header", "User-Agent: x"}
	tests := []struct {
		name   string
		viewer viewer
		want   []string // behind the options that are always there
	}{
		{"get", viewer{"GET", "/a?b=1&c=$HOME", own, plain}, append(agent, site+"/a?b=1&c=$HOME")},
		{"bare", viewer{"GET", "/", own, nil}, []string{"--header", "User-Agent:", "--header", "Accept:", site + "/"}},
		{"head", viewer{"HEAD", "/", own, plain}, append(append([]string{"--head"}, agent...), site+"/")},
		{"post", viewer{"POST", "/", own, with("Content-Length", "5")}, append(append([]string{"--request", "POST"}, agent...), site+"/")},
		{"host", viewer{"GET", "/", "www.example.com", plain}, append(append([]string{"--header", "Host: www.example.com"}, agent...), site+"/")},
		{"quotes", viewer{"GET", `/'"$(touch x)` + "`touch y`", own, plain}, append(agent, site+`/'"$(touch x)`+"`touch y`")},
		{"space", viewer{"GET", "/a b;reboot|x&&y\\!", own, plain}, append(agent, site+"/a b;reboot|x&&y\\!")},
		{"globs", viewer{"GET", "/[1-9]{a,b}*?~", own, plain}, append(agent, site+"/[1-9]{a,b}*?~")},
		{"value", viewer{"GET", "/", own, with("X-A", `it's "$HOME" \n`)}, append(append(slices.Clone(agent), "--header", `X-A: it's "$HOME" \n`), site+"/")},
		{"empty", viewer{"GET", "/", own, with("X-A", "")}, append(append(slices.Clone(agent), "--header", "X-A;"), site+"/")},
		{"at", viewer{"GET", "/", own, with("@/etc/passwd", "x")}, append(agent, site+"/")},
		{"control", viewer{"GET", "/", own, with("X-A", "a\tb\x1b[2J'\r\n\\ é\u202e")}, append(append(slices.Clone(agent), "--header", "X-A: a\tb\x1b[2J'\r\n\\ é\u202e"), site+"/")},
		{"dash", viewer{"GET", "--output /x", own, plain}, append(agent, site+"/--output /x")},
	}
	for _, test := range tests {
		encoded, err := json.Marshal(test.viewer)
		if err != nil {
			b.t.Fatal(err)
		}
		command := b.evaluate(fmt.Sprintf(`import("/curl.js").then((m) => m.curl(%s, %q))`, encoded, site))
		if strings.ContainsAny(strings.ReplaceAll(command, " \\\n  ", ""), "\x1b\r\n\t") {
			b.t.Errorf("%s: the command has control characters: %q", test.name, command)
		}
		want := append([]string{"--include", "--globoff", "--path-as-is"}, test.want...)
		if got := arguments(b.t.Context(), b.t, command); !slices.Equal(got, want) {
			b.t.Errorf("%s: a shell runs curl with\n%q; want\n%q\ncommand: %s", test.name, got, want, command)
		}
	}
	b.press("#list a", "/api/users")
	b.waitFor("#detail-title", "/api/users")
	b.do(chromedp.Click(chromedp.CSS("#copy-curl")))
	b.waitFor("#toast", "Copied: a command for curl. It holds what the viewer sent.")
}

// arguments runs a command in a shell in which curl is a function that prints what it gets.
func arguments(ctx context.Context, t *testing.T, command string) []string {
	t.Helper()
	shell := exec.CommandContext(ctx, "bash", "-c", `curl() { printf '%s\0' "$@"; }; `+command)
	shell.Dir = t.TempDir()
	out, err := shell.Output()
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

// On a phone the requests come first, and the model is one press away.
func testConsolePhone(b *tab) {
	b.evaluate(`(location.hash = "", "")`)
	b.emulate(390, "light")
	top := func(selector string) string {
		return b.evaluate(fmt.Sprintf(`String(Math.round(document.querySelector(%q).getBoundingClientRect().top))`, selector))
	}
	if requests := top(".requests"); len(requests) > 3 || requests > "200" {
		b.t.Errorf("the requests begin %s pixels down", requests)
	}
	if got := b.evaluate(`String(document.querySelector(".requests").getBoundingClientRect().top < document.querySelector("#model").getBoundingClientRect().top)`); got != "true" {
		b.t.Error("the event model comes before the requests")
	}
	b.do(chromedp.Click(chromedp.CSS("#to-model")))
	b.waitUntil("the model is in the window", func() bool {
		return b.evaluate(`String(document.querySelector("#model").getBoundingClientRect().top < 800)`) == "true"
	})
	if got := b.evaluate(`document.activeElement.id`); got != "model" {
		b.t.Errorf("focus: %q, want the model", got)
	}
	b.emulate(1440, "light")
}
