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
	HashUnpadded                     // the same without its padding
	HashWrongLength                  // the base64 of something else
	HashUndecodable                  // in the grammar, but no base64
)

// HashShape gives the shape of the value of a hash-source.
func (s *Source) HashShape() HashShape {
	bare := strings.TrimRight(s.Value, "=")
	pads, size := len(s.Value)-len(bare), s.Hash.Size()
	wantPads := (3 - size%3) % 3
	switch {
	case len(bare) == (8*size+5)/6 && base64Bits(bare[len(bare)-1])&(1<<(2*wantPads)-1) == 0:
		// The last character has bits that are no part of the digest, and are 0.
		switch pads {
		case wantPads:
			return HashExact
		case 0:
			return HashUnpadded
		}
		return HashUndecodable
	case len(bare)%4 == 1, pads > 0 && len(s.Value)%4 != 0:
		return HashUndecodable
	}
	return HashWrongLength
}

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
