package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// startBrowser starts Chromium for a test and its subtests.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatal("chromium is not installed (Debian: apt-get install chromium)")
		}
		t.Skip("chromium is not installed: the browser test is left out (Debian: apt-get install chromium)")
	}
	// Without these flags Chromium looks for updates and hosts of its maker's, which has nothing to do with the demo.
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // a container's root user has no sandbox
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "en-US"),
		chromedp.UserDataDir(t.TempDir()),
	)
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancelAllocator)
	browser, cancelBrowser := chromedp.NewContext(allocator)
	t.Cleanup(cancelBrowser)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return browser
}

// A tab is a page of the browser, together with everything that the browser complained about in it.
type tab struct {
	t       *testing.T
	context context.Context

	mu         sync.Mutex
	complaints []string
}

// watchPolicy runs in every page before its own scripts and keeps the violations of the policy.
const watchPolicy = `
	window.violations = [];
	document.addEventListener("securitypolicyviolation", (event) => {
		window.violations.push(event.effectiveDirective + " blocked " + event.blockedURI);
	});`

func newTab(t *testing.T, browser context.Context) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	b := &tab{t: t, context: ctx}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchPolicy}); err != nil {
		t.Fatal(err)
	}
	return b
}

// listen keeps what the browser shows as an error or a warning in its console.
func (b *tab) listen(event any) {
	var complaint string
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			complaint = e.Entry.Text + " " + e.Entry.URL
		}
	case *runtime.EventConsoleAPICalled:
		complaint = "console." + string(e.Type)
	case *runtime.EventExceptionThrown:
		complaint = e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			complaint += " " + e.ExceptionDetails.Exception.Description
		}
	}
	if complaint != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.complaints = append(b.complaints, complaint)
	}
}

// do runs actions, and fails the test when one of them takes longer than a person would wait.
func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.context, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) open(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
}

// evaluate runs an expression in the page. Its value must be a string.
func (b *tab) evaluate(expression string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.context, 20*time.Second)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// text is what a person reads in the first element that the selector finds; "" if it is not shown.
func (b *tab) text(selector string) string {
	b.t.Helper()
	quoted, err := json.Marshal(selector)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.evaluate("((e) => e?.checkVisibility() ? e.innerText : '')(document.querySelector(" + string(quoted) + "))")
}

// waitFor waits until the selector's element shows the text. (chromedp's own Poll makes functions from strings, which the
// policy blocks.)
func (b *tab) waitFor(selector, want string) {
	b.t.Helper()
	b.waitUntil(fmt.Sprintf("%s shows %q", selector, want), func() bool { return strings.Contains(b.text(selector), want) })
}

func (b *tab) waitUntil(what string, holds func() bool) {
	b.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	b.t.Fatalf("waited in vain until %s. The page shows:\n%s\nThe browser says: %q", what, b.text("body"), b.said())
}

// fields returns the terms of the page's list of fields and what is said of each.
func (b *tab) fields() map[string]string {
	b.t.Helper()
	var rows map[string]string
	text := b.evaluate(`JSON.stringify(Object.fromEntries([...document.querySelectorAll("#fields dt")].map((e) => [e.innerText, e.nextElementSibling.innerText])))`)
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		b.t.Fatal(err)
	}
	return rows
}

// violations returns what the policy blocked in the present page.
func (b *tab) violations() string {
	b.t.Helper()
	return b.evaluate(`window.violations.join("\n")`)
}

// said returns the browser's complaints so far.
func (b *tab) said() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.complaints...)
}

// wantQuiet fails the test if the policy blocked anything or the browser complained, but for complaints with the text.
func (b *tab) wantQuiet(but string) {
	b.t.Helper()
	if blocked := b.violations(); blocked != "" {
		b.t.Errorf("the policy blocked what the page needs:\n%s", blocked)
	}
	for _, complaint := range b.said() {
		if but == "" || !strings.Contains(complaint, but) {
			b.t.Errorf("the browser complains: %s", complaint)
		}
	}
}
