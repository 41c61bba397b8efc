package csp

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"strings"
)

// A hashAlgorithm is one of the three of draft 2.3.1.
type hashAlgorithm uint8

const (
	hashSHA256 hashAlgorithm = iota + 1
	hashSHA384
	hashSHA512
)

func lookupHashAlgorithm(name string) hashAlgorithm {
	switch {
	case equalFold(name, "sha256"):
		return hashSHA256
	case equalFold(name, "sha384"):
		return hashSHA384
	case equalFold(name, "sha512"):
		return hashSHA512
	}
	return 0
}

// String gives the name, "sha256" for example.
func (a hashAlgorithm) String() string {
	return [...]string{"", "sha256", "sha384", "sha512"}[a]
}

// size gives the number of bytes of a digest.
func (a hashAlgorithm) size() int {
	return [...]int{0, sha256.Size, sha512.Size384, sha512.Size}[a]
}

// A Hash is a hash-source: it allows inline scripts and styles with that
// digest, and external scripts whose integrity attribute names it. The zero
// Hash is no source and makes [New] fail.
type Hash struct{ text string }

// SHA256 gives the hash of an inline script or style. The content is what
// stands between the tags, every byte of it, in UTF-8 whatever the page's
// encoding.
func SHA256[T string | []byte](content T) Hash {
	sum := sha256.Sum256([]byte(content))
	return newHash("'sha256-", sum[:])
}

// SHA384 is like [SHA256], with SHA-384.
func SHA384[T string | []byte](content T) Hash {
	sum := sha512.Sum384([]byte(content))
	return newHash("'sha384-", sum[:])
}

// SHA512 is like [SHA256], with SHA-512.
func SHA512[T string | []byte](content T) Hash {
	sum := sha512.Sum512([]byte(content))
	return newHash("'sha512-", sum[:])
}

func newHash(prefix string, sum []byte) Hash {
	return Hash{prefix + base64.StdEncoding.EncodeToString(sum) + "'"}
}

// ParseHash takes a hash that was made elsewhere, in the form of an integrity
// attribute: "sha256-" and the digest in base64 or base64url, with or without
// padding. Quotes around it are welcome. The hash has padding and base64, as
// browsers compare the text.
func ParseHash(text string) (Hash, error) {
	bare := strings.TrimSuffix(strings.TrimPrefix(text, "'"), "'")
	name, value, _ := strings.Cut(bare, "-")
	if lookupHashAlgorithm(name) != 0 && isBase64Value(value) {
		sum, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(toStdBase64(value), "="))
		if err == nil {
			bare = asciiLower(name) + "-" + base64.StdEncoding.EncodeToString(sum)
		}
	}
	h := Hash{"'" + bare + "'"}
	if err := checkHash(h.text); err != nil {
		return Hash{}, fmt.Errorf("csp: %w", err)
	}
	return h, nil
}

// String gives the hash in the form of an integrity attribute, without quotes.
func (h Hash) String() string { return strings.Trim(h.text, "'") }

func (h Hash) sourceText() (string, error) { return h.text, checkHash(h.text) }

func checkHash(text string) error {
	s := parseSource(text)
	if s.kind != sourceHash {
		return fmt.Errorf("hash: got %q, want sha256-, sha384- or sha512- and the digest in base64", strings.Trim(text, "'"))
	}
	if !s.matchable() {
		return fmt.Errorf("hash: got %q, whose digest is not %d bytes in base64", strings.Trim(text, "'"), s.hash.size())
	}
	return nil
}

// matchable reports whether the value is the base64 of as many bytes as the
// algorithm makes, with its padding: the draft compares the text (6.7.3.3), so
// another one matches nothing.
func (s *source) matchable() bool {
	size := s.hash.size()
	if len(s.value) != base64.StdEncoding.EncodedLen(size) {
		return false
	}
	padding := (3 - size%3) % 3
	bare := len(s.value) - padding
	for i := range len(s.value) {
		if (s.value[i] == '=') != (i >= bare) {
			return false
		}
	}
	// The last character has bits that are no part of the digest, and are 0.
	unused := byte(1)<<(2*padding) - 1
	return base64Bits(s.value[bare-1])&unused == 0
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

// toStdBase64 turns base64url into base64.
func toStdBase64(value string) string {
	if !strings.ContainsAny(value, "-_") {
		return value
	}
	return strings.NewReplacer("-", "+", "_", "/").Replace(value)
}
