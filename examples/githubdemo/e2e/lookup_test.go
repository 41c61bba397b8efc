package e2e_test

import (
	"context"
	"maps"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// lookUp does what a person does: opens the first page, types a name and submits.
func (b *tab) lookUp(site, username string) {
	b.t.Helper()
	b.open(site + "/index.html")
	b.do(
		chromedp.SendKeys(chromedp.CSS("#username"), username),
		chromedp.Click(chromedp.CSS("button[type=submit]")),
	)
	b.waitForPath("/other.html")
}

// waitForPath waits until the tab is on the page.
func (b *tab) waitForPath(path string) {
	b.t.Helper()
	b.waitUntil("the page is "+path, func() bool {
		return b.evaluate(`document.readyState === "complete" ? location.pathname : ""`) == path
	})
}

// query returns the page's query string as the browser sent it.
func (b *tab) query() string {
	b.t.Helper()
	return b.evaluate("location.search")
}

func TestLookUp(t *testing.T) {
	browser := startBrowser(t)
	site := startDemo(t)
	t.Run("user", func(t *testing.T) { testUser(t, browser, site) })
	t.Run("user-from-packages", func(t *testing.T) {
		if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
			t.Skip("the packages hold linux/amd64 programs: they are not run here")
		}
		testUser(t, browser, startDemo(t, "-packages"))
	})
	t.Run("hostile-answer", func(t *testing.T) { testHostileAnswer(t, browser, site) })
	t.Run("words", func(t *testing.T) { testWords(t, browser, site) })
	t.Run("query-intact", func(t *testing.T) { testQueryIntact(t, browser, site) })
	t.Run("form-after-the-answer", func(t *testing.T) { testFormAfterTheAnswer(t, browser, site) })
	t.Run("console-link", func(t *testing.T) { testConsoleLink(t, browser, site) })
	t.Run("keyboard", func(t *testing.T) { testKeyboard(t, browser, site) })
}

func testUser(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser)
	b.lookUp(site, "octocat")
	b.waitFor("#title", "The Octocat")
	if got := b.query(); got != "?username=octocat" {
		t.Errorf("query = %q; want ?username=octocat", got)
	}
	want := map[string]string{
		"Repositories": "8", "Followers": "22,154", "Following": "9", "Gists": "8",
		"Company": "@github", "Location": "San Francisco", "Website": "github.blog", "Member since": "January 25, 2011",
	}
	if got := b.fields(); !maps.Equal(got, want) {
		t.Errorf("fields: got %v; want %v", got, want)
	}
	if got := b.text("#json"); !strings.Contains(got, `"login": "octocat"`) || !strings.Contains(got, `"followers": 22154`) {
		t.Errorf("JSON: got %s; want the whole answer", got)
	}
	b.waitUntil("the avatar is drawn", func() bool {
		return b.evaluate(`String(document.getElementById("avatar").naturalWidth > 0)`) == "true"
	})
	b.wantQuiet("")
}

// What GitHub's users write about themselves is text as well.
func testHostileAnswer(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser)
	b.lookUp(site, "mallory")
	b.waitFor("#title", "<b>Mallory</b>")
	if got := b.text("#bio"); got != "<script>alert(1)</script>" {
		t.Errorf("biography: got %q; want it as text", got)
	}
	if got := b.fields()["Website"]; got != "javascript:alert(document.domain)" {
		t.Errorf("website: got %q; want it as text", got)
	}
	if got := b.evaluate(`[...document.querySelectorAll("a")].map((a) => a.protocol).join(" ")`); strings.Contains(got, "javascript") {
		t.Errorf("links: got %s; want http and https only", got)
	}
	b.wantQuiet("")
}

func testWords(t *testing.T, browser context.Context, site string) {
	tests := []struct {
		name, username string
		heading, words string // on the page, as text
		complaint      string // a status that is an error is one line in the browser's console, and only that
	}{
		{"unknown", "nobody-at-all", "nobody-at-all", "GitHub has no user with the name “nobody-at-all”.", "404"},
		{"hostile", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", "no user with the name “<img src=x onerror=alert(1)>”", "404"},
		{"path-steps", "..", "..", "GitHub has no user with the name “..”.", ""},
		{"encoded-path", "octocat/../hubot", "octocat/../hubot", "GitHub has no user with the name “octocat/../hubot”.", "404"},
		{"other-query", "octocat&username=hubot", "octocat&username=hubot", "GitHub has no user with the name “octocat&username=hubot”.", "404"},
		{"blank", "  ", "GitHub user", "The address of this page names no user.", ""},
		{"long", strings.Repeat("ñ", 81), strings.Repeat("ñ", 80) + "…", "“" + strings.Repeat("ñ", 80) + "…”", "404"},
		{"limited", "limited", "limited", "rate limit", "403"},
		{"throttled", "throttled", "throttled", "rate limit", "429"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newTab(t, browser)
			b.lookUp(site, test.username)
			b.waitFor("#status", test.words)
			if got := b.text("h1"); got != test.heading {
				t.Errorf("heading = %q; want %q", got, test.heading)
			}
			if got := b.text("#user"); got != "" {
				t.Errorf("a user is shown: %q", got)
			}
			if got := b.evaluate(`String(document.querySelectorAll("main img[src=x], main script").length)`); got != "0" {
				t.Errorf("%s elements came from the name", got)
			}
			if got, want := b.field(), strings.TrimSpace(test.username); got != want {
				t.Errorf("the form has %q; want %q, the name to mend", got, want)
			}
			b.wantQuiet(test.complaint)
		})
	}
	t.Run("reset-time", func(t *testing.T) {
		b := newTab(t, browser)
		b.lookUp(site, "limited")
		b.waitFor("#status", "Try again after ")
		if got := b.evaluate(`String(Number.isNaN(Date.parse(document.querySelector("#status p").innerText.split("Try again after ")[1].replace(/\.$/, ""))))`); got != "false" {
			t.Errorf("%q names no time", b.text("#status"))
		}
	})
	t.Run("no-username", func(t *testing.T) {
		b := newTab(t, browser)
		b.open(site + "/other.html")
		b.waitFor("#status", "No username")
		b.wantQuiet("")
	})
	t.Run("waiting", func(t *testing.T) {
		b := newTab(t, browser)
		b.lookUp(site, "slow")
		b.waitFor("#status", "Looking for “slow”")
		b.waitFor("#title", "Slow Loris")
		b.wantQuiet("")
	})
	t.Run("unreachable", func(t *testing.T) {
		b := newTab(t, browser)
		b.lookUp(startDemo(t, "-github", "http://localhost:1"), "octocat")
		b.waitFor("#status", "GitHub could not be reached")
		b.wantQuiet("ERR_")
	})
}

// The redirect hands the query on byte for byte, and the page reads it as browsers write it.
func testQueryIntact(t *testing.T, browser context.Context, site string) {
	const query = "?username=octocat&x=a%20b+%2F&&z"
	b := newTab(t, browser)
	b.open(site + "/index.html" + query)
	b.waitFor("#title", "The Octocat")
	if got := b.evaluate("location.pathname + location.search"); got != "/other.html"+query {
		t.Errorf("the browser is at %s; want /other.html%s", got, query)
	}
	b.lookUp(site, "Zürich & <Söhne>")
	if got, want := b.query(), "?username="+url.QueryEscape("Zürich & <Söhne>"); got != want {
		t.Errorf("query = %q; want %q", got, want)
	}
	b.waitFor("h1", "Zürich & <Söhne>")
	b.wantQuiet("404")
}

// Without a mouse: the skip link, the link home, the field, the button, in this order, and Enter submits.
func testKeyboard(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser)
	b.open(site + "/index.html")
	var order []string
	for range 4 {
		b.do(chromedp.KeyEvent("\t"))
		order = append(order, b.evaluate(`document.activeElement.tagName + " " + (document.activeElement.innerText || document.activeElement.id)`))
		if got := b.evaluate(`getComputedStyle(document.activeElement).outlineStyle`); got != "solid" {
			t.Errorf("%s: outline %q when focused; want one that is seen", order[len(order)-1], got)
		}
	}
	if got, want := strings.Join(order, ", "), "A Skip to the content, A GitHub user lookup, INPUT username, BUTTON Look up"; got != want {
		t.Errorf("Tab goes through %s; want %s", got, want)
	}
	b.do(chromedp.Focus(chromedp.CSS("#username")), chromedp.KeyEvent("hubot\r"))
	b.waitForPath("/other.html")
	b.waitFor("#title", "hubot")
	b.wantQuiet("")
}
