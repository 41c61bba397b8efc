package csp_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
)

func TestStrictByNonce(t *testing.T) {
	t.Parallel()
	nonce, err := csp.ParseNonce("AAAAAAAAAAAAAAAAAAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	p, err := csp.StrictByNonce(nonce)
	if want := "script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA' 'strict-dynamic' 'unsafe-inline' https:" + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"; err != nil || p.String() != want {
		t.Errorf("got %s, %v; want %s", p, err, want)
	}
	if p, err := csp.StrictByNonce(csp.Nonce{}); err == nil {
		t.Errorf("zero Nonce: got %s; want an error", p)
	}
}

func TestAPI(t *testing.T) {
	t.Parallel()
	const want = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if got := csp.API().String(); got != want {
		t.Errorf("got %s; want %s", got, want)
	}
}
