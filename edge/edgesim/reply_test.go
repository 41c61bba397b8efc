package edgesim_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestHeadersOfCloudFront holds what is on every answer.
func TestHeadersOfCloudFront(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200, "Via", "1.1 somebody", "X-Cache", "Hit from elsewhere", "X-Amz-Cf-Id", "x", "X-Amz-Request-Id", "1"), nil)
	resp, trace := get(w.Simulator, "/")
	h := resp.Header
	if len(h.Get("X-Amz-Cf-Id")) != 58 || !strings.HasSuffix(h.Get("X-Amz-Cf-Id"), "==") || h.Get("X-Amz-Cf-Id") != trace.ID {
		t.Errorf("got X-Amz-Cf-Id %q, want 56 characters and ==", h.Get("X-Amz-Cf-Id"))
	}
	if !strings.HasPrefix(h.Get("Via"), "1.1 ") || !strings.HasSuffix(h.Get("Via"), ".cloudfront.net (CloudFront)") || h.Get("X-Cache") != "Miss from cloudfront" {
		t.Errorf("got Via %q, X-Cache %q", h.Get("Via"), h.Get("X-Cache"))
	}
	if h.Get("X-Amz-Cf-Pop") == "" || h.Get("X-Amz-Request-Id") != "" {
		t.Errorf("got X-Amz-Cf-Pop %q, X-Amz-Request-Id %q", h.Get("X-Amz-Cf-Pop"), h.Get("X-Amz-Request-Id"))
	}
	if _, err := http.ParseTime(h.Get("Date")); err != nil {
		t.Errorf("Date: %v", err)
	}
}
