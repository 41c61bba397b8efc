package csp

import (
	"errors"
	"strconv"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Nonce is a nonce-source: it allows the script and style elements whose
// nonce attribute has the same value. It must be new for every response and
// never be cached with one. cspcrypto.NewNonce makes one. The zero Nonce is no source and makes [New] fail.
type Nonce struct{ value string }

// ParseNonce takes a nonce that was made elsewhere: at least 22 characters of
// base64 or base64url, with or without padding, which is 128 bits.
func ParseNonce(value string) (Nonce, error) {
	if err := checkNonce(value); err != nil {
		return Nonce{}, errors.New("csp: " + err.Error())
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
		return errors.New("nonce: got an empty one; use cspcrypto.NewNonce for every response")
	case !syntax.IsBase64Value(value):
		return errors.New("nonce: got " + strconv.Quote(value) + ", want letters, digits, \"+\", \"/\", \"-\", \"_\" and at most two \"=\" at the end")
	case len(value) < syntax.MinNonce:
		return errors.New("nonce: got " + strconv.Itoa(len(value)) + " characters, want at least " + strconv.Itoa(syntax.MinNonce) + " of base64 (128 bits, draft 7.1); use cspcrypto.NewNonce")
	}
	return nil
}
