package main

import (
	"crypto"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
)

// keyGroups are those of a template. A key that CloudFront would not take is left out.
func keyGroups(p *project, d *template.Distribution) map[string][]edgesim.PublicKey {
	all := map[string][]edgesim.PublicKey{}
	for id, g := range d.KeyGroups {
		for _, k := range g.Keys {
			if k.PEM == "" { // which is among the template's notes
				continue
			}
			key, err := edgesim.ParsePublicKey(k.ID, []byte(k.PEM))
			if err != nil {
				k.At.Text = "key group " + g.Name + ": " + err.Error()
				p.problems = append(p.problems, words(k.At.String()))
				continue
			}
			all[id] = append(all[id], key)
		}
	}
	return all
}

// readKeys reads the keys that the command line and the settings bind to key groups. Of a private key the public half counts, and
// "edgelocal sign" can sign with it.
func (b *binder) readKeys() {
	b.signers = map[string]crypto.Signer{}
	bound := maps.Clone(b.settings.KeyGroups)
	if bound == nil {
		bound = map[string]map[string]string{}
	}
	for group, file := range b.keys {
		bound[group] = map[string]string{settings.KeyID(file): file}
	}
	b.bound = map[string][]edgesim.PublicKey{}
	for _, group := range slices.Sorted(maps.Keys(bound)) {
		for _, id := range slices.Sorted(maps.Keys(bound[group])) {
			file := bound[group][id]
			b.files = append(b.files, file)
			key, err := b.readKey(id, file)
			if err != nil {
				b.problems = append(b.problems, file+": the key "+id+" of key group "+group+": "+err.Error()+": nothing that it signs is let in")
				continue
			}
			b.bound[group] = append(b.bound[group], key)
		}
	}
}

// readKey reads a public key, or a private one.
func (b *binder) readKey(id, file string) (key edgesim.PublicKey, err error) {
	if id == "" || strings.ContainsFunc(id, func(c rune) bool { return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') }) {
		return key, errors.New("want a Key-Pair-Id of letters and digits, as in K2JCJMDEHXQW5F: " + file)
	}
	content, err := settings.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return key, errors.New("there is no such file")
	} else if err != nil {
		return key, errors.New(strings.TrimPrefix(err.Error(), file+": "))
	}
	if strings.Contains(string(content), "PRIVATE KEY-----") {
		signer, err := signedurl.ParsePrivateKey(content)
		if err != nil {
			return key, errors.New(strings.TrimPrefix(err.Error(), "signedurl: private key: "))
		}
		b.signers[id] = signer
		return edgesim.PublicKey{ID: id, Key: signer.Public()}, nil
	}
	key, err = edgesim.ParsePublicKey(id, content)
	if err != nil {
		err = errors.New(strings.TrimPrefix(err.Error(), "edgesim: public key "+id+": "))
	}
	return key, err
}

// KeyGroup implements awsconfig.Resolver. What is bound is in the bindings already: nothing is known of this group.
func (b *binder) KeyGroup(at, id string) []edgesim.PublicKey {
	if _, said := b.settings.KeyGroups[id]; said || b.keys[id] != "" { // and its keys are none
		b.used[id] = true
		return nil
	}
	kind, way := "key group "+id, "\"aws cloudfront get-key-group --id "+id+"\" and get-public-key print those that are deployed"
	switch {
	case id == "*":
		kind, way = "the key groups, whose ids are known after the apply,", "* stands for all"
	case strings.HasSuffix(strings.ToLower(at), "signers"):
		kind, way = "the trusted signer "+id, "they are those that the account has uploaded"
	}
	b.instead(at)
	b.problem("%s: the public keys of %s are not known: CloudFront answers 403 to what none of the groups signed; where no key at all is known, requests are served here without: "+
		"say which key it is, with -env '%s=KEYID.pem' or under keyGroups in %s; %s; \"edgelocal sign -new-key demo.pem\" makes one for this machine", at, kind, id, settings.FileName, way)
	b.open = append(b.open, open{"keyGroups", id, "./K2JCJMDEHXQW5F.pem", "at " + at})
	return nil
}

// trusted says which bindings have their groups, and takes away the notes in whose place there are problems.
func (b *binder) trusted(read *awsconfig.Config) {
	for _, behavior := range append(slices.Clone(read.Distribution.Behaviors), read.Distribution.DefaultBehavior) {
		for _, group := range behavior.TrustedKeyGroups {
			b.used[group.Name] = true
			b.groups = append(b.groups, group.Name)
			if b.bound[group.Name] == nil {
				b.used["*"] = true
			}
		}
	}
	read.NotSimulated = slices.DeleteFunc(read.NotSimulated, func(note string) bool {
		return slices.ContainsFunc(b.said, func(begin string) bool { return strings.HasPrefix(note, begin) })
	})
}

// groupNames are the key groups, for a sentence.
func (b *binder) groupNames() string {
	if len(b.groups) == 0 {
		return ""
	}
	slices.Sort(b.groups)
	return "; key groups are " + strings.Join(slices.Compact(b.groups), ", ")
}

// instead takes the place of what awsconfig notes of a setting.
func (b *binder) instead(at string) { b.said = append(b.said, at+": ") }
