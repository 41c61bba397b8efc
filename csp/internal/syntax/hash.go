package syntax

import (
	"encoding/base64"
	"strings"
)

// A HashAlgorithm is one of the three of draft 2.3.1.
type HashAlgorithm uint8

const (
	HashSHA256 HashAlgorithm = iota + 1
	hashSHA384
	HashSHA512
)

func LookupHashAlgorithm(name string) HashAlgorithm {
	switch {
	case EqualFold(name, "sha256"):
		return HashSHA256
	case EqualFold(name, "sha384"):
		return hashSHA384
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

// Matchable reports whether the value is the base64 of as many bytes as the
// algorithm makes, with its padding: the draft compares the text (6.7.3.3), so
// another one matches nothing.
func (s *Source) Matchable() bool {
	size := s.Hash.Size()
	if len(s.Value) != base64.StdEncoding.EncodedLen(size) {
		return false
	}
	padding := (3 - size%3) % 3
	bare := len(s.Value) - padding
	for i := range len(s.Value) {
		if (s.Value[i] == '=') != (i >= bare) {
			return false
		}
	}
	// The last character has bits that are no part of the digest, and are 0.
	unused := byte(1)<<(2*padding) - 1
	return base64Bits(s.Value[bare-1])&unused == 0
}

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
