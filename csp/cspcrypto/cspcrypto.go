// Package cspcrypto has the parts of csp that take cryptography: the hashes of
// inline code, and new nonces. A program that only sends policies links neither
// this package nor any of crypto.
package cspcrypto

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"

	"github.com/edgehelpers/lambdaedge/csp"
)

// SHA256 gives the hash of an inline script or style. The content is what
// stands between the tags, every byte of it, in UTF-8 whatever the page's
// encoding.
func SHA256[T string | []byte](content T) csp.Hash {
	sum := sha256.Sum256([]byte(content))
	return newHash(sum[:])
}

// SHA384 is like [SHA256], with SHA-384.
func SHA384[T string | []byte](content T) csp.Hash {
	sum := sha512.Sum384([]byte(content))
	return newHash(sum[:])
}

// SHA512 is like [SHA256], with SHA-512.
func SHA512[T string | []byte](content T) csp.Hash {
	sum := sha512.Sum512([]byte(content))
	return newHash(sum[:])
}

func newHash(sum []byte) csp.Hash {
	h, err := csp.NewHash(sum)
	if err != nil {
		panic(err) // the sizes above are those of its algorithms
	}
	return h
}

// Inline gives code or style that stands in the page, with its hashes, to be
// asked about by [csp.Policy.AllowsInline]. Nonce and NotParserInserted are the
// caller's to set.
func Inline[T string | []byte](kind csp.InlineKind, content T) csp.Inline {
	return csp.Inline{Kind: kind, Hashes: []csp.Hash{SHA256(content), SHA384(content), SHA512(content)}}
}

// NewNonce gives a nonce of 128 random bits, the least that draft 7.1 asks for.
// It never fails: without random bits crypto/rand ends the program.
func NewNonce() csp.Nonce {
	var b [16]byte
	rand.Read(b[:])
	nonce, err := csp.ParseNonce(base64.RawURLEncoding.EncodeToString(b[:]))
	if err != nil {
		panic(err) // 22 characters of base64url are a nonce
	}
	return nonce
}
