package cspreport_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

// TestCauseOfEngines finds one cause in what the engines say each in its way.
func TestCauseOfEngines(t *testing.T) {
	tests := []struct {
		name string
		to   string
		want []cspreport.Cause
	}{
		{"inline-script", "report-to", []cspreport.Cause{{Directive: "script-src-elem", Blocked: "inline", Sample: "console.log('a fairly lo"}}},
		{"script", "report-uri", []cspreport.Cause{{Directive: "script-src-elem", Blocked: "https://cdn.test:8443"}}},
		{"style-attr", "report-to", []cspreport.Cause{{Directive: "style-src-attr", Blocked: "inline", Sample: "color: green; background"}}},
		{"eval", "report-to", []cspreport.Cause{
			{Directive: "script-src", Blocked: "eval", Sample: "1 + 1 + 1 + 1 + 1 + 1 +"},
			{Directive: "script-src", Blocked: "eval", Sample: "2+2"},
			{Directive: "script-src", Blocked: "eval", Sample: "function anonymous(\n) {"},
		}},
		{"external-inserts", "report-to", []cspreport.Cause{
			{Directive: "script-src-attr", Blocked: "inline", Sample: "alert(1)", SourceFile: "https://site.test:8443/js/inserts.js"}, // not WebKit
			{Directive: "script-src-elem", Blocked: "inline", Sample: `console.log("inserted by`, SourceFile: "https://site.test:8443/js/inserts.js"},
			{Directive: "style-src-attr", Blocked: "inline", Sample: "color:red", SourceFile: "https://site.test:8443/js/inserts.js"},
			{Directive: "style-src-elem", Blocked: "inline", Sample: "p{color:red}", SourceFile: "https://site.test:8443/js/inserts.js"},
		}},
		{"trusted-types", "report-to", []cspreport.Cause{
			{Directive: "require-trusted-types-for", Blocked: "trusted-types-sink", Sample: "Element innerHTML"},
			{Directive: "require-trusted-types-for", Blocked: "trusted-types-sink", Sample: "eval"},
			{Directive: "trusted-types", Blocked: "trusted-types-policy", Sample: "two"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := make(map[cspreport.Cause]bool)
			for _, engine := range []string{"Chromium", "Firefox", "WebKit"} {
				for _, r := range captured(t, engine, tt.name, tt.to) {
					got[r.Cause()] = true
				}
			}
			want := make(map[cspreport.Cause]bool)
			for _, c := range tt.want {
				want[c] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSummary(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	var s cspreport.Summary
	for _, r := range []cspreport.Report{
		{Time: day(3), DocumentURL: "https://a.example/x?user=alice", BlockedURL: "https://b.example/1.png?id=1", Directive: "img-src", Policy: "img-src 'self'; script-src 'nonce-abc'"},
		{Time: day(1), DocumentURL: "https://a.example/y", BlockedURL: "https://b.example/2.png", Directive: "img-src", Disposition: "report", Policy: "img-src 'self'; script-src 'nonce-def'"},
		{DocumentURL: "https://a.example/x", BlockedURL: "https://b.example/1.png", Directive: "img-src"},
		{DocumentURL: "https://a.example/x", BlockedURL: "", Directive: "script-src", Sample: "go()"},
		{DocumentURL: "https://a.example/x", BlockedURL: "chrome-extension", Directive: "img-src"},
	} {
		s.Add(r)
	}
	want := []cspreport.Group{
		{
			Cause: cspreport.Cause{Directive: "img-src", Blocked: "https://b.example"}, Count: 3, ReportOnly: 1, First: day(1), Last: day(3),
			Pages: []string{"https://a.example/x", "https://a.example/y"}, URLs: []string{"https://b.example/1.png", "https://b.example/2.png"},
			Policy:  "img-src 'self'; script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA'", // two of three
			Example: cspreport.Report{Time: day(3), DocumentURL: "https://a.example/x", BlockedURL: "https://b.example/1.png", Directive: "img-src", Policy: "img-src 'self'; script-src 'nonce-abc'"},
		},
		{
			Cause: cspreport.Cause{Directive: "script-src", Blocked: "inline", Sample: "go()"}, Count: 1,
			Pages: []string{"https://a.example/x"}, URLs: []string{"inline"},
			Example: cspreport.Report{DocumentURL: "https://a.example/x", Directive: "script-src", Sample: "go()"},
		},
	}
	if diff := cmp.Diff(want, s.Groups()); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	if n := s.Noise(); len(n) != 1 || n[0].Count != 1 || n[0].Of.Match != "chrome-extension:" {
		t.Errorf("noise %v", n)
	}
	policies := []cspreport.Count[string]{{Of: "img-src 'self'; script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA'", Count: 2}}
	if diff := cmp.Diff(policies, s.Policies()); diff != "" {
		t.Errorf("policies, with one nonce (-want +got):\n%s", diff)
	}
}

// TestSummaryKeepsOften finds what makes up a tenth of the reports, whatever came
// before it.
func TestSummaryKeepsOften(t *testing.T) {
	var s cspreport.Summary
	madeUp := func(host string) {
		s.Add(cspreport.Report{DocumentURL: "https://www.example.com/", Directive: "img-src", BlockedURL: "https://" + host, Policy: "img-src " + host})
	}
	for i := range cspreport.MaxGroups {
		for range 10 {
			madeUp(fmt.Sprintf("fake%d.example", i))
		}
	}
	for i := range 10_000 {
		if i%10 > 0 {
			madeUp(fmt.Sprintf("x%d.example", i))
			continue
		}
		s.Add(cspreport.Report{DocumentURL: "https://www.example.com/", Directive: "script-src-elem", BlockedURL: "https://real.example.net/a.js", Policy: "script-src 'self'"})
	}
	if g := s.Groups()[0]; g.Blocked != "https://real.example.net" || g.Count < 900 {
		t.Errorf("most reports: %s %d, want https://real.example.net with nearly 1000", g.Blocked, g.Count)
	}
	if p := s.Policies()[0]; p.Of != "script-src 'self'" || p.Count < 900 {
		t.Errorf("most reports: policy %q %d, want script-src 'self' with nearly 1000", p.Of, p.Count)
	}
}

// TestSummaryIsBounded adds reports that somebody makes up, each of a cause of its
// own and as long as it may be, among some of one cause.
func TestSummaryIsBounded(t *testing.T) {
	var s cspreport.Summary
	long := strings.Repeat("x", 1000)
	for i := range 5_000 {
		s.Add(cspreport.Report{
			DocumentURL: "https://a.example/" + long, BlockedURL: fmt.Sprintf("https://h%d.example/%s", i, long),
			Directive: "img-src", Policy: fmt.Sprint("img-src ", i, long),
		})
		if i%25 == 0 {
			s.Add(cspreport.Report{DocumentURL: "https://a.example/", BlockedURL: fmt.Sprintf("https://often.example/%d", i), Directive: "img-src"})
		}
	}
	groups := s.Groups()
	if len(groups) < cspreport.MaxGroups || len(groups) > 2*cspreport.MaxGroups {
		t.Errorf("%d groups", len(groups))
	}
	if g := groups[0]; g.Blocked != "https://often.example" || g.Count != 200 || len(g.URLs) != 10 || !g.MoreURLs || g.MorePages {
		t.Errorf("what happens often: %+v", g)
	}
	total := s.Forgotten()
	for _, g := range groups {
		total += g.Count
	}
	if total != 5_200 {
		t.Errorf("%d reports, want 5200", total)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > 20<<20 {
		t.Errorf("%d MB are in use", m.HeapAlloc>>20)
	}
	runtime.KeepAlive(&s)
}
