package signing

import (
	"crypto"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// mostTries bounds the search for what was signed instead.
const mostTries = 256

// ids are the ids of the keys, for a sentence.
func (k Keys) ids() string { return strings.Join(slices.Sorted(maps.Keys(k)), ", ") }

// explain says why a signature does not fit, by looking for what it does fit: another key or hash, and for a canned
// policy another URL. The usual slips are among them.
func (c *check) explain() string {
	own := c.statement
	if own == nil {
		own = Canned(c.Origin+c.target(), c.expires)
	}
	for id, key := range c.keys {
		for _, hash := range []crypto.Hash{crypto.SHA1, crypto.SHA256} {
			if !signed(key, hash, own, c.decoded) {
				continue
			}
			if id != c.keyID {
				return fmt.Sprintf("the signature is one of the key %s, and %s says %s", id, c.called("Key-Pair-Id"), c.keyID)
			}
			return fmt.Sprintf("the signature is made with %s, and %s says %s", HashName(hash), c.called("Hash-Algorithm"), HashName(c.hashed))
		}
	}
	if c.statement != nil {
		return fmt.Sprintf("the signature is not one of this policy with the key %s", c.keyID)
	}
	for _, other := range c.otherResources() {
		if !c.signed(Canned(other, c.expires)) {
			continue
		}
		why := fmt.Sprintf("the signature is one of %q, the request for %q", other, c.Origin+c.target())
		if strings.Contains(other, "*") {
			why += "; a canned policy (an expiry and nothing else) takes the star for a star: wildcards need a custom policy, which " +
				"AWS's libraries make when they get a policy, a start or an address range"
		}
		return why
	}
	until, _ := seconds(c.expires, "")
	return fmt.Sprintf("the signature is not one of %q until %s with the key %s", c.Origin+c.target(), moment(until), c.keyID)
}

// otherResources are the URLs that people sign by mistake: with the other scheme, without the last parameters or the
// whole query string, with a star.
func (c *check) otherResources() []string {
	_, host, _ := strings.Cut(c.Origin, "://")
	origins := []string{"https://" + host, "http://" + host}
	if c.Local != "" {
		origins = append(origins, c.Local)
	}
	pairs := strings.Split(StripQuery(c.Query), "&")
	var all []string
	for _, origin := range origins {
		all = append(all, origin+c.target(), origin+"*")
		for n := range min(len(pairs), 16) {
			all = append(all, origin+message.Target(c.Path, strings.Join(pairs[:n], "&")))
		}
		for i := range len(c.Path) {
			if c.Path[i] == '/' {
				all = append(all, origin+c.Path[:i+1]+"*", origin+c.Path[:i+1])
			}
		}
		all = append(all, origin+c.Path+"*")
	}
	all = append(all, "*", "http*://*", "https://*", "http://*", "*://"+host+"/*", "http*://"+host+"/*")
	return all[:min(len(all), mostTries)]
}
