package edgelog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func TestLog(t *testing.T) {
	t.Setenv("AWS_REGION", "")
	for _, tt := range []struct {
		name   string
		level  edgelog.Level
		fields []edgelog.Field
		want   string
	}{
		{"bare", edgelog.Info, nil, `"level":"INFO","message":"m"}`},
		{"below", edgelog.Debug, nil, ""},
		{"between", edgelog.Warn + 1, nil, `"level":"WARN","message":"m"}`},
		{"kinds", edgelog.Error, []edgelog.Field{
			edgelog.String("s", `"\`), edgelog.Int("i", -5), edgelog.Bool("t", true), edgelog.Bool("f", false),
			edgelog.Count("c", 3), edgelog.Milliseconds("d", 12345678*time.Nanosecond), edgelog.Milliseconds("n", -time.Microsecond), edgelog.Err(nil), edgelog.Err(io.EOF),
		}, `"level":"ERROR","message":"m","s":"\"\\","i":-5,"t":true,"f":false,"c":3,"d":12.345,"n":-0.001,"error":"EOF"}`},
		{"reserved", edgelog.Info, []edgelog.Field{edgelog.String("level", "x"), edgelog.String("error", "x")}, `"level":"INFO","message":"m","level_":"x","error":"x"}`},
		{"reserved-for-requests", edgelog.Info, []edgelog.Field{edgelog.String("request", "x"), edgelog.String("_aws", "x")}, `"level":"INFO","message":"m","request_":"x","_aws_":"x"}`},
		{"directions", edgelog.Info, []edgelog.Field{edgelog.String("s", "a\u061cb\u200ec\u200fd\u2066e\u2069f\u206a")}, `"level":"INFO","message":"m","s":"a\u061cb\u200ec\u200fd\u2066e\u2069f` + "\u206a" + `"}`},
		{"hostile-name", edgelog.Info, []edgelog.Field{edgelog.String(`a":1,"b`, "x")}, `"level":"INFO","message":"m","a\":1,\"b":"x"}`},
	} {
		synctest.Test(t, func(t *testing.T) {
			var out bytes.Buffer
			log := &edgelog.Logger{Output: &out}
			log.Log(t.Context(), tt.level, "m", tt.fields...)
			want := tt.want
			if want != "" {
				want = stamp + "," + want + "\n"
			}
			if diff := cmp.Diff(want, out.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		})
	}
}

// TestLogMetrics: fields with a unit are metrics, under the name that they have in the line.
func TestLogMetrics(t *testing.T) {
	t.Setenv("AWS_REGION", "")
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		log := &edgelog.Logger{Output: &out, Metrics: "Shop"}
		log.Log(t.Context(), edgelog.Info, "m", edgelog.Count("region", 1), edgelog.Int("i", 1))
		log.Log(t.Context(), edgelog.Info, "m", edgelog.Int("i", 1))
		want := stamp + `,"level":"INFO","message":"m","region_":1,"i":1,"_aws":{"Timestamp":946684800000,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[[]],` +
			`"Metrics":[{"Name":"region_","Unit":"Count"}]}]}}` + "\n" + stamp + `,"level":"INFO","message":"m","i":1}` + "\n"
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("outside of a request there are no dimensions (-want +got):\n%s", diff)
		}
	})
}

// TestHandlersLines: what a handler logs has what the line of its request has.
func TestHandlersLines(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-central-1")
	var out bytes.Buffer
	log := &edgelog.Logger{Output: &out}
	handler := log.Request(func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		log.Log(ctx, edgelog.Info, "chosen", edgelog.String("variant", "b"))
		return r, nil
	})
	r := edgetest.NewRequest(edge.OriginRequest, "GET", "/")
	r.Header.Set("X-Amzn-Trace-Id", "Self=1-00000000-000000000000000000000000;Root=1-67891233-abcdef012345678912345678")
	if _, err := handler(lambdaContext(t.Context()), r); err != nil {
		t.Fatal(err)
	}
	const want = `,` + ids + `,"trigger":"origin-request","region":"eu-central-1","traceId":"1-67891233-abcdef012345678912345678",`
	lines := strings.SplitAfter(out.String(), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], `"chosen"`+want+`"variant":"b"}`) || !strings.Contains(lines[1], `"continued"`+want) {
		t.Errorf("got %q; want two lines with %s", lines, want)
	}
}

// FuzzLine: whatever a text has, a line is one line of JSON that has it, but for bytes that are not UTF-8, and nothing that a terminal acts on.
func FuzzLine(f *testing.F) {
	f.Add("x\x1b[31m\u202e\u2028\u009b\xff\"\\")
	f.Fuzz(func(t *testing.T, s string) {
		var out bytes.Buffer
		log := &edgelog.Logger{Output: &out}
		log.Log(t.Context(), edgelog.Info, "", edgelog.String("s", s))
		line, found := bytes.CutSuffix(out.Bytes(), []byte("\n"))
		var got struct{ S string }
		if err := json.Unmarshal(line, &got); err != nil || !found || !utf8.Valid(line) {
			t.Fatalf("%q: %v", line, err)
		}
		for _, c := range string(line) {
			if c < ' ' || 0x7f <= c && c < 0xa0 || 0x2028 <= c && c <= 0x202e || 0x2066 <= c && c <= 0x2069 {
				t.Errorf("%q has %U", line, c)
			}
		}
		if want := string([]rune(s)); got.S != want && len(s) <= 8<<10 { // a U+FFFD for each byte that is not UTF-8
			t.Errorf("got %q, want %q", got.S, want)
		}
	})
}

// TestLongText: a text is cut between two characters.
func TestLongText(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{strings.Repeat("x", 8<<10), strings.Repeat("x", 8<<10)},
		{strings.Repeat("x", 8<<10+1), strings.Repeat("x", 8<<10) + "…"},
		{"x" + strings.Repeat("ä", 4<<10), "x" + strings.Repeat("ä", 4<<10-1) + "…"},
		{strings.Repeat("\x80", 9<<10), strings.Repeat("\uFFFD", 8<<10-utf8.UTFMax) + "…"},
	} {
		var out bytes.Buffer
		log := &edgelog.Logger{Output: &out}
		log.Log(t.Context(), edgelog.Info, tt.text)
		var got struct{ Message string }
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || got.Message != tt.want {
			t.Errorf("%v, got %d bytes that end in %q; want %d", err, len(got.Message), got.Message[max(0, len(got.Message)-8):], len(tt.want))
		}
	}
}

// TestConcurrent: lines of several handlers do not mix.
func TestConcurrent(t *testing.T) {
	var out bytes.Buffer
	log := &edgelog.Logger{Output: &out}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				log.Log(t.Context(), edgelog.Info, strings.Repeat("x", 100), edgelog.Int("n", 1))
			}
		})
	}
	wg.Wait()
	n := 0
	for line := range bytes.Lines(out.Bytes()) {
		if n++; !json.Valid(line) {
			t.Fatalf("got the line %q", line)
		}
	}
	if n != 400 {
		t.Errorf("got %d lines, want 400", n)
	}
}
