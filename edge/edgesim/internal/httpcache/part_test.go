package httpcache_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

const (
	whole  = "0123456789"
	strong = `"1"`
)

// part is the entry of a 206 with the bytes of whole from first to last, as an origin sent it for that range.
func part(first, last int, etag string) *httpcache.Entry {
	e := &httpcache.Entry{
		Key: "k", Status: http.StatusPartialContent, Body: []byte(whole[first : last+1]), ETag: etag, Stored: now,
		Header: header("Content-Type", "text/plain", "Content-Range", fmt.Sprintf("bytes %d-%d/%d", first, last, len(whole)), "Etag", etag),
		Life:   httpcache.Lifetime{Keep: true, TTL: time.Minute},
	}
	e.Place(header("Range", fmt.Sprintf("bytes=%d-%d", first, last)))
	return e
}

// changed is the entry after a change.
func changed(e *httpcache.Entry, change func(*httpcache.Entry)) *httpcache.Entry {
	change(e)
	return e
}

// unplaced is the entry of a 206 with headers that give it no place, as an origin sent it for bytes=2-4.
func unplaced(body string, headers ...string) *httpcache.Entry {
	e := &httpcache.Entry{Key: "k", Status: http.StatusPartialContent, Body: []byte(body), Stored: now, Header: header(headers...),
		Life: httpcache.Lifetime{Keep: true, TTL: time.Minute}}
	e.Place(header("Range", "bytes=2-4"))
	return e
}

// TestPart: "If the cache already contains the entire object or the requested part of the object, CloudFront immediately serves the requested
// range from the cache" (RangeGETs.html). want is Content-Range and the bytes, "" when the cache has less.
func TestPart(t *testing.T) {
	t.Parallel()
	old := func(e *httpcache.Entry) { e.Stored = now.Add(-time.Hour) }
	tests := []struct {
		name, reason string
		stored       []*httpcache.Entry
		request      http.Header
		want         string
	}{
		{"same", "the part", []*httpcache.Entry{part(2, 5, strong)}, header("Range", "bytes=2-5"), "bytes 2-5/10 2345"},
		{"inside", "the part contains it", []*httpcache.Entry{part(2, 5, "")}, header("Range", "bytes=3-4"), "bytes 3-4/10 34"},
		{"suffix", "the size is known", []*httpcache.Entry{part(5, 9, "")}, header("Range", "bytes=-2"), "bytes 8-9/10 89"},
		{"open", "the size is known", []*httpcache.Entry{part(5, 9, "")}, header("Range", "bytes=8-"), "bytes 8-9/10 89"},
		{"beyond-the-part", "not all of it is there", []*httpcache.Entry{part(2, 5, strong)}, header("Range", "bytes=4-6"), ""},
		{"before-the-part", "the same", []*httpcache.Entry{part(2, 5, strong)}, header("Range", "bytes=1-3"), ""},
		{"joined", "RFC 9111 section 3.4: the same strong validator", []*httpcache.Entry{part(0, 3, strong), part(4, 7, strong)}, header("Range", "bytes=2-5"), "bytes 2-5/10 2345"},
		{"joined-overlapping", "the same", []*httpcache.Entry{part(3, 7, strong), part(0, 4, strong)}, header("Range", "bytes=0-7"), "bytes 0-7/10 01234567"},
		{"joined-three", "the same", []*httpcache.Entry{part(6, 9, strong), part(0, 2, strong), part(3, 5, strong)}, header("Range", "bytes=0-"), "bytes 0-9/10 0123456789"},
		{"gap", "byte 4 is missing", []*httpcache.Entry{part(0, 3, strong), part(5, 7, strong)}, header("Range", "bytes=2-6"), ""},
		{"other-etag", "RFC 9111 section 3.4: parts of two objects", []*httpcache.Entry{part(0, 3, strong), part(4, 7, `"2"`)}, header("Range", "bytes=2-5"), ""},
		{"weak-etag", "RFC 9111 section 3.4: a strong validator", []*httpcache.Entry{part(0, 3, `W/"1"`), part(4, 7, `W/"1"`)}, header("Range", "bytes=2-5"), ""},
		{"no-etag", "the same", []*httpcache.Entry{part(0, 3, ""), part(4, 7, "")}, header("Range", "bytes=2-5"), ""},
		{"no-etag-each", "each alone", []*httpcache.Entry{part(0, 3, ""), part(4, 7, "")}, header("Range", "bytes=1-2"), "bytes 1-2/10 12"},
		{"expired", "stale parts are asked for again", []*httpcache.Entry{changed(part(2, 5, strong), old)}, header("Range", "bytes=2-5"), ""},
		{"one-expired", "the same", []*httpcache.Entry{part(0, 3, strong), changed(part(4, 7, strong), old)}, header("Range", "bytes=2-5"), ""},
		{"behind-the-end", "416 is the origin's to say", []*httpcache.Entry{part(2, 5, strong)}, header("Range", "bytes=10-"), ""},
		{"descending", "RangeGETs.html: the whole object, which is not there", []*httpcache.Entry{part(0, 9, strong)}, header("Range", "bytes=4-5,0-1"), ""},
		{"if-range", "RFC 9110 section 13.1.5", []*httpcache.Entry{part(2, 5, strong)}, header("Range", "bytes=2-5", "If-Range", strong), "bytes 2-5/10 2345"},
		{"if-range-other", "RFC 9110 section 13.1.5: the whole object", []*httpcache.Entry{part(2, 5, strong)}, header("Range", "bytes=2-5", "If-Range", `"2"`), ""},
		{"shorter-than-it-says", "nobody knows which bytes they are: the same range only", []*httpcache.Entry{unplaced("23", "Content-Range", "bytes 2-4/10")}, header("Range", "bytes=2-3"), ""},
		{"shorter-same-range", "as the origin sent it", []*httpcache.Entry{unplaced("23", "Content-Range", "bytes 2-4/10")}, header("Range", "bytes=2-4"), "bytes 2-4/10 23"},
		{"size-open", "RFC 9110 section 14.4: bytes 2-4/*", []*httpcache.Entry{unplaced("234", "Content-Range", "bytes 2-4/*")}, header("Range", "bytes=2-4"), "bytes 2-4/* 234"},
		{"multipart", "several parts in one body", []*httpcache.Entry{unplaced("x", "Content-Type", "multipart/byteranges; boundary=b")}, header("Range", "bytes=2-4"), " x"},
		{"multipart-other-range", "the same", []*httpcache.Entry{unplaced("x", "Content-Type", "multipart/byteranges; boundary=b")}, header("Range", "bytes=2-3"), ""},
		{"after-the-whole", "an object takes the place of its parts", []*httpcache.Entry{part(2, 5, strong), {Key: "k", Status: 200}}, header("Range", "bytes=2-5"), ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := httpcache.NewStore(1 << 20)
			for _, e := range tc.stored {
				s.Put(e)
			}
			got := ""
			if e := s.Part("k", tc.request, now); e != nil {
				got = e.Header.Get("Content-Range") + " " + string(e.Body)
			}
			if got != tc.want {
				t.Errorf("got %q, want %q (%s)", got, tc.want, tc.reason)
			}
		})
	}
}

// TestSeveralOfParts: several ranges come from one part or several, in one multipart body.
func TestSeveralOfParts(t *testing.T) {
	t.Parallel()
	s := httpcache.NewStore(1 << 20)
	s.Put(part(0, 3, strong))
	s.Put(part(6, 9, strong))
	e := s.Part("k", header("Range", "bytes=0-1,7-8"), now)
	if e == nil {
		t.Fatal("got no answer")
	}
	for _, want := range []string{"Content-Range: bytes 0-1/10\r\nContent-Type: text/plain\r\n\r\n01\r\n", "Content-Range: bytes 7-8/10\r\nContent-Type: text/plain\r\n\r\n78\r\n"} {
		if !strings.Contains(string(e.Body), want) {
			t.Errorf("got %q, want %q in it", e.Body, want)
		}
	}
}

// TestPartsAreBounded: an object has a bounded number of parts, and what leaves the cache is gone from the parts too.
func TestPartsAreBounded(t *testing.T) {
	t.Parallel()
	small, large := httpcache.NewStore(3<<10), httpcache.NewStore(1<<30)
	for i := range 1200 {
		e := part(0, 3, strong)
		e.Key += fmt.Sprint(i)
		small.Put(e)
		again := *e
		large.Put(&again)
	}
	if n, bytes, _ := small.Stats(); n > 2 || bytes > 3<<10 {
		t.Errorf("small: got %d parts with %d bytes", n, bytes)
	}
	if n, _, _ := large.Stats(); n != 1000 {
		t.Errorf("large: got %d parts, want 1000", n)
	}
	large.Drop("k")
	if n, bytes, _ := large.Stats(); n != 0 || bytes != 0 || large.Part("k", header("Range", "bytes=0-1"), now) != nil {
		t.Errorf("dropped: got %d parts with %d bytes", n, bytes)
	}
}

// FuzzPart: what comes from parts is what comes from the whole object, and a range inside one part is always there. Each pair of bytes is
// a part to store, the last pair the range to ask for.
func FuzzPart(f *testing.F) {
	f.Add([]byte{0, 3, 4, 7, 2, 5})
	f.Add([]byte{0, 9, 9, 9})
	f.Add([]byte{3, 7, 0, 4, 0, 7})
	f.Fuzz(func(t *testing.T, places []byte) {
		s := httpcache.NewStore(1 << 20)
		covered := map[int]bool{}
		for len(places) >= 4 {
			first, last := int(places[0]%10), int(places[1]%10)
			places = places[2:]
			if first <= last {
				s.Put(part(first, last, strong))
				for i := first; i <= last; i++ {
					covered[i] = true
				}
			}
		}
		if len(places) < 2 {
			return
		}
		first, last := int(places[0]%10), int(places[1]%10)
		request := header("Range", fmt.Sprintf("bytes=%d-%d", first, last))
		want := &message.Response{Status: 200, Header: http.Header{}, Body: []byte(whole)}
		want.Cut(request)
		there := first <= last
		for i := first; i <= last; i++ {
			there = there && covered[i]
		}
		got := s.Part("k", request, now)
		if (got != nil) != there {
			t.Fatalf("%v: got %v, want one %t", request, got, there)
		}
		if got != nil && (string(got.Body) != string(want.Body) || got.Header.Get("Content-Range") != want.Header.Get("Content-Range")) {
			t.Errorf("%v: got %q %q, want %q", request, got.Body, got.Header.Get("Content-Range"), want.Body)
		}
	})
}
