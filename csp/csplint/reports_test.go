package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// reportFiles are files of reports: as collected, as a log has them, and such as
// nobody's browser sends.
var reportFiles = map[string]string{
	"reports.jsonl": strings.Repeat(`{"age":1000,"type":"csp-violation","url":"https://www.example.com/shop","body":{"documentURL":"https://www.example.com/shop?user=alice",`+
		`"blockedURL":"https://cdn.example.net/lib.js","effectiveDirective":"script-src-elem","originalPolicy":"default-src 'self'; report-uri /r",`+
		`"disposition":"enforce","statusCode":200}}`+"\n", 12) +
		strings.Repeat(`[{"type":"csp-violation","body":{"documentURL":"https://www.example.com/","blockedURL":"inline","effectiveDirective":"script-src-elem",`+
			`"originalPolicy":"default-src 'self'; report-uri /r","disposition":"report","sample":"console.log(\"a\")","lineNumber":3}}]`+"\n", 3),
	"access.log": `2026-11-20T10:00:00Z app {"csp-report":{"document-uri":"https://www.example.com/","effective-directive":"img-src",` +
		`"blocked-uri":"https://images.example.net/a.png","original-policy":"default-src 'self'"}}` + "\n" +
		`2026-11-20T10:00:01Z app {"csp-report":{"document-uri":"https://www.example.com/","effective-directive":"script-src-elem",` +
		`"blocked-uri":"chrome-extension","original-policy":"default-src 'self'"}}` + "\n" +
		`2026-11-20T10:00:02Z app {"csp-report":{"document-uri":` + "\n",
	"forged.jsonl": strings.Repeat(`{"documentURL":"https://www.example.com/","blockedURL":"https://api.attacker.example","effectiveDirective":"connect-src",`+
		`"originalPolicy":"script-src 'unsafe-inline' *; connect-src 'self'"}`+"\n", 5) +
		`{"documentURL":"https://www.example.com/","blockedURL":"https://a.example/a.png","effectiveDirective":"img-src","originalPolicy":"default-src 'self'"}`,
	"exported.json": `{"events":[{"logStreamName":"x","message":"{\"documentURL\":\"https://www.example.com/\",\"effectiveDirective\":\"img-src\",` +
		`\"blockedURL\":\"https://a.example/\",\"originalPolicy\":\"img-src 'self'\"}\n"}]}`,
	"harmful.json": `{"csp-report":{"document-uri":"https://www.example.com/\u202e","effective-directive":"img-src",` +
		`"blocked-uri":"https://a.example/\u001b[2J","original-policy":"img-src 'self' \u001b]0;x\u0007","script-sample":"##[add-mask]"}}`,
	"no-policy.json":  `{"csp-report":{"document-uri":"https://www.example.com/","effective-directive":"img-src","blocked-uri":"https://a.example"}}`,
	"empty.json":      "",
	"no-reports.json": `{"level": "info"}`,
}

func TestReports(t *testing.T) {
	t.Parallel()
	needUnix(t)
	dir := t.TempDir()
	for name, text := range reportFiles {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name  string
		args  string // with DIR for the folder of the files, and %20 for spaces
		stdin string
		want  int
	}{
		{"reports", "DIR/reports.jsonl DIR/access.log", "", exitFine},
		{"reports-top", "-top 1 DIR/reports.jsonl", "", exitFine},
		{"reports-policy", "-policy script-src%20'self'%20https://cdn.example.net;img-src%20* - DIR/access.log", reportFiles["reports.jsonl"], exitFine},
		{"reports-policy-then", "-policy script-src%20'self' DIR/reports.jsonl", "", exitFine},
		{"reports-policy-json", "-json -policy script-src%20'self' DIR/reports.jsonl", "", exitFine},
		{"reports-forged", "DIR/forged.jsonl", "", exitFine},
		{"reports-exported", "DIR/exported.json", "", exitFine},
		{"reports-json", "-json DIR/reports.jsonl DIR/access.log", "", exitFine},
		{"reports-harmful", "DIR/harmful.json", "", exitFine},
		{"reports-harmful-json", "DIR/harmful.json -json", "", exitFine},
		{"reports-without-policy", "DIR/no-policy.json", "", exitFine},
		{"reports-help", "-h", "", exitFine},

		{"reports-of-nothing", "", "", exitTrouble},
		{"reports-empty", "DIR/empty.json DIR/none.json DIR/no-reports.json", "", exitTrouble},
		{"reports-bad-top", "-top 0 DIR/reports.jsonl", "", exitTrouble},
		{"reports-bad-policy", "-policy ; DIR/reports.jsonl", "", exitTrouble},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := []string{"reports"}
			for _, arg := range strings.Fields(strings.ReplaceAll(tt.args, "DIR", dir)) {
				args = append(args, strings.ReplaceAll(arg, "%20", " "))
			}
			var stdout, stderr bytes.Buffer
			c := command{strings.NewReader(tt.stdin), &stdout, &stderr, false}
			if got := c.run(args); got != tt.want {
				t.Errorf("got exit status %d; want %d", got, tt.want)
			}
			output := strings.ReplaceAll(stdout.String()+stderr.String(), dir, "DIR")
			if strings.ContainsAny(output, "\x1b\x07\u202e") {
				t.Errorf("%q has orders to the terminal", output)
			}
			checkGolden(t, filepath.Join("testdata", tt.name+".txt"), filepath.ToSlash(output))
		})
	}
}
