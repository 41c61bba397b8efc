package awsconfig

import (
	"cmp"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// readSigners reads the key groups, and the accounts, whose keys may sign requests. from are its expressions in a
// Terraform file. The keys themselves are not in a DistributionConfig.
func (r *reader) readSigners(n *node, from *links, b *edgesim.Behavior) {
	for _, name := range []string{"trusted_key_groups", "trusted_signers"} {
		ids, on := r.signers(n, name)
		if from.waits(n, b.PathPattern == "", name) {
			ids, on = []string{"*"}, true // which ones is known after the apply
		}
		if on {
			r.trust(n.path(name), ids, b)
		}
	}
}

// signers are the ids of a list of signers; on is false when there are none.
func (r *reader) signers(n *node, name string) (ids []string, on bool) {
	switch v := n.get(name).(type) {
	case map[string]any:
		c := n.child(name)
		off := c.has("Enabled") && !c.flag("Enabled")
		ids = r.texts(c.at, c.items())
		return ids, !off && (len(ids) > 0 || c.has("Enabled"))
	default:
		ids = n.texts(name)
		return ids, !off(v) && len(ids) > 0
	}
}

// trust finds the keys of the signers.
func (r *reader) trust(at string, ids []string, b *edgesim.Behavior) {
	var missing []string
	found := false
	for _, id := range ids {
		keys := r.keysOf(at, id)
		if keys == nil {
			missing = append(missing, id)
			continue
		}
		found = true
		b.TrustedKeyGroups = append(b.TrustedKeyGroups, edgesim.KeyGroup{Name: id, Keys: keys})
	}
	wanted := strings.Join(missing, ", ")
	switch {
	case !found:
		r.note("%s: requests without a signature are served; CloudFront answers 403: put the public keys of %s into Bindings.KeyGroups",
			at, cmp.Or(strings.ReplaceAll(wanted, "*", "the groups"), "the signers"))
	case wanted != "":
		r.note("%s: requests signed by %s get a 403; CloudFront serves them: put the public keys into Bindings.KeyGroups", at, wanted)
	}
}

// keysOf are the keys of a signer: those that are bound to its name, those of the file, those that are bound to all others.
func (r *reader) keysOf(at, id string) []edgesim.PublicKey {
	for _, keys := range [][]edgesim.PublicKey{r.bindings.KeyGroups[id], r.keyGroups[id], r.bindings.KeyGroups["*"]} {
		if keys != nil {
			return keys
		}
	}
	if r.bindings.Resolver != nil {
		return r.bindings.Resolver.KeyGroup(at, id)
	}
	return nil
}

// readKeys reads the key groups and public keys that a Terraform file itself defines. In a plan those to come have no
// ids, without which no signature can be told from another.
func (r *reader) readKeys(resources []resource) {
	keys := map[string]edgesim.PublicKey{}
	for _, res := range resources {
		if n := res.values; res.kind == "aws_cloudfront_public_key" && n.text("id") != "" {
			key, err := edgesim.ParsePublicKey(n.text("id"), []byte(n.text("encoded_key")))
			if err != nil {
				r.note("%s: not trusted: %v", n.path("encoded_key"), err)
				continue
			}
			keys[key.ID] = key
		}
	}
	r.keyGroups = map[string][]edgesim.PublicKey{}
	for _, res := range resources {
		if res.kind != "aws_cloudfront_key_group" {
			continue
		}
		for _, id := range res.values.texts("items") {
			if key, ok := keys[id]; ok {
				group := res.values.text("id")
				r.keyGroups[group] = append(r.keyGroups[group], key)
			}
		}
	}
}
