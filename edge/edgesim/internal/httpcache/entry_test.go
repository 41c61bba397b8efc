package httpcache

import (
	"net/http"
	"testing"
	"time"
)

// TestRefreshedValuesAreShared holds that a header which is added to the answer of one hit does not reach the object: hits share the
// values of its headers.
func TestRefreshedValuesAreShared(t *testing.T) {
	t.Parallel()
	values := append(make([]string, 0, 4), "a", "b") // with room behind them, as net/http has for names that come twice
	again := (&Entry{Header: http.Header{}}).Refreshed(Rules{}, http.Header{"Server-Timing": values}, "", time.Time{})
	one, other := append(again.Header["Server-Timing"], "one"), append(again.Header["Server-Timing"], "other")
	if one[2] != "one" || other[2] != "other" {
		t.Errorf("two hits got %q and %q", one, other)
	}
}
