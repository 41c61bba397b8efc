package e2e_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp"
)

// injection is what the article's page made of a username: markup in the page itself.
const injection = `<script>window.ran = "script"</script><img src="missing.png" onerror="window.ran = 'handler'">`

// testInjectedMarkup puts code into the page on its way to the browser, as a fault in the page would, with the headers that
// the functions gave it.
func testInjectedMarkup(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser)
	b.rewritePage("*/other.html*", "<main", injection+"<main")
	b.open(site + "/other.html?username=octocat")
	b.waitFor("#title", "octocat") // the page's own script runs
	b.waitUntil("the script and the handler are blocked", func() bool {
		return strings.Contains(b.violations(), "script-src-elem blocked inline") && strings.Contains(b.violations(), "script-src-attr blocked inline")
	})
	if got := b.evaluate("String(window.ran)"); got != "undefined" {
		t.Errorf("the injected %s ran", got)
	}
	if got := b.evaluate(`String(document.querySelectorAll("body > script").length)`); got != "1" {
		t.Errorf("%s injected scripts in the page; want one, or this test shows nothing", got)
	}
}

// rewritePage replaces text in the first answer to an address that matches the pattern.
func (b *tab) rewritePage(pattern, old, text string) {
	b.t.Helper()
	paused := chromedp.Events(b.context, fetch.RequestPaused)
	patterns := []*fetch.RequestPattern{{URLPattern: pattern, RequestStage: fetch.RequestStageResponse}}
	if _, err := chromedp.Call(b.context, fetch.Enable, fetch.EnableParams{Patterns: patterns}); err != nil {
		b.t.Fatal(err)
	}
	go func() {
		for event, err := range paused {
			if err != nil {
				return // the tab is closed; the page that never came has failed the test
			}
			original, err := chromedp.Call(b.context, fetch.GetResponseBody, fetch.GetResponseBodyParams{RequestID: event.RequestID})
			if err != nil {
				b.t.Errorf("read the page: %v", err)
			}
			_, err = chromedp.Call(b.context, fetch.FulfillRequest, fetch.FulfillRequestParams{
				RequestID:       event.RequestID,
				ResponseCode:    event.ResponseStatusCode,
				ResponseHeaders: event.ResponseHeaders,
				Body:            bytes.Replace(original.Body, []byte(old), []byte(text), 1),
			})
			if err != nil {
				b.t.Errorf("hand on the page: %v", err)
			}
			return
		}
	}()
}
