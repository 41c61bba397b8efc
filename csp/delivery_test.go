package csp_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
)

func TestDeliveryCheckNonce(t *testing.T) {
	t.Parallel()
	const notOwn, status, cached = "did not make the body", "status 304", "a cache may give the nonce"
	own := func(cacheControl string) csp.Delivery {
		return csp.Delivery{StatusCode: 200, CacheControl: cacheControl, OwnBody: true}
	}
	tests := []struct {
		name, reason string
		delivery     csp.Delivery
		want         []string
	}{
		{"no-store", "RFC 9111 5.2.2.5", own("no-store"), nil},
		{"private", "RFC 9111 5.2.2.7", own("private"), nil},
		{"any-case-and-space", "RFC 9111 5.2", own("max-age=0 ,\tNo-Store"), nil},
		{"zero-status-is-200", "", csp.Delivery{CacheControl: "no-store", OwnBody: true}, nil},
		{"error-page", "", csp.Delivery{StatusCode: 404, CacheControl: "no-store", OwnBody: true}, nil},
		{"zero", "", csp.Delivery{}, []string{notOwn, cached}},
		{"silent", "RFC 9111 4.2.2: heuristic freshness", own(""), []string{cached}},
		{"no-cache", "RFC 9111 5.2.2.4: may be stored", own("no-cache"), []string{cached}},
		{"max-age-0", "stored, then validated", own("max-age=0, must-revalidate"), []string{cached}},
		{"public", "RFC 9111 5.2.2.9", own("public, max-age=60"), []string{cached}},
		{"private-with-names", "RFC 9111 5.2.2.7: qualified form", own(`private="set-cookie, no-store"`), []string{cached}},
		{"must-understand", "RFC 9111 5.2.2.3: no-store is ignored", own("must-understand, no-store"), []string{cached}},
		{"quoted-text", "RFC 9111 5.2: an argument", own(`x="a\", no-store", y`), []string{cached}},
		{"after-quoted", "RFC 9111 5.2", own(`x="a,b", no-store`), nil},
		{"other-name", "", own("xno-store, no-storex"), []string{cached}},
		{"304", "RFC 9111 4.3.4", csp.Delivery{StatusCode: 304, CacheControl: "no-store", OwnBody: true}, []string{status}},
		{"body-of-origin", "", csp.Delivery{StatusCode: 200, CacheControl: "no-store"}, []string{notOwn}},
		{"everything", "", csp.Delivery{StatusCode: 304, CacheControl: "public"}, []string{notOwn, status, cached}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.delivery.CheckNonce()
			text := ""
			if err != nil {
				text = err.Error()
			}
			if n := strings.Count(text, "nonce refused"); n != len(tt.want) {
				t.Errorf("%s: got %d reasons in %q; want %d", tt.reason, n, text, len(tt.want))
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s: got %q; want it to have %q", tt.reason, text, want)
				}
			}
		})
	}
}
