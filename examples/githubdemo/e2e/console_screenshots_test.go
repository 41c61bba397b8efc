package e2e_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestConsoleScreenshots leaves pictures of the console's states, wide and narrow, light and dark, for a person to look at. It
// fails by itself if a state is wider than its window, or has text that is hard to read.
func TestConsoleScreenshots(t *testing.T) {
	browser := startBrowser(t)
	site, console := startSite(t)
	if err := os.MkdirAll("screenshots", 0o755); err != nil {
		t.Fatal(err)
	}
	b := newTab(t, browser)
	b.emulate(1440, "light")
	b.open(console)
	b.waitFor("#none", "No requests yet")
	b.states("empty", 1440, 320)
	visit := func(target string, header ...string) { ask(t, site, target, header...) }
	visit("/")
	visit("/")
	visit("/api/users?page=2&debug=1", "Cookie", "session=eyJhbGciOiJIUzI1NiJ9; theme=dark; _ga=GA1.1.1", "X-Debug", "1", "Accept", "application/json", "Accept-Language", "de-CH",
		"Referer", site+"/", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Site", "same-origin", "X-Csrf-Token", "t0ken")
	visit("/shared/page")
	visit("/shared/page")
	visit("/api/long/"+strings.Repeat("segment/", 60)+"?"+strings.Repeat("parameter=value&", 60), "Cookie", "session="+strings.Repeat("abcdef", 100))
	visit("/nowhere.html")
	visit("/nowhere.html")
	visit("/broken/users")
	visit("/via/x")
	b.waitFor("#total", "10")
	b.states("list", 1440, 1024, 768, 320)
	show := func(target, stage string) {
		b.emulate(1440, "light")
		b.press("#list li:not([hidden]) a", target)
		b.waitFor("#detail-title", target)
		if stage != "" {
			b.openStage(stage)
		}
	}
	show("/api/users?page=2", "")
	b.states("headers", 1440, 1024, 768, 320)
	show("/api/long", "origin-request")
	b.states("long", 1440, 320)
	show("/shared/page", "")
	b.states("warning", 1440, 320)
	show("/nowhere.html", "")
	b.states("error-page", 1440, 320)
	show("/broken/users", "")
	b.states("failed", 1440, 320)
	show("/via/x", "")
	b.states("refused", 1440, 320)
	b.dialogs()
	b.filters()
	for i := range 300 {
		visit(fmt.Sprintf("/page-%d.html", i))
	}
	b.search("")
	b.do(chromedp.Click(chromedp.CSS(".help summary")))
	b.waitFor("#total", "310")
	b.windows("many", 1440, 320)
	b.wantQuiet("400")
}

func (b *tab) dialogs() {
	for _, name := range []string{"send", "har"} {
		b.emulate(1440, "light")
		b.do(chromedp.Click(chromedp.CSS("#open-" + name)))
		b.windows("dialog-"+name, 1440, 320)
		b.evaluate(`(document.querySelector("dialog[open]").close(), "")`)
	}
}

func (b *tab) filters() {
	b.emulate(1440, "light")
	b.evaluate(`(location.hash = "", "")`)
	b.search("no such thing")
	b.waitFor("#none", "Nothing matches")
	b.do(chromedp.Click(chromedp.CSS(".help summary")))
	b.states("filter-none", 1440, 320)
	b.emulate(1440, "light")
	b.search("staus:404")
	b.waitFor("#filter-problem", "is no field")
	b.states("filter-wrong", 1440, 320)
}

// search types a query into the filter.
func (b *tab) search(query string) {
	b.t.Helper()
	b.evaluate(fmt.Sprintf(`((e) => { e.value = %q; e.dispatchEvent(new Event("input")); return ""; })(document.getElementById("filter"))`, query))
}

// states leaves pictures of the whole page in windows of these widths.
func (b *tab) states(name string, widths ...int64) {
	b.t.Helper()
	b.pictures(name, b.picture, widths)
}

// windows leaves pictures of what is seen without scrolling.
func (b *tab) windows(name string, widths ...int64) {
	b.t.Helper()
	b.pictures(name, b.window, widths)
}

func (b *tab) pictures(name string, picture func(string), widths []int64) {
	b.t.Helper()
	b.waitUntil("what is lit for a moment goes out", func() bool { return b.evaluate(`String(document.querySelectorAll(".live").length)`) <= "1" })
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range widths {
			b.emulate(width, scheme)
			b.evaluate(`(scrollTo(0, 0), "")`)
			b.legible(name, width, scheme)
			picture(fmt.Sprintf("console-%s-%d-%s", name, width, scheme))
		}
	}
}

// contrast lists text whose contrast with what is behind it is below 4.5 (WCAG 2.2, success criterion 1.4.3).
const contrast = `(() => {
	const parse = (color) => color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
	const luminance = (rgb) => { const [r, g, b] = rgb.map((v) => (v /= 255, v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c.slice(0, 3); } return [255, 255, 255]; };
	const faint = new Set();
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const e = walker.currentNode.parentElement;
		if (!walker.currentNode.data.trim() || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || e.closest("svg, #toast, .sr, .skip, noscript, :disabled")) continue;
		const [a, b] = [luminance(parse(getComputedStyle(e).color).slice(0, 3)), luminance(behind(e))].sort((x, y) => y - x);
		const ratio = (a + 0.05) / (b + 0.05);
		if (ratio < 4.5) faint.add(ratio.toFixed(2) + " " + e.className + ": " + walker.currentNode.data.trim().slice(0, 40));
	}
	return [...faint].join("\n");
})()`
