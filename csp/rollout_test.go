package csp_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/google/go-cmp/cmp"
)

func parse(text string) csp.Policy {
	p, _ := csp.Parse(text)
	return p
}

func TestRolloutHeaders(t *testing.T) {
	t.Parallel()
	const reporting = "; report-uri https://r.example/csp?x=1; report-to csp-endpoint"
	tests := []struct {
		name    string
		rollout csp.Rollout
		want    map[string]string
	}{
		{"zero", csp.Rollout{}, map[string]string{}},
		{"enforced", csp.Rollout{Enforced: parse("img-src 'self'; sandbox")}, map[string]string{csp.HeaderName: "img-src 'self'; sandbox"}},
		{"both", csp.Rollout{Enforced: parse("img-src 'self'"), ReportOnly: parse("sandbox; img-src 'none'; Upgrade-Insecure-Requests"), ReportURL: "https://r.example/csp?x=1"},
			map[string]string{
				csp.HeaderName:                   "img-src 'self'" + reporting,
				csp.ReportOnlyHeaderName:         "img-src 'none'" + reporting,
				csp.ReportingEndpointsHeaderName: `csp-endpoint="https://r.example/csp?x=1"`,
			}},
		{"reports-already", csp.Rollout{ReportOnly: parse("img-src 'none'; report-to mine")},
			map[string]string{csp.ReportOnlyHeaderName: "img-src 'none'; report-to mine"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			headers, err := tt.rollout.Headers()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, maps.Collect(headers)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for range headers {
				break // a loop may end early
			}
		})
	}
}

func TestRolloutErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		rollout csp.Rollout
		want    []string
	}{
		{"reports-nowhere", csp.Rollout{ReportOnly: parse("img-src 'none'")}, []string{"reports nowhere"}},
		{"http", csp.Rollout{ReportURL: "http://r.example/"}, []string{"begins with https://"}},
		{"quote", csp.Rollout{ReportURL: `https://r.example/", x="`}, []string{`with '"' in it`}},
		{"all", csp.Rollout{Enforced: parse("img-src\r\n*"), ReportOnly: parse("img-src\n*"), ReportURL: "/r"},
			[]string{"begins with https://", `'\r'`, `'\n'`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			headers, err := tt.rollout.Headers()
			if headers != nil || err == nil {
				t.Fatalf("got headers, error %v; want an error", err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %v; want it to have %q", err, want)
				}
			}
		})
	}
}

func TestMeta(t *testing.T) {
	t.Parallel()
	p := parse(`img-src 'self' a.example/?a&b"<; Frame-Ancestors 'none'; report-uri /r; sandbox; report-to x`)
	if got, want := p.Meta().String(), `img-src 'self' a.example/?a&b"<; report-to x`; got != want {
		t.Errorf("Meta: got %s; want %s", got, want)
	}
	const element = `<meta http-equiv="Content-Security-Policy" content="img-src 'self' a.example/?a&amp;b&quot;&lt;; report-to x">`
	if got := p.MetaElement(); got != element {
		t.Errorf("MetaElement: got %s; want %s", got, element)
	}
	page, err := csphtml.HashHTML(strings.NewReader(element))
	if got := page.Policies.String(); err != nil || got != p.Meta().String() {
		t.Errorf("read again: got %s, %v; want %s", got, err, p.Meta())
	}
	untouched := parse("img-src  'self' ;;")
	if got := untouched.Meta(); got != untouched {
		t.Errorf("nothing to take out: got %s; want %s", got, untouched)
	}
}

func TestReportOnly(t *testing.T) {
	t.Parallel()
	if got, want := parse("img-src *; sandbox; upgrade-insecure-requests; block-all-mixed-content; frame-ancestors *").ReportOnly().String(),
		"img-src *; frame-ancestors *"; got != want {
		t.Errorf("got %s; want %s", got, want)
	}
}
