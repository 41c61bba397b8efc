package csp_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

const digest256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" // of nothing

func parseHost(t *testing.T, s string) csp.Host {
	t.Helper()
	h, err := csp.ParseHost(s)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestNew(t *testing.T) {
	t.Parallel()
	nonce, err := csp.ParseNonce("AAAAAAAAAAAAAAAAAAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name       string
		directives []csp.Directive
		want       string
	}{
		{"nothing", nil, ""},
		{"default-src", []csp.Directive{csp.DefaultSrc(csp.Self, csp.UnsafeInline, csp.StrictDynamic, csp.UnsafeWebTransportHashes)},
			"default-src 'self' 'unsafe-inline' 'strict-dynamic' 'unsafe-webtransport-hashes'"},
		{"order-is-kept", []csp.Directive{csp.ImgSrc(csp.Self), csp.DefaultSrc(csp.None)}, "img-src 'self'; default-src 'none'"},
		{"demo", []csp.Directive{
			csp.ScriptSrc(parseHost(t, "d111111abcdef8.cloudfront.net")),
			csp.ConnectSrc(parseHost(t, "https://api.github.com"), parseHost(t, "http://localhost:8081")),
		}, "script-src d111111abcdef8.cloudfront.net; connect-src https://api.github.com http://localhost:8081"},
		{"duplicates-are-a-set", []csp.Directive{csp.ImgSrc(csp.Self, csp.HostOf("a.example"), csp.Self)}, "img-src 'self' a.example"},
		{"none-twice", []csp.Directive{csp.ImgSrc(csp.None, csp.None)}, "img-src 'none'"},
		{"hosts", []csp.Directive{csp.ImgSrc(csp.HostOf("*"), csp.HostOf("*.a.example:*"), csp.HostOf("https://a.example:8443/x/%20"), csp.HostOf("127.0.0.1:80"))},
			"img-src * *.a.example:* https://a.example:8443/x/%20 127.0.0.1:80"},
		{"schemes", []csp.Directive{csp.ImgSrc(csp.SchemeOf("data:"), csp.SchemeOf("custom+x:"))}, "img-src data: custom+x:"},
		{"scripts", []csp.Directive{csp.ScriptSrc(nonce, cspcrypto.SHA256(""), cspcrypto.SHA384([]byte("x")), cspcrypto.SHA512("x"), csp.StrictDynamic,
			csp.UnsafeEval, csp.WasmUnsafeEval, csp.TrustedTypesEval, csp.InlineSpeculationRules, csp.ReportSHA256, csp.ReportSHA384, csp.ReportSHA512,
			csp.UnsafeHashes, csp.ReportSample)},
			"script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA' 'sha256-" + digest256 + "'" +
				sourceText(cspcrypto.SHA384("x")) + sourceText(cspcrypto.SHA512("x")) +
				" 'strict-dynamic' 'unsafe-eval' 'wasm-unsafe-eval' 'trusted-types-eval' 'inline-speculation-rules'" +
				" 'report-sha256' 'report-sha384' 'report-sha512' 'unsafe-hashes' 'report-sample'"},
		{"other-directives", []csp.Directive{
			csp.Sandbox(), csp.WebRTC(csp.WebRTCBlock), csp.UpgradeInsecureRequests(), csp.RequireTrustedTypesForScript(),
			csp.TrustedTypes(csp.PolicyNameOf("a/b@1"), csp.AnyPolicyName, csp.AllowDuplicates),
			csp.ReportTo("csp-endpoint"), csp.ReportURI("/report?x=1", "https://r.example/%2C")},
			"sandbox; webrtc 'block'; upgrade-insecure-requests; require-trusted-types-for 'script'; " +
				"trusted-types a/b@1 * 'allow-duplicates'; report-to csp-endpoint; report-uri /report?x=1 https://r.example/%2C"},
		{"sandbox-flags", []csp.Directive{csp.Sandbox(csp.AllowForms, csp.AllowTopNavigationToCustomProtocols), csp.WebRTC(csp.WebRTCAllow), csp.TrustedTypes(csp.None)},
			"sandbox allow-forms allow-top-navigation-to-custom-protocols; webrtc 'allow'; trusted-types 'none'"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := csp.New(tt.directives...)
			if err != nil {
				t.Fatal(err)
			}
			if got := p.String(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if q, findings := csp.Parse(p.String()); q.String() != p.String() || len(findings) > 0 {
				t.Errorf("parsing it again: got %s, findings %v", q, findings)
			}
		})
	}
}

func sourceText(h csp.Hash) string { return " '" + h.String() + "'" }

func TestEveryDirectiveHasAFunction(t *testing.T) {
	t.Parallel()
	want := map[string]csp.Directive{
		"default-src": csp.DefaultSrc(csp.None), "child-src": csp.ChildSrc(csp.None), "connect-src": csp.ConnectSrc(csp.None),
		"fenced-frame-src": csp.FencedFrameSrc(csp.None), "font-src": csp.FontSrc(csp.None), "frame-src": csp.FrameSrc(csp.None),
		"img-src": csp.ImgSrc(csp.None), "manifest-src": csp.ManifestSrc(csp.None), "media-src": csp.MediaSrc(csp.None),
		"object-src": csp.ObjectSrc(csp.None), "script-src": csp.ScriptSrc(csp.None), "script-src-elem": csp.ScriptSrcElem(csp.None),
		"script-src-attr": csp.ScriptSrcAttr(csp.None), "style-src": csp.StyleSrc(csp.None), "style-src-elem": csp.StyleSrcElem(csp.None),
		"style-src-attr": csp.StyleSrcAttr(csp.None), "worker-src": csp.WorkerSrc(csp.None), "base-uri": csp.BaseURI(csp.None),
		"form-action": csp.FormAction(csp.None), "frame-ancestors": csp.FrameAncestors(csp.None),
	}
	for name, d := range want {
		if got := d.Name(); got != name {
			t.Errorf("got a directive %q; want %q", got, name)
		}
		if got := d.String(); got != name+" 'none'" {
			t.Errorf("got %q; want %q", got, name+" 'none'")
		}
	}
}

// TestEachErrorNamesItsDirective: of several faults of a directive each is a line that says where it is.
func TestEachErrorNamesItsDirective(t *testing.T) {
	t.Parallel()
	_, err := csp.New(csp.ImgSrc(nil, csp.HostOf("a.example"), nil, csp.None), csp.TrustedTypes(csp.None, nil))
	if err == nil {
		t.Fatal("got no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) < 4 {
		t.Errorf("got %d lines; want each fault on one:\n%v", len(lines), err)
	}
	for _, line := range lines {
		if !strings.HasPrefix(line, "csp: img-src: ") && !strings.HasPrefix(line, "csp: trusted-types: ") {
			t.Errorf("got %q; want the directive before it", line)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		directive csp.Directive
		want      []string // parts of the message
	}{
		{"zero-directive", csp.Directive{}, []string{"csp: argument 1", "empty Directive"}},
		{"no-sources", csp.ImgSrc(), []string{"csp: img-src: no sources", "csp.None"}},
		{"mixed-none", csp.ImgSrc(csp.None, csp.Self), []string{"csp.None beside other sources"}},
		{"nil-source", csp.ImgSrc(nil), []string{"argument 1: got nil"}},
		{"zero-host", csp.ImgSrc(csp.Self, csp.Host{}), []string{"argument 2: host:", "empty"}},
		{"zero-scheme", csp.ImgSrc(csp.Scheme{}), []string{"argument 1: scheme:"}},
		{"zero-nonce", csp.ScriptSrc(csp.Nonce{}), []string{"argument 1: nonce:", "cspcrypto.NewNonce"}},
		{"zero-hash", csp.ScriptSrc(csp.Hash{}), []string{"argument 1: hash:"}},
		{"forged-keyword", csp.ScriptSrc(csp.ReportSHA512 + 200), []string{"argument 1: keyword: got number"}},
		{"forged-flag", csp.Sandbox(csp.AllowForms, 99), []string{"argument 2: got number 99"}},
		{"forged-webrtc", csp.WebRTC(0), []string{"csp.WebRTCAllow"}},
		{"semicolon", csp.ImgSrc(csp.HostOf("a.example; script-src *")), []string{`host: got "a.example; script-src *", with ';' in it`}},
		{"comma", csp.ImgSrc(csp.HostOf("a.example,b.example")), []string{`',' in it`}},
		{"space", csp.ImgSrc(csp.HostOf("a.example b.example")), []string{`' ' in it`}},
		{"newline", csp.ImgSrc(csp.HostOf("a.example\r\nX: y")), []string{`'\r' in it`}},
		{"nul", csp.ImgSrc(csp.HostOf("a\x00")), []string{`'\x00' in it`}},
		{"non-ascii", csp.ImgSrc(csp.HostOf("bücher.example")), []string{"Punycode"}},
		{"percent-in-host", csp.ImgSrc(csp.HostOf("a%20.example")), []string{"in the path only"}},
		{"bad-escape", csp.ImgSrc(csp.HostOf("a.example/%zz")), []string{"two hexadecimal digits"}},
		{"unquoted-self", csp.ImgSrc(csp.HostOf("self")), []string{"'self'", "constant"}},
		{"unquoted-none", csp.ImgSrc(csp.HostOf("NONE")), []string{"'none'"}},
		{"quoted", csp.ImgSrc(csp.HostOf("'self'")), []string{"constants and constructors"}},
		{"port-too-large", csp.ImgSrc(csp.HostOf("a.example:65536")), []string{"between 1 and 65535"}},
		{"port-0", csp.ImgSrc(csp.HostOf("a.example:0")), []string{"between 1 and 65535"}},
		{"port-empty", csp.ImgSrc(csp.HostOf("a.example:/x")), []string{"is not"}},
		{"query", csp.ImgSrc(csp.HostOf("a.example/x?y")), []string{"leave out the query"}},
		{"ipv4", csp.ImgSrc(csp.HostOf("http://10.1")), []string{"IP address", "four decimal numbers"}},
		{"ipv6", csp.ImgSrc(csp.HostOf("http://[::1]")), []string{"IPv6"}},
		{"scheme-as-host", csp.ImgSrc(csp.HostOf("https:")), []string{"csp.SchemeOf"}},
		{"scheme-without-colon", csp.ImgSrc(csp.SchemeOf("https")), []string{"colon"}},
		{"scheme-and-host", csp.ImgSrc(csp.SchemeOf("https://a")), []string{"colon"}},
		{"policy-name", csp.TrustedTypes(csp.PolicyNameOf("a;b")), []string{"trusted-types: argument 1: policy name"}},
		{"policy-name-keyword", csp.TrustedTypes(csp.PolicyNameOf("'none'")), []string{"policy name"}},
		{"trusted-none-mixed", csp.TrustedTypes(csp.None, csp.AnyPolicyName), []string{"csp.None beside"}},
		{"endpoint", csp.ReportTo("a; script-src *"), []string{"report-to:", "name of an endpoint"}},
		{"endpoint-empty", csp.ReportTo(""), []string{"report-to:"}},
		{"report-none", csp.ReportURI(), []string{"report-uri: no URLs"}},
		{"report-semicolon", csp.ReportURI("/a", "/b;c"), []string{"argument 2", "%3B"}},
		{"report-percent", csp.ReportURI("/b%"), []string{"%25"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := csp.New(tt.directive)
			if err == nil {
				t.Fatalf("got %q; want an error", p)
			}
			if p.String() != "" || !p.IsZero() {
				t.Errorf("got %q beside the error; want nothing", p)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got error %q; want %q in it", err, want)
				}
			}
		})
	}
}

func TestNewReportsAllMistakesAtOnce(t *testing.T) {
	t.Parallel()
	_, err := csp.New(
		csp.ImgSrc(csp.HostOf("a b"), csp.HostOf("c,d")),
		csp.ScriptSrc(),
		csp.FontSrc(csp.Self),
		csp.FontSrc(csp.None),
	)
	for _, want := range []string{`"a b"`, `"c,d"`, "script-src: no sources", "font-src: given twice"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v; want %q in it", err, want)
		}
	}
}

func TestWith(t *testing.T) {
	t.Parallel()
	p, _ := csp.Parse(" default-src 'none' ;; IMG-SRC  a.example ; img-src b.example;x-future yes")
	q, err := p.With(csp.ImgSrc(csp.Self), csp.FontSrc(csp.Self))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := q.String(), "default-src 'none'; img-src 'self'; x-future yes; font-src 'self'"; got != want {
		t.Errorf("With: got %q; want %q", got, want)
	}
	if got, want := p.Without("Img-Src", "nothing").String(), "default-src 'none'; x-future yes"; got != want {
		t.Errorf("Without: got %q; want %q", got, want)
	}
	if _, err := p.With(csp.ImgSrc(csp.Self), csp.ImgSrc(csp.Self)); err == nil {
		t.Error("With the same directive twice: got no error")
	}
	odd, _ := csp.Parse("img-src a,b")
	if r, err := odd.With(csp.FontSrc(csp.Self)); err == nil {
		t.Errorf("With on a policy that a header would split: got %q; want an error", r)
	}
}

// TestLineEndsStayOut makes headers of a policy that was read from a page.
func TestLineEndsStayOut(t *testing.T) {
	t.Parallel()
	p, _ := csp.Parse("img-src\r\n\ta.example  b.example;\nsandbox\fallow-forms; font-src 'self'")
	with, err := p.With(csp.FontSrc(csp.None))
	if err != nil {
		t.Fatal(err)
	}
	for name, q := range map[string]csp.Policy{"With": with, "Without": p.Without("x"), "Canonical": p.Canonical(), "Minify": p.Minify()} {
		if s := q.String(); strings.ContainsAny(s, "\t\n\f\r") || !strings.Contains(s, "img-src a.example b.example") {
			t.Errorf("%s: got %q", name, s)
		}
	}
}

func TestDirectiveValues(t *testing.T) {
	t.Parallel()
	d := csp.ImgSrc(csp.Self, csp.HostOf("a.example"))
	if got := slices.Collect(d.Values()); !slices.Equal(got, []string{"'self'", "a.example"}) {
		t.Errorf("of a built directive: got %q", got)
	}
	if got := slices.Collect(csp.Directive{}.Values()); len(got) != 0 {
		t.Errorf("of the zero directive: got %q", got)
	}
}

func TestMust(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("Must with an error: got no panic")
		}
	}()
	csp.Must(csp.New(csp.ImgSrc()))
}

func TestParseSources(t *testing.T) {
	t.Parallel()
	if _, err := csp.ParseHost("self"); err == nil || !strings.HasPrefix(err.Error(), "csp: host: ") {
		t.Errorf("ParseHost: got error %v", err)
	}
	if _, err := csp.ParseScheme("data:x"); err == nil || !strings.HasPrefix(err.Error(), "csp: scheme: ") {
		t.Errorf("ParseScheme: got error %v", err)
	}
	if _, err := csp.ParseNonce("short"); err == nil || !strings.Contains(err.Error(), "22") {
		t.Errorf("ParseNonce: got error %v", err)
	}
	if _, err := csp.ParseNonce("AAAAAAAAAAAAAAAAAAAAAA' *"); err == nil {
		t.Error("ParseNonce with a quote: got no error")
	}
	for _, text := range []string{"sha256-" + digest256, "'sha256-" + digest256 + "'", "SHA256-" + strings.TrimRight(digest256, "="),
		"sha256-" + strings.NewReplacer("+", "-", "/", "_").Replace(digest256)} {
		if _, err := csp.ParseHash(text); err != nil {
			t.Errorf("ParseHash(%q): %v", text, err)
		}
	}
	for _, text := range []string{"", "sha256-", "sha1-" + digest256, "sha384-" + digest256, "sha256-AAAA", "sha256-" + digest256 + "' *", "sha-256-" + digest256} {
		if h, err := csp.ParseHash(text); err == nil {
			t.Errorf("ParseHash(%q): got %v; want an error", text, h)
		}
	}
	a, b := cspcrypto.NewNonce(), cspcrypto.NewNonce()
	if _, err := csp.ParseNonce(a.Value()); err != nil || a == b {
		t.Errorf("NewNonce: got %v and %v, error %v", a, b, err)
	}
}
