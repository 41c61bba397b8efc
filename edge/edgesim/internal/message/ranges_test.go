package message_test

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/google/go-cmp/cmp"
)

// parts reads what a response carries: "Content-Range: bytes" for each part, the bytes alone for a whole object.
func parts(t *testing.T, r *message.Response) (parts []string) {
	t.Helper()
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Status != http.StatusPartialContent || kind != "multipart/byteranges" {
		return []string{strings.TrimPrefix(r.Header.Get("Content-Range")+": "+string(r.Body), ": ")}
	}
	if r.Header.Get("Content-Range") != "" {
		t.Error("a multipart body with a Content-Range of its own")
	}
	for reader := multipart.NewReader(bytes.NewReader(r.Body), params["boundary"]); ; {
		part, err := reader.NextRawPart()
		if err == io.EOF {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if got := part.Header.Get("Content-Type"); got != "text/plain" {
			t.Errorf("part: got Content-Type %q", got)
		}
		parts = append(parts, part.Header.Get("Content-Range")+": "+string(body))
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	const whole = "0123456789"
	tests := []struct {
		name, reason string
		ranges       []string
		status       int
		parts        []string
	}{
		{"none", "no Range", nil, 200, []string{whole}},
		{"one", "RFC 9110 section 14.1.2", []string{"bytes=2-4"}, 206, []string{"bytes 2-4/10: 234"}},
		{"unit-upper-case", "RFC 9110 section 14.1: names of units without case", []string{"Bytes=2-4"}, 206, []string{"bytes 2-4/10: 234"}},
		{"two", "RangeGETs.html: ascending, for example 100-200,300-400", []string{"bytes=0-1,4-5"}, 206, []string{"bytes 0-1/10: 01", "bytes 4-5/10: 45"}},
		{"spaces", "RFC 9110 section 5.6.1", []string{"bytes=0-1 , 4-5"}, 206, []string{"bytes 0-1/10: 01", "bytes 4-5/10: 45"}},
		{"empty-elements", "RFC 9110 section 5.6.1.2", []string{"bytes=,0-1,,4-5,"}, 206, []string{"bytes 0-1/10: 01", "bytes 4-5/10: 45"}},
		{"adjacent", "they do not overlap", []string{"bytes=0-1,2-3"}, 206, []string{"bytes 0-1/10: 01", "bytes 2-3/10: 23"}},
		{"suffix-last", "RFC 9110 section 14.1.2", []string{"bytes=0-0,-1"}, 206, []string{"bytes 0-0/10: 0", "bytes 9-9/10: 9"}},
		{"open-last", "RFC 9110 section 14.1.2", []string{"bytes=0-0,8-"}, 206, []string{"bytes 0-0/10: 0", "bytes 8-9/10: 89"}},
		{"one-of-two-behind", "RFC 9110 section 15.3.7.2: one part is not sent as several", []string{"bytes=2-4,20-30"}, 206, []string{"bytes 2-4/10: 234"}},
		{"end-no-number-holds", "RFC 9110 section 14.1.1: large numerals", []string{"bytes=8-99999999999999999999"}, 206, []string{"bytes 8-9/10: 89"}},
		{"length-no-number-holds", "the same", []string{"bytes=-99999999999999999999"}, 206, []string{"bytes 0-9/10: 0123456789"}},
		{"start-no-number-holds", "the same", []string{"bytes=99999999999999999999-"}, 416, []string{"bytes */10"}},
		{"all-behind", "RFC 9110 section 15.5.17", []string{"bytes=10-,20-30"}, 416, []string{"bytes */10"}},
		{"suffix-of-nothing", "RFC 9110 section 14.1.2", []string{"bytes=-0"}, 416, []string{"bytes */10"}},
		{"descending", "RangeGETs.html: 300-400,100-200 is not valid", []string{"bytes=4-5,0-1"}, 200, []string{whole}},
		{"overlapping", "RangeGETs.html: 100-200,150-250 is not valid", []string{"bytes=0-3,2-5"}, 200, []string{whole}},
		{"suffix-overlaps", "the same", []string{"bytes=0-5,-6"}, 200, []string{whole}},
		{"one-of-two-backwards", "RangeGETs.html: all of them must be valid", []string{"bytes=0-1,5-4"}, 200, []string{whole}},
		{"negative", "RangeGETs.html: you can't specify a negative value", []string{"bytes=0-1,4--5"}, 200, []string{whole}},
		{"sign", "RFC 9110 section 14.1.1: digits", []string{"bytes=+2-4"}, 200, []string{whole}},
		{"empty", "a list of nothing", []string{"bytes="}, 200, []string{whole}},
		{"commas", "the same", []string{"bytes=,,"}, 200, []string{whole}},
		{"unknown-unit", "RFC 9110 section 14.2: ignored", []string{"lines=1-2"}, 200, []string{whole}},
		{"two-lines", "Range is no list of lines", []string{"bytes=0-1", "bytes=4-5"}, 200, []string{whole}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := &message.Response{Status: 200, Header: http.Header{"Content-Type": {"text/plain"}}, Body: []byte(whole)}
			r.Cut(http.Header{"Range": tc.ranges})
			if r.Status != tc.status {
				t.Errorf("got %d, want %d (%s)", r.Status, tc.status, tc.reason)
			}
			got := parts(t, r)
			for i := range got {
				got[i] = strings.TrimSuffix(got[i], ": ")
			}
			if diff := cmp.Diff(tc.parts, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
			if length := r.Header.Get("Content-Length"); r.Status == 206 && length != fmt.Sprint(len(r.Body)) {
				t.Errorf("got Content-Length %s of %d bytes", length, len(r.Body))
			}
		})
	}
}

// FuzzCut: each part has the bytes that its Content-Range names, in ascending order and none twice.
func FuzzCut(f *testing.F) {
	const whole = "0123456789"
	for _, s := range []string{"bytes=2-4", "bytes=0-1,4-5", "bytes=-3", "bytes=10-", "bytes=4-5,0-1", "bytes=18446744073709551615-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := &message.Response{Status: 200, Header: http.Header{"Content-Type": {"text/plain"}}, Body: []byte(whole)}
		r.Cut(http.Header{"Range": {s}})
		if r.Status != http.StatusPartialContent {
			if r.Status != http.StatusRequestedRangeNotSatisfiable && string(r.Body) != whole {
				t.Errorf("%q: got %d %q", s, r.Status, r.Body)
			}
			return
		}
		after := 0
		for _, part := range parts(t, r) {
			var first, last, size int
			var body string
			if n, err := fmt.Sscanf(part, "bytes %d-%d/%d: %s", &first, &last, &size, &body); n != 4 {
				t.Fatalf("%q: got %q, %v", s, part, err)
			}
			if first < after || last < first || size != len(whole) || body != whole[first:last+1] {
				t.Errorf("%q: got %q after %d", s, part, after)
			}
			after = last + 1
		}
	})
}
