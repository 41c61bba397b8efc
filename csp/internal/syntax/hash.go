package syntax

import "strings"

// A HashAlgorithm is one of the three of draft 2.3.1.
type HashAlgorithm uint8

const (
	HashSHA256 HashAlgorithm = iota + 1
	HashSHA384
	HashSHA512
)

func LookupHashAlgorithm(name string) HashAlgorithm {
	switch {
	case EqualFold(name, "sha256"):
		return HashSHA256
	case EqualFold(name, "sha384"):
		return HashSHA384
	case EqualFold(name, "sha512"):
		return HashSHA512
	}
	return 0
}

// String gives the name, "sha256" for example.
func (a HashAlgorithm) String() string {
	return [...]string{"", "sha256", "sha384", "sha512"}[a]
}

// Size gives the number of bytes of a digest.
func (a HashAlgorithm) Size() int {
	return [...]int{0, 32, 48, 64}[a]
}

// A HashShape says how the value of a hash-source is written.
type HashShape uint8

const (
	HashExact       HashShape = iota // the base64 of a digest, with its padding
	HashInexact                      // the same without its padding, or with bits at its end that mean nothing
	HashWrongLength                  // the base64 of something else
	HashUndecodable                  // in the grammar, but no base64
)

// HashShape gives the shape of the value of a hash-source.
func (s *Source) HashShape() HashShape {
	bare := strings.TrimRight(s.Value(), "=")
	pads, size := len(s.Value())-len(bare), s.Hash.Size()
	wantPads := (3 - size%3) % 3
	switch {
	case len(bare)%4 == 1:
		return HashUndecodable
	case len(bare) != (8*size+5)/6, pads != 0 && pads != wantPads:
		return HashWrongLength
	case pads == wantPads && strayBits(bare, wantPads) == 0:
		return HashExact
	}
	return HashInexact
}

// strayBits gives the bits of the last character that are no part of the digest, and
// should be 0.
func strayBits(bare string, pads int) byte {
	return base64Bits(bare[len(bare)-1]) & (1<<(2*pads) - 1)
}

// PaddedDigest gives the digest that a hash-source is written for, in base64 with
// padding, or "" if it is for none.
func (s *Source) PaddedDigest() string {
	value := ToStdBase64(s.Value())
	switch s.HashShape() {
	case HashExact:
		return value
	case HashInexact:
		bare := strings.TrimRight(value, "=")
		pads := 3 - s.Hash.Size()%3 // a digest without padding has no inexact form
		last := base64Bits(bare[len(bare)-1]) &^ strayBits(bare, pads)
		return bare[:len(bare)-1] + string(base64Alphabet[last]) + "=="[:pads]
	}
	return ""
}

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// Matchable reports whether the value is the base64 of as many bytes as the
// algorithm makes, with its padding: the draft compares the text (6.7.3.3), so
// another one matches nothing.
func (s *Source) Matchable() bool { return s.HashShape() == HashExact }

// base64Bits gives the number that a character of base64 or base64url stands
// for.
func base64Bits(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c - 'A'
	case 'a' <= c && c <= 'z':
		return c - 'a' + 26
	case '0' <= c && c <= '9':
		return c - '0' + 52
	case c == '+' || c == '-':
		return 62
	}
	return 63
}

// ToStdBase64 turns base64url into base64.
func ToStdBase64(value string) string {
	if !strings.ContainsAny(value, "-_") {
		return value
	}
	return strings.NewReplacer("-", "+", "_", "/").Replace(value)
}
