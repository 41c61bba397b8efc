package e2e_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// ask sends a request as another program on this machine would, outside the browser: with the target as it is, and with headers that are
// given as name, value, name, value.
func ask(t *testing.T, site, target string, header ...string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", site, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.URL.Opaque = target
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}

func TestConsole(t *testing.T) {
	browser := startBrowser(t)
	t.Run("live", func(t *testing.T) { testConsoleLive(t, browser) })
	t.Run("cache", func(t *testing.T) { testConsoleCache(t, browser) })
	t.Run("send", func(t *testing.T) { testConsoleSend(t, browser) })
	t.Run("hostile", func(t *testing.T) { testConsoleHostile(t, browser) })
	t.Run("keyboard", func(t *testing.T) { testConsoleKeyboard(t, browser) })
	t.Run("noise", func(t *testing.T) { testConsoleNoise(t, browser) })
	t.Run("stopped", func(t *testing.T) { testConsoleStopped(t, browser) })
}

// openConsole opens the console, which has seen nothing yet.
func openConsole(t *testing.T, browser context.Context) (b *tab, site string) {
	t.Helper()
	site, console := startWithConsole(t)
	b = newTab(t, browser)
	b.emulate(1280, "light")
	b.open(console)
	b.waitFor("#live", "Live")
	return b, site
}

// choose opens the newest request.
func (b *tab) choose() {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS("#list li:not([hidden]) a")))
}

// press presses the first of the elements with the text.
func (b *tab) press(selector, text string) {
	b.t.Helper()
	b.evaluate(fmt.Sprintf(`([...document.querySelectorAll(%q)].find((e) => e.textContent.includes(%q)).click(), "")`, selector, text))
}

// openStage opens a stage of the waterfall that is shown.
func (b *tab) openStage(name string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(fmt.Sprintf("[data-stage=%q] > summary", name))))
}

// lit returns the boxes of the diagram that a request passed.
func (b *tab) lit() string {
	b.t.Helper()
	return b.evaluate(`[...document.querySelectorAll(".node.on")].map((e) => e.dataset.node).sort().join(" ")`)
}

// A request appears by itself, its way lights up, its waterfall opens, and it can be sent again.
func testConsoleLive(t *testing.T, browser context.Context) {
	b, site := openConsole(t, browser)
	b.waitFor("#none", "No requests yet")
	ask(t, site, "/other.html")
	b.waitFor("#list", "/other.html")
	b.waitFor("#counts", "Requests\n1")
	if got, want := b.lit(), "cache origin origin-response viewer viewer-request"; got != want {
		t.Errorf("lit: %s; want %s", got, want)
	}
	b.choose()
	b.waitFor("#detail-title", "GET /other.html")
	if got, want := b.evaluate(`[...document.querySelectorAll(".stage")].map((e) => e.dataset.stage).join(" ")`),
		"viewer viewer-request cache origin origin-response store reply"; got != want {
		t.Errorf("stages: %s; want %s", got, want)
	}
	b.openStage("origin-response")
	b.waitFor("[data-stage=origin-response] .diff-row.added", "Content-Security-Policy")
	b.press("#detail button", "Copy event as test fixture")
	b.waitFor("#toast", "Copied")
	b.waitFor("#detail", "no object under this key")
	b.do(chromedp.Click(chromedp.CSS("#replay")))
	b.waitFor("#toast", "Replayed: 200, Hit from cloudfront")
	b.waitFor("#detail .badges", "1 run saved by the cache")
	b.waitUntil("the diagram shows the replay", func() bool { return b.lit() == "cache viewer viewer-request" })
	if got := b.evaluate(`document.activeElement.id`); got != "replay" {
		t.Errorf("focus after the replay: %q; want the button, to press it again", got)
	}
	b.wantQuiet("")
}

// Time passes, and objects go, at the press of a button.
func testConsoleCache(t *testing.T, browser context.Context) {
	b, site := openConsole(t, browser)
	ask(t, site, "/index.html")
	b.waitFor("#list", "/index.html")
	b.choose()
	b.waitFor("#detail", "default TTL")
	b.waitFor("#detail .key", "/index.html")
	b.press("#detail button", "Advance the clock past it")
	b.waitFor("#toast", "The clock went on by")
	b.do(chromedp.Click(chromedp.CSS("#replay")))
	b.waitFor("#detail .badges", "RefreshHit")
	b.press("#detail button", "Invalidate this path")
	b.waitFor("#toast", "1 object left the cache")
	b.do(chromedp.Click(chromedp.CSS("#replay")))
	b.waitFor("#detail .badges", "Miss")
	b.do(
		chromedp.Click(chromedp.CSS("#open-invalidate")),
		chromedp.SetValue(chromedp.CSS("#invalidate-paths"), "index.html"),
		chromedp.Click(chromedp.CSS("#invalidate button[type=submit]")),
	)
	b.waitFor("#invalidate .problem", "leading slash")
	b.wantQuiet("400")
}

// A request that is written on the page, with a function that fails, shows where it failed.
func testConsoleSend(t *testing.T, browser context.Context) {
	b, _ := openConsole(t, browser)
	b.do(
		chromedp.Click(chromedp.CSS("#open-send")),
		chromedp.SetValue(chromedp.CSS("#send-target"), "/index.html?username=octocat"),
		chromedp.SetValue(chromedp.CSS("#send-fault"), "viewer-request=crash"),
		chromedp.Click(chromedp.CSS("#send button[type=submit]")),
	)
	b.waitFor("#detail .badges", "503")
	b.waitFor("[data-stage=viewer-request] .failure", "process ended")
	b.waitUntil("the diagram shows where it failed", func() bool {
		return b.evaluate(`[...document.querySelectorAll(".node.failed")].map((e) => e.dataset.node).join(" ")`) == "viewer-request"
	})
	b.wantQuiet("")
}

// What a viewer sends is text on the page.
func testConsoleHostile(t *testing.T, browser context.Context) {
	b, site := openConsole(t, browser)
	ask(t, site, "/%3Cimg%20src=x%20onerror=alert(1)%3E?<script>alert(1)</script>")
	b.waitFor("#list", "?<script>alert(1)</script>")
	b.choose()
	b.waitFor("#detail-title", "<script>alert(1)</script>")
	b.openStage("viewer-request")
	if got := b.evaluate(`String(document.querySelectorAll("main script, main img").length)`); got != "0" {
		t.Errorf("%s elements came from the request", got)
	}
	b.wantQuiet("")
}

// Without a mouse: / filters, the arrows go through the list, Enter chooses, and a stage opens with Enter.
func testConsoleKeyboard(t *testing.T, browser context.Context) {
	b, site := openConsole(t, browser)
	ask(t, site, "/other.html")
	ask(t, site, "/index.html")
	b.waitFor("#list", "/index.html")
	b.do(chromedp.KeyEvent("/"))
	if got := b.evaluate(`document.activeElement.id`); got != "filter" {
		t.Errorf("focus after /: %s; want the filter", got)
	}
	// The driver types the / after all: it sends the character by itself, whatever became of the key.
	b.evaluate(`(document.activeElement.select(), "")`)
	b.do(chromedp.KeyEvent("html"))
	b.waitFor("#total", "2")
	b.do(chromedp.Focus(chromedp.CSS("#list a")), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent("\r"))
	b.waitFor("#detail-title", "/other.html")
	b.do(chromedp.Focus(chromedp.CSS("[data-stage=viewer-request] > summary")), chromedp.KeyEvent("\r"))
	b.waitFor("[data-stage=viewer-request] .stage-body", "It changed nothing.")
	if got := b.evaluate(`getComputedStyle(document.activeElement).outlineStyle`); got != "solid" {
		t.Errorf("outline %q when focused; want one that is seen", got)
	}
	b.wantQuiet("")
}

// What browsers ask for by themselves is hidden until it is wanted.
func testConsoleNoise(t *testing.T, browser context.Context) {
	b, site := openConsole(t, browser)
	ask(t, site, "/favicon.ico")
	b.waitFor("#total", "0 of 1")
	b.waitFor("#none", "Nothing matches")
	b.do(chromedp.Click(chromedp.CSS("#noise")))
	b.waitFor("#list", "/favicon.ico")
	b.do(chromedp.Click(chromedp.CSS("#clear")))
	b.waitFor("#none", "No requests yet")
	b.wantQuiet("")
}

// When the program has ended the page says so.
func testConsoleStopped(t *testing.T, browser context.Context) {
	if err := os.MkdirAll("screenshots", 0o755); err != nil {
		t.Fatal(err)
	}
	b := newTab(t, browser)
	b.emulate(1280, "dark")
	t.Run("running", func(t *testing.T) { // the demo ends with this subtest
		site, console := startWithConsole(t)
		b.open(console)
		ask(t, site, "/index.html")
		b.waitFor("#list", "/index.html")
	})
	b.waitFor("#lost", "The simulator does not answer")
	b.waitFor("#live", "Waiting")
	b.choose()
	b.waitFor("#detail", "This request cannot be shown")
	b.picture("console-stopped")
	b.wantQuiet("ERR_")
}
