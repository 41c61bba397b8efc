package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// private is a site whose files are for signed requests. A key that -new-key makes is bound to its key group.
func private(t *testing.T) string {
	t.Helper()
	dir := withoutKey(t)
	status, stdout, stderr := inFolder(t, dir, "sign", "-new-key", "demo.pem")
	const want = "wrote demo.pem: a private key for this machine, with the Key-Pair-Id DEMO. Keep it out of your repository.\n" +
		"It signs for the key group to which it is bound, with -env 'g1=demo.pem' or in edgelocal.yaml:\n\nkeyGroups:\n  \"g1\": \"demo.pem\"\n"
	if status != exitOK || stdout != want {
		t.Fatalf("got %d %q %q, want %q", status, stdout, stderr, want)
	}
	if info, err := os.Stat(filepath.Join(dir, "demo.pem")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the private key: %v %v", info.Mode(), err)
	}
	return dir
}

// withoutKey is the same site before demo.pem is made.
func withoutKey(t *testing.T) string {
	t.Helper()
	return copied(t, "", map[string]string{
		"distribution.json": strings.Replace(bare(`"TrustedKeyGroups": ["g1"], "ViewerProtocolPolicy": "allow-all"`), `"app.example.com", "CustomOriginConfig": {}`, `"app.s3.amazonaws.com", "S3OriginConfig": {}`, 1),
		"app/films/a.mp4":   "moving pictures", "app/films/b.mp4": "moving pictures", "app/other": "x",
		"edgelocal.yaml": "keyGroups:\n  g1: demo.pem\n",
	})
}

// writeKey writes a private key on P-256, which is made faster than one of RSA.
func writeKey(t *testing.T, file string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: text}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// signed is the one line that sign prints.
func signed(t *testing.T, dir string, args ...string) string {
	t.Helper()
	status, stdout, stderr := inFolder(t, dir, append([]string{"sign"}, args...)...)
	if status != exitOK || strings.Count(stdout, "\n") != 1 {
		t.Fatalf("sign %q: got %d %q %q", args, status, stdout, stderr)
	}
	return strings.TrimSuffix(stdout, "\n")
}

// TestSign: what is signed is let in, and nothing that is changed.
func TestSign(t *testing.T) {
	t.Parallel()
	dir := private(t)
	writeKey(t, filepath.Join(dir, "ec.pem"))
	if err := os.WriteFile(filepath.Join(dir, "edgelocal.yaml"), []byte("keyGroups:\n  g1:\n    DEMO: demo.pem\n    KEC: ec.pem\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t, dir)
	defer r.stop()
	base := r.line("serving on ")
	ask := func(url, cookie string) int {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.Replace(url, "http://localhost:8080", base, 1), nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Mock-CloudFront-Viewer-Address", "203.0.113.7:4711")
		if cookie != "" {
			request.Header.Set("Cookie", strings.TrimPrefix(cookie, "Cookie: "))
		}
		resp, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	const film = "/films/a.mp4"
	tests := map[string]struct {
		args   []string
		at     string // what stands in the URL for what is signed
		for_   string
		status int
	}{
		"canned":           {[]string{film}, "", "", 200},
		"query":            {[]string{film + "?size=large"}, "", "", 200},
		"the distribution": {[]string{"https://d111111abcdef8.cloudfront.net" + film}, "https://d111111abcdef8.cloudfront.net", base, 200},
		"this machine":     {[]string{base + film}, "", "", 200},
		"SHA-256":          {[]string{"-hash", "SHA256", film}, "", "", 200},
		"EC":               {[]string{"-key", "ec.pem", film}, "", "", 200},
		"EC, SHA-256":      {[]string{"-key", "ec.pem", "-hash", "sha256", "-key-id", "KEC", film}, "", "", 200},
		"start":            {[]string{"-start", "-1h", film + "?size=large"}, "", "", 200},
		"not yet":          {[]string{"-start", "30m", film}, "", "", 403},
		"address":          {[]string{"-ip", "203.0.113.7", film}, "", "", 200},
		"range":            {[]string{"-ip", "203.0.113.0/24", film}, "", "", 200},
		"another range":    {[]string{"-ip", "198.51.100.0/24", film}, "", "", 403},
		"star":             {[]string{"/films/*"}, "*", "b.mp4", 200},
		"outside the star": {[]string{"/films/*"}, "films/*", "other", 403},
		"another path":     {[]string{film}, "a.mp4", "b.mp4", 403},
		"another query":    {[]string{film + "?size=large"}, "large", "small", 403},
		"another expiry":   {[]string{film}, "Expires=1", "Expires=2", 403},
		"another key":      {[]string{film}, "Key-Pair-Id=DEMO", "Key-Pair-Id=KEC", 403},
		"another hash":     {[]string{"-hash", "SHA256", film}, "&Hash-Algorithm=SHA256", "", 403},
		"another policy":   {[]string{"-ip", "203.0.113.7", film}, "Policy=eyJ", "Policy=eyK", 403},
	}
	for name, tc := range tests {
		url := signed(t, dir, tc.args...)
		if tc.at != "" {
			url = strings.Replace(url, tc.at, tc.for_, 1)
		}
		if status := ask(url, ""); status != tc.status {
			t.Errorf("%s: got %d, want %d: %s", name, status, tc.status, url)
		}
	}
	cookie := signed(t, dir, "-cookies", "-hash", "SHA256", "/films/*")
	for url, c := range map[string]string{film: cookie, "/films/b.mp4": cookie} {
		if status := ask(base+url, c); status != 200 {
			t.Errorf("cookies: %s: got %d", url, status)
		}
	}
	for url, c := range map[string]string{film: "", "/other": cookie, "/films/b.mp4": strings.Replace(cookie, "-Signature=", "-Signature=A", 1)} {
		if status := ask(base+url, c); status != 403 {
			t.Errorf("changed cookies: %s: got %d, want 403", url, status)
		}
	}
}

// TestSignLikeAWS: with an RSA key, whose signatures are the same each time, the URL is that of AWS's library to the byte.
func TestSignLikeAWS(t *testing.T) {
	t.Parallel()
	library := os.Getenv("LAMBDAEDGE_CLOUDFRONT_SIGNER")
	if library == "" {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatal("AWS's library is not here: LAMBDAEDGE_CLOUDFRONT_SIGNER says where it is")
		}
		t.Skip("AWS's library is not here: LAMBDAEDGE_CLOUDFRONT_SIGNER says where it is")
	}
	need(t, "node")
	script, err := filepath.Abs("../edgesim/signedurl/testdata/sign.mjs")
	if err != nil {
		t.Fatal(err)
	}
	dir := private(t)
	key, err := os.ReadFile(filepath.Join(dir, "demo.pem"))
	if err != nil {
		t.Fatal(err)
	}
	const film, until = "https://d111111abcdef8.cloudfront.net/films/a.mp4", "2030-01-31T12:00:00Z"
	tests := map[string]struct {
		flags []string
		args  map[string]any
	}{
		"canned":  {[]string{film}, map[string]any{"url": film}},
		"query":   {[]string{film + "?size=large&b=c%20d"}, map[string]any{"url": film + "?size=large&b=c%20d"}},
		"SHA-256": {[]string{film, "-hash", "SHA256"}, map[string]any{"url": film, "algorithm": "SHA256"}},
		"start":   {[]string{film, "-start", "2026-01-31"}, map[string]any{"url": film, "dateGreaterThan": "2026-01-31T00:00:00Z"}},
		"range":   {[]string{film, "-ip", "203.0.113.0/24"}, map[string]any{"url": film, "ipAddress": "203.0.113.0/24"}},
		"all":     {[]string{film, "-ip", "203.0.113.7", "-start", "2026-01-31T00:00:00Z"}, map[string]any{"url": film, "ipAddress": "203.0.113.7/32", "dateGreaterThan": "2026-01-31T00:00:00Z"}},
		"cookies": {[]string{film, "-cookies"}, map[string]any{"url": film}},
	}
	in := map[string]any{"keys": map[string]string{"rsa": string(key)}}
	calls := []map[string]any{}
	for name, tc := range tests {
		tc.args["dateLessThan"] = until
		calls = append(calls, map[string]any{"name": name, "key": "rsa", "cookies": name == "cookies", "args": tc.args})
	}
	in["calls"] = calls
	input, _ := json.Marshal(in)
	cmd := exec.CommandContext(t.Context(), "node", script, library)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), t.Output()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var gave struct{ Signed map[string]json.RawMessage }
	if err := json.Unmarshal(out, &gave); err != nil {
		t.Fatal(err)
	}
	for name, tc := range tests {
		got := signed(t, dir, append(tc.flags, "-expires", until, "-key", "demo.pem", "-key-id", "KRSAEXAMPLE")...)
		if diff := cmp.Diff(parts(t, string(gave.Signed[name])), parts(t, got)); diff != "" {
			t.Errorf("%s (-AWS's +ours):\n%s", name, diff)
		}
	}
}

// parts are the parameters of a URL, or the cookies, by name: their order is free.
func parts(t *testing.T, text string) map[string]string {
	t.Helper()
	all := map[string]string{}
	var url string
	switch {
	case strings.HasPrefix(text, "{"):
		if err := json.Unmarshal([]byte(text), &all); err != nil {
			t.Fatal(err)
		}
		return all
	case strings.HasPrefix(text, "Cookie: "):
		url = "?" + strings.ReplaceAll(strings.TrimPrefix(text, "Cookie: "), "; ", "&")
	case json.Unmarshal([]byte(text), &url) != nil:
		url = text
	}
	base, query, _ := strings.Cut(url, "?")
	if base != "" {
		all[""] = base
	}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		all[name] = value
	}
	return all
}

// TestSignMistakes: what cannot be signed is said with the flag, all at once.
func TestSignMistakes(t *testing.T) {
	t.Parallel()
	dir := withoutKey(t)
	writeKey(t, filepath.Join(dir, "demo.pem"))
	if err := os.WriteFile(filepath.Join(dir, "public.pem"), []byte(publicKey), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := t.TempDir()
	tests := []struct {
		dir    string
		args   string
		stderr string // what it begins with
	}{
		{dir, "", "edgelocal: sign: got 0 URLs, want one, or a path of the site such as /films/a.mp4\n"},
		{dir, "/a /b", "edgelocal: sign: got 2 URLs"},
		{dir, "films/a.mp4", `edgelocal: sign: got the URL "films/a.mp4", want an absolute one with a path`},
		{dir, "/a#b", `edgelocal: sign: got the URL "https://d111111abcdef8.cloudfront.net/a#b", want one in its escaped form and without a fragment`},
		{dir, "/a?Expires=1", "edgelocal: sign: the URL has the parameter Expires, which CloudFront keeps for itself\n"},
		{dir, "/a -expires soon -start then -ip ::1 -hash MD5", `edgelocal: -expires: got "soon", want how long from now, such as 90m or 48h, or a time such as 2030-01-31T12:00:00Z` + "\n" +
			`edgelocal: -start: got "then", want how long from now, such as 90m or 48h, or a time such as 2030-01-31T12:00:00Z` + "\n" +
			`edgelocal: -ip: got "::1", want an IPv4 address or range such as 203.0.113.7 or 203.0.113.0/24: CloudFront takes no others` + "\n" +
			`edgelocal: -hash: got "MD5", want SHA1 or SHA256` + "\n"},
		{dir, "/a -expires -1h", "edgelocal: -expires: got -1h, which is over: want a time to come\n"},
		{dir, "/a -expires 2040-01-01", "edgelocal: sign: -expires: got 2040-01-01T"},
		{dir, "/a -start 2h", "edgelocal: sign: -start: got "},
		{dir, "/a -key none.pem", "edgelocal: -key none.pem: there is no such file\n"},
		{dir, "/a -key public.pem", "edgelocal: -key public.pem: a public key: want the private one that belongs to it\n"},
		{dir, "/a -key edgelocal.yaml", "edgelocal: -key edgelocal.yaml: not PEM"},
		{dir, "/a -key-id K2", "edgelocal: sign: no private key"},
		{dir, "/a -key demo.pem -key-id K/2", `edgelocal: sign: -key-id: got "K/2", want the id of a public key`},
		{dir, "-new-key demo.pem", "edgelocal: -new-key: demo.pem is there already: it stays as it is\n"},
		{dir, "-new-key demo.pem /a", "edgelocal: sign: -new-key makes a key, and signs nothing: leave the URL out\n"},
		{empty, "/a", `edgelocal: sign: "/a" is a path of a site: no configuration in this folder`},
		{empty, "https://d111111abcdef8.cloudfront.net/a -key " + filepath.Join(dir, "demo.pem"), "edgelocal: -key " + filepath.Join(dir, "demo.pem") + ": no key group that the site trusts has this key"},
	}
	for _, tc := range tests {
		status, stdout, stderr := inFolder(t, tc.dir, append([]string{"sign"}, strings.Fields(tc.args)...)...)
		if status != exitFailed || stdout != "" || !strings.HasPrefix(stderr, tc.stderr) {
			t.Errorf("sign %s: got %d %q %q, want %q", tc.args, status, stdout, stderr, tc.stderr)
		}
	}
	far := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	signed(t, empty, "https://d111111abcdef8.cloudfront.net/a", "-key", filepath.Join(dir, "demo.pem"), "-key-id", "K2", "-expires", far)
	if status, _, stderr := inFolder(t, dir, "-cookies", "-check"); status != exitFailed || !strings.HasPrefix(stderr, `edgelocal: -cookies: for "edgelocal sign URL" only`) {
		t.Errorf("-cookies without sign: got %d %q", status, stderr)
	}
}
