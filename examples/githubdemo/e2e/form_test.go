package e2e_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

// field is what stands in the form.
func (b *tab) field() string {
	b.t.Helper()
	return b.evaluate(`document.getElementById("username").value`)
}

// The pages after the first one have the form as well, with the name in it, and it leads to the next user.
func testFormAfterTheAnswer(t *testing.T, browser context.Context, site string) {
	tests := []struct{ name, target, complaint string }{
		{"unknown user", "/other.html?username=hub%20ot", "404"},
		{"user", "/other.html?username=octocat", ""},
		{"page not found", "/no/such/page?username=hub%22%3Eot", "404"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newTab(t, browser)
			b.open(site + test.target)
			want := b.evaluate(`new URLSearchParams(location.search).get("username")`)
			b.waitUntil("the form has the name", func() bool { return b.field() == want })
			b.evaluate(`(document.getElementById("username").select(), "")`)
			b.do(chromedp.KeyEvent("hubot\r"))
			b.waitFor("#profile", "@hubot")
			if got := b.evaluate("location.pathname + location.search"); got != "/other.html?username=hubot" {
				t.Errorf("the form leads to %s; want /other.html?username=hubot", got)
			}
			b.wantQuiet(test.complaint)
		})
	}
}

// A page links to the console where there is one, and CloudFront has none.
func testConsoleLink(t *testing.T, browser context.Context, site string) {
	withConsole, console := startWithConsole(t)
	for _, target := range []string{"/other.html?username=nobody-at-all", "/other.html", "/no/such/page"} {
		b := newTab(t, browser)
		b.open(withConsole + target)
		b.waitFor("#console", "console")
		b.do(chromedp.Click(chromedp.CSS("#console a")))
		b.waitFor("#list", "/config.js")
		if got := b.evaluate("location.origin"); got != console {
			t.Errorf("%s: the link leads to %s; want %s", target, got, console)
		}
		b.wantQuiet("404")
		b.open(site + target)
		b.waitUntil("the page's script has run", func() bool { return b.evaluate(`document.readyState`) == "complete" })
		if got := b.text("main"); b.text("#console") != "" {
			t.Errorf("%s without a console: the page links to one:\n%s", target, got)
		}
	}
}
