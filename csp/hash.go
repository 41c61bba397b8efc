package csp

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Hash is a hash-source: it allows inline scripts and styles with that
// digest, and external scripts whose integrity attribute names it. The zero
// Hash is no source and makes [New] fail.
type Hash struct{ text string }

// NewHash gives the hash with that digest: of 32 bytes SHA-256, of 48 SHA-384,
// of 64 SHA-512. Package cspcrypto makes it of a text.
func NewHash(digest []byte) (Hash, error) {
	for a := syntax.HashSHA256; a <= syntax.HashSHA512; a++ {
		if len(digest) == a.Size() {
			return Hash{"'" + a.String() + "-" + base64.StdEncoding.EncodeToString(digest) + "'"}, nil
		}
	}
	return Hash{}, errors.New("csp: hash: got a digest of " + strconv.Itoa(len(digest)) + " bytes, want 32 of SHA-256, 48 of SHA-384 or 64 of SHA-512")
}

// ParseHash takes a hash that was made elsewhere, in the form of an integrity
// attribute: "sha256-" and the digest in base64 or base64url, with or without
// padding. Quotes around it are welcome. The hash has padding and base64, as
// browsers compare the text.
func ParseHash(text string) (Hash, error) {
	bare := strings.TrimSuffix(strings.TrimPrefix(text, "'"), "'")
	name, value, _ := strings.Cut(bare, "-")
	if syntax.LookupHashAlgorithm(name) != 0 && syntax.IsBase64Value(value) {
		sum, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(syntax.ToStdBase64(value), "="))
		if err == nil {
			bare = syntax.AsciiLower(name) + "-" + base64.StdEncoding.EncodeToString(sum)
		}
	}
	h := Hash{"'" + bare + "'"}
	if err := checkHash(h.text); err != nil {
		return Hash{}, errors.New("csp: " + err.Error())
	}
	return h, nil
}

// String gives the hash in the form of an integrity attribute, without quotes.
func (h Hash) String() string { return strings.Trim(h.text, "'") }

func (h Hash) sourceText() (string, error) { return h.text, checkHash(h.text) }

func checkHash(text string) error {
	s := syntax.ParseSource(text)
	if s.Kind != syntax.SourceHash {
		return errors.New("hash: got " + strconv.Quote(strings.Trim(text, "'")) + ", want sha256-, sha384- or sha512- and the digest in base64")
	}
	if !s.Matchable() {
		return errors.New("hash: got " + strconv.Quote(strings.Trim(text, "'")) + ", whose digest is not " + strconv.Itoa(s.Hash.Size()) + " bytes in base64")
	}
	return nil
}
