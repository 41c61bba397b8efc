package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func needNode(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("node"); err == nil {
		return
	}
	if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
		t.Fatal("node is not installed")
	}
	t.Skip("node is not installed: the probe's functions are JavaScript")
}

// TestSimulator holds that the report has the settings that the simulator was given, and that it is a file of settings in its turn.
func TestSimulator(t *testing.T) {
	needNode(t)
	settings, report := filepath.Join(t.TempDir(), "settings.json"), filepath.Join(t.TempDir(), "report.json")
	content := `{"RootObjectFirst": true, "FunctionErrorTTL": "7s", "OriginRequestXCache": "Error from \u009b31mcloudfront", "CloudFrontFunctionBody": 40960}`
	if err := os.WriteFile(settings, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	from := settings
	for range 2 {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), []string{"-simulator", "-unknowns", from, "-out", report}, nil, &stdout, &stderr); code != 0 || stderr.Len() > 0 {
			t.Fatalf("exit status %d: %s", code, &stderr)
		}
		for _, line := range []string{`(?m)^root-object +/index.html$`, `(?m)^function-error-ttl +7s$`, `\b0 not asked, 9 that need AWS: `} {
			if !regexp.MustCompile(line).Match(stdout.Bytes()) {
				t.Errorf("the output has no %s:\n%s", line, &stdout)
			}
		}
		if bytes.ContainsRune(stdout.Bytes(), 0x9b) {
			t.Errorf("a control character of the answer reaches the terminal: %q", &stdout)
		}
		from = report
	}
	written, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	got, err := edgesim.ReadUnknowns(written)
	if err != nil {
		t.Fatal(err)
	}
	want, err := edgesim.ReadUnknowns([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-set +in the report:\n%s", diff)
	}
}

func TestExitStatus(t *testing.T) {
	dir := t.TempDir()
	wrong := filepath.Join(dir, "wrong.json")
	if err := os.WriteFile(wrong, []byte(`{"RootObject": true}`), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out.json")
	tests := map[string]struct {
		args []string
		code int
		says string // on stderr
	}{
		"help":            {[]string{"-h"}, 0, ""},
		"nothing":         {nil, 2, "want one of -simulator, -url, -deploy, -destroy and -build"},
		"both":            {[]string{"-simulator", "-url", "https://d111111abcdef8.cloudfront.net"}, 2, "want one of"},
		"an argument":     {[]string{"-simulator", "x"}, 2, `got the argument "x", want flags only`},
		"no such flag":    {[]string{"-x"}, 2, "there is no flag -x\nusage: edgeprobe -simulator"},
		"settings of AWS": {[]string{"-url", "https://d111111abcdef8.cloudfront.net", "-unknowns", wrong}, 2, "-unknowns has an effect with -simulator only"},
		"key":             {[]string{"-simulator", "-key", "x", "-key-id", "y"}, 2, "-key has an effect with -url only"},
		"key without id":  {[]string{"-url", "https://d111111abcdef8.cloudfront.net", "-key", "x"}, 2, "want -key and -key-id, or neither"},
		"no file":         {[]string{"-simulator", "-out", ""}, 2, "-out: want the name of a file"},
		"http":            {[]string{"-url", "http://d111111abcdef8.cloudfront.net"}, 2, `-url: got "http://d111111abcdef8.cloudfront.net", want https:// and a host`},
		"a page":          {[]string{"-url", "https://d111111abcdef8.cloudfront.net/page"}, 2, "want https:// and a host"},
		"no key":          {[]string{"-url", "https://127.0.0.1:1", "-key", filepath.Join(dir, "no"), "-key-id", "K2JCJMDEHXQW5F"}, 2, "edgeprobe: -key: open "},
		"no PEM":          {[]string{"-url", "https://127.0.0.1:1", "-key", wrong, "-key-id", "K2JCJMDEHXQW5F"}, 2, "edgeprobe: -key " + wrong + ": "},
		"no settings":     {[]string{"-simulator", "-unknowns", filepath.Join(dir, "no")}, 2, "edgeprobe: -unknowns: open "},
		"wrong settings":  {[]string{"-simulator", "-unknowns", wrong}, 2, `there is no setting "RootObject"`},
		"nobody answers":  {[]string{"-url", "https://127.0.0.1:1", "-out", out}, 1, "edgeprobe: no question could be asked"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), tc.args, nil, &stdout, &stderr); code != tc.code {
				t.Errorf("exit status %d, want %d", code, tc.code)
			}
			if strings.Contains(stdout.String(), "tcp") {
				t.Errorf("an address of this machine is in an answer:\n%s", &stdout)
			}
			if !strings.Contains(stderr.String(), tc.says) {
				t.Errorf("stderr has no %q:\n%s", tc.says, &stderr)
			}
		})
	}
	t.Cleanup(func() {
		if _, err := os.Stat(out); err == nil {
			t.Error("a report was written of a distribution that does not answer")
		}
	})
}

// TestInterrupted holds that Ctrl-C ends the probe at once, with what was asked until then in the file.
func TestInterrupted(t *testing.T) {
	needNode(t)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	out := filepath.Join(t.TempDir(), "out.json")
	var stdout, stderr bytes.Buffer
	if code := run(ctx, []string{"-simulator", "-out", out}, nil, &stdout, &stderr); code != 1 {
		t.Errorf("exit status %d, want 1: %s", code, &stderr)
	}
	if _, err := os.Stat(out); err != nil {
		t.Error(err)
	}
}
