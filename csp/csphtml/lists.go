package csphtml

import (
	"crypto/sha256"
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp"
)

// seen is what the lists of a page have already.
type seen struct {
	hashes map[hashIn]bool
	loads  map[Load]bool
	raw    map[loadKey]bool
	found  map[foundKey]bool
}

// foundKey is a finding that is made once.
type foundKey struct{ code, value string }

// loadKey is a URL as it stands in the page.
type loadKey struct {
	use use
	raw string
}

// hashIn is a hash in one of the lists of a page.
type hashIn struct {
	list *[]csp.Hash
	hash csp.Hash
}

func newSeen() *seen {
	return &seen{make(map[hashIn]bool), make(map[Load]bool), make(map[loadKey]bool), make(map[foundKey]bool)}
}

// addSum adds the hash of the text that was read to a list of the page.
func (c *collector) addSum(list *[]csp.Hash) error {
	if c.charset != "" && !c.ascii {
		return fmt.Errorf("csp: inline code that ends before byte %d has characters outside ASCII, and the page is in %q; "+
			"browsers hash the UTF-8 of it, so save the page as UTF-8", c.at, c.charset)
	}
	var digest [sha256.Size]byte
	c.add(list, hashOf(c.sum.Sum(digest[:0])))
	return nil
}

// add adds a hash to a list of the page, once.
func (c *collector) add(list *[]csp.Hash, h csp.Hash) {
	key := hashIn{list, h}
	if !c.seen.hashes[key] {
		c.seen.hashes[key] = true
		*list = append(*list, h)
	}
}

func isASCIIBytes(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// hashOf gives the hash with the digest, which is that of SHA-256.
func hashOf(digest []byte) csp.Hash {
	h, err := csp.NewHash(digest)
	if err != nil {
		panic(err) // digests of SHA-256 have 32 bytes
	}
	return h
}
