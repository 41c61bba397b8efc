package csp

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
)

// minNonce is the number of base64 characters that 128 bits take, the least
// that draft 7.1 asks for.
const minNonce = 22

// A Nonce is a nonce-source: it allows the script and style elements whose
// nonce attribute has the same value. It must be new for every response and
// never be cached with one. The zero Nonce is no source and makes [New] fail.
type Nonce struct{ value string }

// NewNonce gives a nonce of 128 random bits.
func NewNonce() Nonce {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return Nonce{base64.RawURLEncoding.EncodeToString(b[:])}
}

// ParseNonce takes a nonce that was made elsewhere: at least 22 characters of
// base64 or base64url, with or without padding, which is 128 bits.
func ParseNonce(value string) (Nonce, error) {
	if err := checkNonce(value); err != nil {
		return Nonce{}, fmt.Errorf("csp: %w", err)
	}
	return Nonce{value}, nil
}

// Value gives what goes into the nonce attribute of the page's elements. It
// needs no escaping there.
func (n Nonce) Value() string { return n.value }

func (n Nonce) sourceText() (string, error) { return "'nonce-" + n.value + "'", checkNonce(n.value) }

func checkNonce(value string) error {
	switch {
	case value == "":
		return fmt.Errorf("nonce: got an empty one; use csp.NewNonce for every response")
	case !isBase64Value(value):
		return fmt.Errorf("nonce: got %q, want letters, digits, \"+\", \"/\", \"-\", \"_\" and at most two \"=\" at the end", value)
	case len(value) < minNonce:
		return fmt.Errorf("nonce: got %d characters, want at least %d of base64 (128 bits, draft 7.1); use csp.NewNonce", len(value), minNonce)
	}
	return nil
}
