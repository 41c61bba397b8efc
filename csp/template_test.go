package csp_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

func parseNonce(t testing.TB, s string) csp.Nonce {
	t.Helper()
	n, err := csp.ParseNonce(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func newTemplate(t testing.TB, build func(csp.Nonce) (csp.Policy, error)) csp.Template {
	t.Helper()
	template, err := csp.NewTemplate(build)
	if err != nil {
		t.Fatal(err)
	}
	return template
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	nonce := parseNonce(t, "AAAAAAAAAAAAAAAAAAAAAAAA+/-_==")
	twice := func(n csp.Nonce) (csp.Policy, error) {
		return csp.New(csp.ImgSrc(csp.HostOf("a.example/%20a")), csp.ScriptSrc(n), csp.StyleSrc(n, csp.Self), csp.ReportURI("/r?n="+n.Value()))
	}
	template := newTemplate(t, twice)
	const want = "img-src a.example/%20a; script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAAAA+/-_=='; style-src 'nonce-AAAAAAAAAAAAAAAAAAAAAAAA+/-_==' 'self'; " +
		"report-uri /r?n=AAAAAAAAAAAAAAAAAAAAAAAA+/-_=="
	if got := string(template.Append([]byte("x: "), nonce)); got != "x: "+want {
		t.Errorf("Append: got %q; want %q", got, "x: "+want)
	}
	if got, err := template.Fill(nonce, csp.Delivery{CacheControl: "no-store", OwnBody: true}); got != want || err != nil {
		t.Errorf("Fill: got %q, %v; want %q", got, err, want)
	}
	if got, err := template.Fill(nonce, csp.Delivery{}); got != "" || err == nil {
		t.Errorf("Fill for a response that may be cached: got %q, %v; want an error", got, err)
	}
	if got := string(csp.Template{}.Append(nil, nonce)); got != "" {
		t.Errorf("zero Template: got %q; want nothing", got)
	}
}

// TestTemplateZeroNonce: 'nonce-' would be no source, and so not disable
// 'unsafe-inline'.
func TestTemplateZeroNonce(t *testing.T) {
	t.Parallel()
	template := newTemplate(t, func(n csp.Nonce) (csp.Policy, error) { return csp.New(csp.StyleSrc(n, csp.UnsafeInline)) })
	got := string(template.Append(nil, csp.Nonce{}))
	p, findings := csp.Parse(got)
	if len(findings) > 0 || p.AllowsInline(cspcrypto.Inline(csp.InlineStyle, "a")) {
		t.Errorf("got %q, findings %v; want a policy that allows no inline style", got, findings)
	}
	if again := string(template.Append(nil, csp.Nonce{})); again == got {
		t.Errorf("twice the same nonce: %q", got)
	}
}

func TestNewTemplateErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	tests := []struct {
		name    string
		build   func(csp.Nonce) (csp.Policy, error)
		wantErr string
	}{
		{"build-fails", func(csp.Nonce) (csp.Policy, error) { return csp.Policy{}, broken }, "broken"},
		{"no-nonce", func(csp.Nonce) (csp.Policy, error) { return csp.API(), nil }, "does not have the nonce in it"},
		{"changes", func(n csp.Nonce) (csp.Policy, error) { return csp.New(csp.ScriptSrc(n, cspcrypto.NewNonce())) }, "a different one every time"},
		{"newline", func(n csp.Nonce) (csp.Policy, error) {
			p, _ := csp.Parse("script-src\n'nonce-" + n.Value() + "'")
			return p, nil
		}, "cannot stand in a header"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			template, err := csp.NewTemplate(tt.build)
			if err == nil || !strings.Contains(err.Error(), tt.wantErr) || template.Append(nil, cspcrypto.NewNonce()) != nil {
				t.Errorf("got %v; want an error with %q and no template", err, tt.wantErr)
			}
		})
	}
}

// TestTemplateAllocations is the promise of Append's documentation.
func TestTemplateAllocations(t *testing.T) {
	template, nonce, buf := newTemplate(t, csp.StrictByNonce), cspcrypto.NewNonce(), make([]byte, 0, 512)
	if n := testing.AllocsPerRun(100, func() { buf = template.Append(buf[:0], nonce) }); n != 0 {
		t.Errorf("Append allocates %v times; want 0", n)
	}
}

// FuzzTemplate holds that no nonce adds anything to the policy: it is refused, or
// what comes out has the same directives, and nothing new but the nonce.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"AAAAAAAAAAAAAAAAAAAAAA", "", "short", "AAAAAAAAAAAAAAAAAAAAAA'; script-src *", "AAAAAAAAAAAAAAAAAAAAAA==",
		"AAAAAAAAAAAAAAAAAAAAAA, default-src *", "AAAAAAAAAAAAAAAAAAAAAA\r\nSet-Cookie: a", "\u00e9AAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA%20"} {
		f.Add(s)
	}
	template := newTemplate(f, csp.StrictByNonce)
	known := cspcrypto.NewNonce()
	wantPolicy, err := csp.StrictByNonce(known)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, value string) {
		nonce, err := csp.ParseNonce(value)
		if err != nil && nonce != (csp.Nonce{}) {
			t.Errorf("ParseNonce(%q) gives %v with error %v", value, nonce, err)
		}
		got := string(template.Append(nil, nonce))
		list, findings := csp.ParseList(got)
		if len(list) != 1 || len(findings) > 0 {
			t.Fatalf("nonce %q: got %q, findings %v; want one policy", value, got, findings)
		}
		if err != nil {
			return // a nonce of its own stands there
		}
		if want := strings.ReplaceAll(wantPolicy.String(), known.Value(), value); got != want {
			t.Errorf("nonce %q: got %q; want %q", value, got, want)
		}
	})
}

func BenchmarkTemplateAppend(b *testing.B) {
	template, nonce, buf := newTemplate(b, csp.StrictByNonce), cspcrypto.NewNonce(), make([]byte, 0, 512)
	b.ReportAllocs()
	for b.Loop() {
		buf = template.Append(buf[:0], nonce)
	}
	sinkBytes = buf
}

func BenchmarkTemplateFill(b *testing.B) {
	template, nonce := newTemplate(b, csp.StrictByNonce), cspcrypto.NewNonce()
	d := csp.Delivery{CacheControl: "private, no-store", OwnBody: true}
	b.ReportAllocs()
	for b.Loop() {
		sinkString, _ = template.Fill(nonce, d)
	}
}

// BenchmarkTemplateBaseline concatenates the same header without asking anything.
func BenchmarkTemplateBaseline(b *testing.B) {
	nonce := cspcrypto.NewNonce().Value()
	p := fmt.Sprint(csp.Must(csp.StrictByNonce(cspcrypto.NewNonce())))
	before, _, _ := strings.Cut(p, "nonce-")
	_, after, _ := strings.Cut(p, "'strict")
	b.ReportAllocs()
	for b.Loop() {
		sinkString = before + "nonce-" + nonce + "' 'strict" + after
	}
}

func BenchmarkNewNonce(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sinkString = cspcrypto.NewNonce().Value()
	}
}

var (
	sinkBytes  []byte
	sinkString string
)
