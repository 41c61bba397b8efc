package edgesim

import (
	"crypto"
	"errors"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/signing"
)

// A KeyGroup is a trusted key group: the public keys whose owners may sign URLs and cookies. An AWS account that is a
// trusted signer is a group of its key pairs' public keys.
type KeyGroup struct {
	Name string
	Keys []PublicKey // at least one
}

// A PublicKey is the public half of a key that signs URLs or cookies. Package signedurl signs with the private half.
type PublicKey struct {
	ID  string           // Key-Pair-Id, for instance K2JCJMDEHXQW5F
	Key crypto.PublicKey // *rsa.PublicKey with 2048 bits or *ecdsa.PublicKey on P-256: CloudFront takes no others
}

// ParsePublicKey reads a public key as it is uploaded to CloudFront: PEM with the line BEGIN PUBLIC KEY. The error says
// why CloudFront would not take it.
func ParsePublicKey(id string, pem []byte) (PublicKey, error) {
	key, err := signing.ParsePublicKey(pem)
	if err != nil {
		return PublicKey{}, fmt.Errorf("edgesim: public key %s: %w", id, err)
	}
	return PublicKey{ID: id, Key: key}, nil
}

// A GeoRestriction lets viewers of some countries in. The viewer's country is that of X-Mock-CloudFront-Viewer-Country
// or of [Config.ViewerHeaders]; a viewer whose country is not known is let in, as CloudFront does
// (georestrictions.html).
type GeoRestriction struct {
	Allow []string // ISO 3166-1 alpha-2 codes, for instance "CH"; all others get a 403
	Block []string // the same for those that get one; not together with Allow
}

// on reports whether there is a restriction.
func (g *GeoRestriction) on() bool { return len(g.Allow) > 0 || len(g.Block) > 0 }

func (g *GeoRestriction) check() (errs []error) {
	if len(g.Allow) > 0 && len(g.Block) > 0 {
		errs = append(errs, errors.New("edgesim: GeoRestriction: both Allow and Block: CloudFront has one of the two"))
	}
	for _, list := range [][]string{g.Allow, g.Block} {
		for _, country := range list {
			if len(country) != 2 || !upper(country[0]) || !upper(country[1]) {
				errs = append(errs, fmt.Errorf("edgesim: GeoRestriction: got %q, want a country's two letters in upper case, for instance \"CH\"", country))
			}
		}
	}
	return errs
}

func upper(c byte) bool { return 'A' <= c && c <= 'Z' }

// checkKeyGroups reports what is wrong with the keys that a behaviour trusts.
func (b *Behavior) checkKeyGroups(at string) (errs []error) {
	seen := signing.Keys{}
	for i, g := range b.TrustedKeyGroups {
		here := fmt.Sprintf("edgesim: %s: TrustedKeyGroups[%d]", at, i)
		if len(g.Keys) == 0 {
			errs = append(errs, fmt.Errorf("%s: no keys: nobody could sign a request; leave the group out to serve requests without signature", here))
		}
		for j, k := range g.Keys {
			if k.ID == "" {
				errs = append(errs, fmt.Errorf("%s: Keys[%d]: ID: missing; it is what Key-Pair-Id says, for instance K2JCJMDEHXQW5F", here, j))
			}
			if err := signing.CheckKey(k.Key); err != nil {
				errs = append(errs, fmt.Errorf("%s: Keys[%d]: %w", here, j, err))
			} else if other := seen[k.ID]; other != nil && !signing.SameKey(k.Key, other) {
				errs = append(errs, fmt.Errorf("%s: Keys[%d]: a second key with the id %q", here, j, k.ID))
			} else {
				seen[k.ID] = k.Key
			}
		}
	}
	return errs
}

// trusted are the keys of the groups.
func (b *Behavior) trusted() signing.Keys {
	keys := signing.Keys{}
	for _, g := range b.TrustedKeyGroups {
		for _, k := range g.Keys {
			keys[k.ID] = k.Key
		}
	}
	return keys
}
