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
// attribute, "sha256-" and 44 characters of base64; quotes around it are
// welcome. Base64url is taken too.
func ParseHash(text string) (Hash, error) {
	quoted := "'" + strings.TrimSuffix(strings.TrimPrefix(text, "'"), "'") + "'"
	if err := checkHash(quoted); err != nil {
		return Hash{}, fmt.Errorf("csp: %w", err)
	}
	return Hash{quoted}, nil
}

// String gives the hash in the form of an integrity attribute, without quotes.
func (h Hash) String() string { return strings.Trim(h.text, "'") }

func (h Hash) sourceText() (string, error) { return h.text, checkHash(h.text) }

func checkHash(text string) error {
	s := parseSource(text)
	if s.kind != sourceHash {
		return fmt.Errorf("hash: got %q, want sha256-, sha384- or sha512- and the digest in base64", strings.Trim(text, "'"))
	}
	if _, ok := s.digest(); !ok {
		return fmt.Errorf("hash: got %q, whose digest is not %d bytes in base64", strings.Trim(text, "'"), s.hash.size())
	}
	return nil
}

// digest gives the bytes that a hash-source stands for. It reports false if
// they are not as many as the algorithm makes; such a source matches nothing.
func (s source) digest() ([]byte, bool) {
	value := strings.TrimRight(s.value, "=")
	if padding := len(s.value) - len(value); padding != 0 && len(s.value)%4 != 0 {
		return nil, false
	}
	sum, err := base64.RawStdEncoding.DecodeString(base64URLToStd.Replace(value))
	return sum, err == nil && len(sum) == s.hash.size()
}

var base64URLToStd = strings.NewReplacer("-", "+", "_", "/")
