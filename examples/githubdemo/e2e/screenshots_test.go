package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestScreenshots leaves pictures of every page and state, wide and narrow, light and dark, for a person to look at. It
// fails by itself if a page is wider than its window, or has text that is hard to read.
func TestScreenshots(t *testing.T) {
	browser := startBrowser(t)
	site, _ := startWithConsole(t)
	offline := startDemo(t, "-github", "http://localhost:1")
	if err := os.MkdirAll("screenshots", 0o755); err != nil {
		t.Fatal(err)
	}
	states := []struct{ name, address, selector, text string }{
		{"index", site + "/index.html", "h1", "Look up a GitHub user"},
		{"user", site + "/other.html?username=octocat", "#title", "The Octocat"},
		{"user-long", site + "/other.html?username=gopher", "#title", "Göpher"},
		{"user-sparse", site + "/other.html?username=hubot", "#title", "hubot"},
		{"user-hostile", site + "/other.html?username=mallory", "#title", "<b>Mallory</b>"},
		{"waiting", site + "/other.html?username=slow", "#status", "Looking for"},
		{"no-username", site + "/other.html", "#status", "No username"},
		{"unknown", site + "/other.html?username=%3Cimg%20src=x%20onerror=alert(1)%3E", "#status", "Unknown user"},
		{"unknown-long", site + "/other.html?username=" + strings.Repeat("Donaudampfschifffahrtsgesellschaft", 30), "#status", "Unknown user"},
		{"limited", site + "/other.html?username=limited", "#status", "Too many requests"},
		{"unreachable", offline + "/other.html?username=octocat", "#status", "GitHub could not be reached"},
		{"404", site + "/no/such/page?username=octocat", "#console", "console"},
	}
	b := newTab(t, browser)
	for _, state := range states {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1200, 320} {
				b.emulate(width, scheme)
				b.open(state.address)
				b.waitFor(state.selector, state.text)
				b.settle()
				b.legible(state.name, width, scheme)
				b.picture(fmt.Sprintf("%s-%d-%s", state.name, width, scheme))
			}
		}
	}
	for page, stops := range map[string][]string{
		"/index.html":                 {"skip", "home", "field", "button"},
		"/no/such/page?username=gone": {"404-skip", "404-home", "404-field", "404-button", "404-console"},
	} {
		b.emulate(320, "dark")
		b.open(site + page)
		for _, stop := range stops {
			b.do(chromedp.KeyEvent("\t"))
			b.picture("focus-" + stop)
		}
	}
}

// legible fails the test if the page is wider than its window, or has text that is hard to read or lies over other text.
func (b *tab) legible(name string, width int64, scheme string) {
	b.t.Helper()
	if got := b.evaluate("String(document.documentElement.scrollWidth)"); got != fmt.Sprint(width) {
		b.t.Errorf("%s: %s pixels wide in a window of %d", name, got, width)
	}
	if wide := b.evaluate(overflowing); wide != "" {
		b.t.Errorf("%s, %d, %s: wider than its place:\n%s", name, width, scheme, wide)
	}
	if faint := b.evaluate(contrast); faint != "" {
		b.t.Errorf("%s, %d, %s: text that is hard to read:\n%s", name, width, scheme, faint)
	}
}

// overflowing lists elements whose content sticks out of them, where it is neither cut nor scrolled.
const overflowing = `[...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() && !e.closest("svg, .sr") && e.clientWidth > 0
	&& getComputedStyle(e).overflowX === "visible" && e.scrollWidth > e.clientWidth + 1).map((e) => e.tagName + " " + e.className + ": " + e.innerText.slice(0, 40)).join("\n")`

func (b *tab) emulate(width int64, scheme string) {
	b.t.Helper()
	feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}
	if _, err := chromedp.Call(b.context, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}}); err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.EmulateViewport(width, 800))
}

// settle waits until the page's pictures have come.
func (b *tab) settle() {
	b.t.Helper()
	b.evaluate(`Promise.all([...document.images].filter((i) => i.checkVisibility()).map((i) => i.decode().catch(() => {}))).then(() => "")`)
}

// picture leaves one of the whole page, window one of what is seen without scrolling.
func (b *tab) picture(name string) {
	b.t.Helper()
	b.keep(name, chromedp.FullScreenshot(100))
}

func (b *tab) window(name string) {
	b.t.Helper()
	b.keep(name, chromedp.CaptureScreenshot())
}

func (b *tab) keep(name string, take chromedp.Action[[]byte]) {
	b.t.Helper()
	data, err := chromedp.Run(b.context, take)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("screenshots", name+".png"), data, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
