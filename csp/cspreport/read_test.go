package cspreport_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

// readAll gives the directives of the reports, and the texts of the errors.
func readAll(r io.Reader) (directives, faults []string) {
	for report, err := range cspreport.Read(r) {
		if err != nil {
			faults = append(faults, err.Error())
		} else {
			directives = append(directives, report.Directive)
		}
	}
	return directives, faults
}

func TestRead(t *testing.T) {
	const (
		one = `{"effectiveDirective":"one-src"}`
		two = `{"csp-report":{"effective-directive":"two-src","script-sample":"}{\"\\"}}`
	)
	pretty := "[\n {\n  \"age\": 5,\n  \"type\": \"csp-violation\",\n  \"body\": {\n \"effectiveDirective\": \"one-src\",\n \"a\": [1,\n {\"b\":[]}]\n}\n\n }\n]"
	both := []string{"one-src", "two-src"}
	tests := []struct {
		name, file         string
		directives, faults []string
		reason             string
	}{
		{"lines", one + "\n" + two + "\n", both, nil, "as collectors write them"},
		{"no-last-line-end", one + "\r\n" + two, both, nil, ""},
		{"array", "[" + one + ",\n" + two + "]", both, nil, "one array"},
		{"arrays", "[" + one + "][" + two + "]", both, nil, "bodies one after another"},
		{"pretty", pretty + "\n" + two, both, nil, "Firefox's bodies have line ends in them"},
		{"array-of-bodies", "[[" + one + "],[" + two + "]]", both, nil, ""},
		{"log", "START RequestId: 1\n2026-11-28T12:00:00Z INFO " + one + "\n[x] " + two + "\nEND {\n", both,
			[]string{"cspreport: line 4, byte 2: the file ends within an object"}, "what stands around is passed over"},
		{"exported", `{"events":[{"timestamp":1,"message":"{\"effectiveDirective\":\"one-src\"}\n"},{"message":"START"},{"message":" [{\"effectiveDirective\":\"two-src\"}]"}]}`, both, nil, "CloudWatch Logs: get-log-events"},
		{"container", `{"log":"{\"effectiveDirective\":\"one-src\"}\n","stream":"stdout"}` + "\n" + two, both, nil, "Docker's json-file"},
		{"exported-twice", `{"log":"{\"log\":\"{\\\"effectiveDirective\\\":\\\"one-src\\\"}\"}"}`, nil,
			[]string{"cspreport: line 1, byte 68: an object has no effective-directive, as every report has"}, "one level"},
		{"exported-sample", `{"effectiveDirective":"one-src","sample":"{\"effectiveDirective\":\"two-src\"}"}`, []string{"one-src"}, nil, "in a report nobody looks"},
		{"empty", "", nil, nil, ""},
		{"other", "hello\n", nil, nil, "a file without reports has none"},

		{"cut-in-string", one[:10] + "\n" + two + "\n" + one, []string{"two-src", "one-src"},
			[]string{"cspreport: line 1, byte 10: the line ends within a string"}, "reading goes on in the next line"},
		{"cut-behind-comma", `{"a":1,` + "\n" + one + "\n" + two, both,
			[]string{"cspreport: line 1, byte 8: the object ends in the middle, and another one begins"}, "and with the next object"},
		{"cut-behind-brace", one[:len(one)-1] + "\n" + two, []string{"two-src"},
			[]string{"cspreport: line 1, byte 32: the object ends in the middle, and another one begins"}, ""},
		{"not-json", "{hello}\n" + one, []string{"one-src"}, []string{`cspreport: line 1, byte 1: got 'h', want '"'`}, ""},
		{"no-report", "\n\n" + `{"level":"info"}` + "\n" + one, []string{"one-src"},
			[]string{"cspreport: line 3, byte 16: an object has no effective-directive, as every report has"}, "another line of the log"},
		{"deep", strings.Repeat(`{"a":`, 50) + "1" + strings.Repeat("}", 50) + "\n" + one, []string{"one-src"},
			[]string{"cspreport: line 1, byte 165: the object ends in the middle, and another one begins", "cspreport: line 1, byte 103: an object has no effective-directive, as every report has"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(tt.file), iotest.OneByteReader(strings.NewReader(tt.file))} {
				directives, faults := readAll(r)
				if diff := cmp.Diff(tt.directives, directives); diff != "" {
					t.Errorf("reports (%s) (-want +got):\n%s", tt.reason, diff)
				}
				if diff := cmp.Diff(tt.faults, faults); diff != "" {
					t.Errorf("errors (%s) (-want +got):\n%s", tt.reason, diff)
				}
			}
		})
	}
}

// TestReadCaptures reads all bodies of the engines as one file.
func TestReadCaptures(t *testing.T) {
	var file bytes.Buffer
	want := 0
	for _, c := range captures(t) {
		reports, err := cspreport.Parse(c.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		want += len(reports)
		file.Write(c.Bytes)
		file.WriteByte('\n')
	}
	directives, faults := readAll(&file)
	if len(directives) != want || len(faults) > 0 {
		t.Errorf("%d reports, want %d; errors %q", len(directives), want, faults)
	}
}

// TestReadBound reads an object that has no end.
func TestReadBound(t *testing.T) {
	for _, endless := range []string{`{"a":"x`, `{"a":[1`, `{"a": `} {
		fill := endless[len(endless)-1:]
		if fill == "1" {
			fill = ",1"
		}
		file := endless + strings.Repeat(fill, cspreport.MaxBody) + "\n" + `{"effectiveDirective":"one-src"}`
		var fault *cspreport.ParseError
		n := 0
		for _, err := range cspreport.Read(strings.NewReader(file)) {
			if err == nil {
				n++
			} else if fault == nil && (!errors.As(err, &fault) || fault.Kind != cspreport.TooLarge) {
				t.Errorf("%s: got %v", endless, err)
			}
		}
		if fault == nil || n != 1 {
			t.Errorf("%s: %d reports behind it, want 1; %v", endless, n, fault)
		}
	}
}

func TestReadError(t *testing.T) {
	broken := errors.New("broken")
	r := io.MultiReader(strings.NewReader(`{"effectiveDirective":"one-src"}{`), iotest.ErrReader(broken))
	directives, faults := readAll(r)
	if len(directives) != 1 || len(faults) != 1 || faults[0] != "broken" {
		t.Errorf("reports %q, errors %q; want one report and the reader's error", directives, faults)
	}
}

// FuzzRead reads whatever there is to the end, and finds every line of a
// collector between it.
func FuzzRead(f *testing.F) {
	for _, c := range captures(f)[:20] {
		f.Add(c.Bytes)
	}
	f.Add([]byte("{\"a\":\n"))
	f.Fuzz(func(t *testing.T, junk []byte) {
		line := cspreport.Report{Directive: "fuzz-src"}.AppendLine(nil)
		file := append(append(append(bytes.Clone(line), junk...), '\n'), bytes.Repeat(line, 2)...)
		directives, _ := readAll(bytes.NewReader(file))
		n := 0
		for _, d := range directives {
			if d == "fuzz-src" {
				n++
			}
		}
		if n < 2 { // junk that ends in a name and a colon takes one line for its value
			t.Errorf("found %d of 3 lines around %q", n, junk)
		}
	})
}
