package message_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

func TestNotModified(t *testing.T) {
	t.Parallel()
	const modified, later, earlier = "Sun, 22 Nov 2026 10:00:00 GMT", "Sun, 22 Nov 2026 10:00:01 GMT", "Sun, 22 Nov 2026 09:59:59 GMT"
	tests := []struct {
		name, reason    string
		request, object http.Header
		want            bool
	}{
		{"same-date", "RFC 9110 section 13.1.3", http.Header{"If-Modified-Since": {modified}}, http.Header{"Last-Modified": {modified}}, true},
		{"later-date", "the same", http.Header{"If-Modified-Since": {later}}, http.Header{"Last-Modified": {modified}}, true},
		{"earlier-date", "the same", http.Header{"If-Modified-Since": {earlier}}, http.Header{"Last-Modified": {modified}}, false},
		{"other-form", "RFC 9110 section 5.6.7", http.Header{"If-Modified-Since": {"Sunday, 22-Nov-26 10:00:00 GMT"}}, http.Header{"Last-Modified": {modified}}, true},
		{"no-date", "RFC 9110 section 13.1.3: ignored", http.Header{"If-Modified-Since": {"yesterday"}}, http.Header{"Last-Modified": {modified}}, false},
		{"object-without-date", "nothing to compare with", http.Header{"If-Modified-Since": {modified}}, http.Header{}, false},
		{"date-stands-in", "RFC 9111 section 4.3.2", http.Header{"If-Modified-Since": {modified}}, http.Header{"Date": {modified}}, true},
		{"date-stands-in-later", "RFC 9111 section 4.3.2", http.Header{"If-Modified-Since": {modified}}, http.Header{"Date": {later}}, false},
		{"last-modified-before-date", "RFC 9111 section 4.3.2", http.Header{"If-Modified-Since": {modified}}, http.Header{"Last-Modified": {modified}, "Date": {later}}, true},
		{"etag-before-date", "RFC 9110 section 13.2.2", http.Header{"If-None-Match": {`"2"`}, "If-Modified-Since": {modified}}, http.Header{"Etag": {`"1"`}, "Last-Modified": {modified}}, false},
		{"weak", "RFC 9110 section 13.1.2: weak comparison", http.Header{"If-None-Match": {`W/"1"`}}, http.Header{"Etag": {`"1"`}}, true},
		{"list", "RFC 9110 section 13.1.2", http.Header{"If-None-Match": {`"0", "1"`}}, http.Header{"Etag": {`"1"`}}, true},
		{"two-lines", "RFC 9110 section 5.3", http.Header{"If-None-Match": {`"0"`, `"1"`}}, http.Header{"Etag": {`"1"`}}, true},
		{"star", "RFC 9110 section 13.1.2", http.Header{"If-None-Match": {"*"}}, http.Header{}, true},
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := message.NotModified(tc.request, tc.object, now); got != tc.want {
				t.Errorf("got %t, want %t (%s)", got, tc.want, tc.reason)
			}
		})
	}
}
