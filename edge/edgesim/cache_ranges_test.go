package edgesim_test

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestParts holds that parts of an object are kept, and that a range which they have is served from them (RangeGETs.html).
func TestParts(t *testing.T) {
	t.Parallel()
	o := script(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"1"`)
		http.ServeContent(w, r, "digits.txt", time.Time{}, strings.NewReader("0123456789"))
	})
	w := serving(t, o, caching(0, 60, 600))
	tests := []struct {
		name, rng, result, body string
		status                  int
		calls                   int64
	}{
		{"part", "bytes=2-4", "Miss", "234", 206, 1},
		{"part-again", "bytes=2-4", "Hit", "234", 206, 1},
		{"inside-the-part", "bytes=3-3", "Hit", "3", 206, 1},
		{"beyond-the-part", "bytes=4-5", "Miss", "45", 206, 2},
		{"from-both-parts", "bytes=3-5", "Hit", "345", 206, 2},
		{"behind-the-end", "bytes=10-", "Error", "invalid range: failed to overlap\n", 416, 3},
		{"still-from-both-parts", "bytes=3-5", "Hit", "345", 206, 3},
		{"whole", "", "Miss", "0123456789", 200, 4},
		{"another-part-of-the-whole", "bytes=5-6", "Hit", "56", 206, 4},
		{"part-of-the-whole", "bytes=2-4", "Hit", "234", 206, 4},
		{"behind-the-end-of-the-whole", "bytes=10-", "Error", "", 416, 4}, // standard-logs-reference.html: Error is for any 4xx
	}
	for _, tc := range tests { // one after the other
		var headers []string
		if tc.rng != "" {
			headers = []string{"Range", tc.rng}
		}
		resp, trace := get(w.Simulator, "/", headers...)
		if got := body(t, resp); resp.StatusCode != tc.status || got != tc.body || trace.Result != tc.result+" from cloudfront" || o.calls.Load() != tc.calls {
			t.Errorf("%s: got %d %q %q after %d calls, want %d %q %q after %d", tc.name, resp.StatusCode, got, trace.Result, o.calls.Load(), tc.status, tc.body, tc.result, tc.calls)
		}
	}
}

// TestSeveralRanges holds that several ranges of a stored object come in one multipart body.
func TestSeveralRanges(t *testing.T) {
	t.Parallel()
	w := serving(t, script(answer(200, "0123456789", "Content-Type", "text/plain")), caching(0, 60, 600))
	get(w.Simulator, "/")
	resp, trace := get(w.Simulator, "/", "Range", "bytes=0-1,-2")
	_, params, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || resp.StatusCode != http.StatusPartialContent || trace.Result != "Hit from cloudfront" {
		t.Fatalf("got %d, %q of type %q, %v; want a hit with 206 and a multipart body", resp.StatusCode, trace.Result, resp.Header.Get("Content-Type"), err)
	}
	var got []string
	for reader := multipart.NewReader(resp.Body, params["boundary"]); ; {
		part, err := reader.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		bytes, _ := io.ReadAll(part)
		got = append(got, part.Header.Get("Content-Type")+" "+part.Header.Get("Content-Range")+" "+string(bytes))
	}
	if want := "text/plain bytes 0-1/10 01, text/plain bytes 8-9/10 89"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, ", "), want)
	}
}

// TestWholeForARange holds that the first to ask an origin without ranges for one gets the whole object, and that those after get
// their range (RangeGETs.html).
func TestWholeForARange(t *testing.T) {
	t.Parallel()
	w := serving(t, script(answer(200, "0123456789")), caching(0, 60, 600))
	for i, want := range []string{`200 "0123456789" Miss from cloudfront`, `206 "234" Hit from cloudfront`} {
		resp, trace := get(w.Simulator, "/", "Range", "bytes=2-4")
		if got := fmt.Sprintf("%d %q %s", resp.StatusCode, body(t, resp), trace.Result); got != want {
			t.Errorf("request %d: got %s, want %s", i+1, got, want)
		}
	}
}

// TestConditional holds what a viewer gets from a stored object: RFC 9110 sections 13 and 14, RangeGETs.html.
func TestConditional(t *testing.T) {
	t.Parallel()
	const content, modified = "0123456789", "Sun, 22 Nov 2026 10:00:00 GMT"
	tests := []struct {
		name    string
		headers []string
		status  int
		body    string
		extra   string // Content-Range
	}{
		{"plain", nil, 200, content, ""},
		{"etag", []string{"If-None-Match", `"1"`}, 304, "", ""},
		{"etag-weak", []string{"If-None-Match", `W/"1"`}, 304, "", ""},
		{"etag-list", []string{"If-None-Match", `"0", "1"`}, 304, "", ""},
		{"etag-star", []string{"If-None-Match", "*"}, 304, "", ""},
		{"etag-other", []string{"If-None-Match", `"2"`}, 200, content, ""},
		{"etag-before-date", []string{"If-None-Match", `"2"`, "If-Modified-Since", modified}, 200, content, ""},
		{"date", []string{"If-Modified-Since", modified}, 304, "", ""},
		{"date-earlier", []string{"If-Modified-Since", "Sun, 22 Nov 2026 09:59:59 GMT"}, 200, content, ""},
		{"date-broken", []string{"If-Modified-Since", "yesterday"}, 200, content, ""},
		{"range", []string{"Range", "bytes=2-4"}, 206, "234", "bytes 2-4/10"},
		{"range-open", []string{"Range", "bytes=7-"}, 206, "789", "bytes 7-9/10"},
		{"range-suffix", []string{"Range", "bytes=-3"}, 206, "789", "bytes 7-9/10"},
		{"range-suffix-longer", []string{"Range", "bytes=-30"}, 206, content, "bytes 0-9/10"},
		{"range-behind", []string{"Range", "bytes=2-40"}, 206, "23456789", "bytes 2-9/10"},
		{"range-outside", []string{"Range", "bytes=10-"}, 416, "", "bytes */10"},
		{"range-backwards", []string{"Range", "bytes=4-2"}, 200, content, ""},
		{"range-broken", []string{"Range", "bytes=a-b"}, 200, content, ""},
		{"range-other-unit", []string{"Range", "lines=1-2"}, 200, content, ""},
		{"range-descending", []string{"Range", "bytes=4-5,0-1"}, 200, content, ""},
		{"range-overlapping", []string{"Range", "bytes=0-3,2-5"}, 200, content, ""},
		{"if-range", []string{"Range", "bytes=2-4", "If-Range", `"1"`}, 206, "234", "bytes 2-4/10"},
		{"if-range-other", []string{"Range", "bytes=2-4", "If-Range", `"2"`}, 200, content, ""},
		{"if-range-date", []string{"Range", "bytes=2-4", "If-Range", modified}, 206, "234", "bytes 2-4/10"},
	}
	o := script(answer(200, content, "Etag", `"1"`, "Last-Modified", modified))
	w := serving(t, o, caching(0, 60, 600))
	get(w.Simulator, "/")
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			resp, trace := get(w.Simulator, "/", tc.headers...)
			if got := body(t, resp); resp.StatusCode != tc.status || got != tc.body || resp.Header.Get("Content-Range") != tc.extra {
				t.Errorf("got %d %q %q, want %d %q %q", resp.StatusCode, got, resp.Header.Get("Content-Range"), tc.status, tc.body, tc.extra)
			}
			result := "Hit from cloudfront"
			if tc.status >= 400 {
				result = "Error from cloudfront"
			}
			if trace.Result != result {
				t.Errorf("got %q, want %q", trace.Result, result)
			}
		})
	}
}
