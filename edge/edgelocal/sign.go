package main

import (
	"cmp"
	"crypto"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
)

// signOptions are the flags of "edgelocal sign", as they were given.
type signOptions struct {
	key, keyID, newKey string
	expires, start, ip string
	hash               string
	cookies            bool
	given              []string // those that were
}

func (s *signOptions) flags(f *flag.FlagSet) {
	f.StringVar(&s.key, "key", "", "")
	f.StringVar(&s.keyID, "key-id", "", "")
	f.StringVar(&s.newKey, "new-key", "", "")
	f.StringVar(&s.expires, "expires", "1h", "")
	f.StringVar(&s.start, "start", "", "")
	f.StringVar(&s.ip, "ip", "", "")
	f.StringVar(&s.hash, "hash", "SHA1", "")
	f.BoolVar(&s.cookies, "cookies", false, "")
}

// names reports whether a flag is one of sign's.
func (s *signOptions) names(flag string) bool {
	return slices.Contains([]string{"key", "key-id", "new-key", "expires", "start", "ip", "hash", "cookies"}, flag)
}

// sign signs a URL, and prints it or the cookies for it.
func (c *command) sign(words []string) int {
	o := c.signOptions
	switch {
	case o.newKey != "" && len(words) > 0:
		return c.misuse(errors.New("sign: -new-key makes a key, and signs nothing: leave the URL out"))
	case o.newKey != "":
		return c.makeKey(o.newKey)
	case len(words) != 1:
		return c.misuse(fmt.Errorf("sign: got %s, want one, or a path of the site such as /films/a.mp4", edgecli.Count(len(words), "URL")))
	}
	site, missing := load(c.options, nil, nil, io.Discard)
	if missing == nil {
		defer site.close()
	}
	target, err := c.target(site, missing, words[0])
	policy, wrong := o.policy(target, time.Now())
	signer, without := c.signer(site)
	if err := errors.Join(err, wrong, without); err != nil {
		return c.fail(err)
	}
	domain := ""
	if words[0] != target {
		domain = site.sim.DomainName()
	}
	if err := c.printSigned(signer, target, policy, domain); err != nil {
		return c.fail(signFlags(err))
	}
	return exitOK
}

// target is the URL that is signed. A path is one of the site's, by the name that it has at CloudFront.
func (c *command) target(s *site, missing error, word string) (string, error) {
	if !strings.HasPrefix(word, "/") {
		return word, nil
	}
	if s == nil {
		return "", fmt.Errorf("sign: %q is a path of a site: %w", word, missing)
	}
	return "https://" + s.sim.DomainName() + word, nil
}

// policy is what the signature allows. A star makes a custom policy.
func (o *signOptions) policy(target string, now time.Time) (p signedurl.Policy, err error) {
	var errs [3]error
	p.Expires, errs[0] = readTime("-expires", o.expires, now)
	if o.start != "" {
		p.NotBefore, errs[1] = readTime("-start", o.start, now)
	}
	if o.ip != "" {
		p.Source, errs[2] = readRange(o.ip)
	}
	custom := o.start != "" || o.ip != "" || strings.Contains(target, "*")
	if custom {
		p.Resource = strings.Replace(target, "?", `\?`, 1)
	} else if o.cookies {
		p.Resource = target
	}
	return p, errors.Join(errs[:]...)
}

// signer finds the key, and its id among those that the site trusts.
func (c *command) signer(s *site) (*signedurl.Signer, error) {
	o := c.signOptions
	signer := &signedurl.Signer{KeyPairID: o.keyID, SHA256: strings.EqualFold(o.hash, "SHA256")}
	if !signer.SHA256 && !strings.EqualFold(o.hash, "SHA1") {
		return nil, fmt.Errorf("-hash: got %q, want SHA1 or SHA256", o.hash)
	}
	trusted := map[string]edgesim.PublicKey{}
	if s != nil {
		trusted = s.trusted()
	}
	if o.key == "" {
		return signer, s.useBound(signer, trusted)
	}
	key, err := c.readPrivateKey(o.key)
	if err != nil {
		return nil, fmt.Errorf("-key %s: %w", o.key, err)
	}
	signer.Key = key
	if s != nil && len(trusted) == 0 {
		c.stderr.print("edgelocal: no behaviour of the site trusts a key: it serves requests without a signature\n")
	}
	if k, known := trusted[o.keyID]; known && !same(key, k) {
		c.stderr.print("edgelocal: the site has another key with the id %s: it answers 403 to what this one signs\n", o.keyID)
	}
	for _, id := range slices.Sorted(maps.Keys(trusted)) {
		if signer.KeyPairID == "" && same(key, trusted[id]) {
			signer.KeyPairID = id
		}
	}
	if signer.KeyPairID == "" {
		return nil, fmt.Errorf("-key %s: no key group that the site trusts has this key: bind it, with -env 'GROUP=%[1]s' here and where the site is served, "+
			"or under keyGroups in edgelocal.yaml, or say with -key-id ID which one it is; trusted are %s", o.key, cmp.Or(strings.Join(slices.Sorted(maps.Keys(trusted)), ", "), "none"))
	}
	return signer, nil
}

// useBound signs with a private key that is bound to a key group which the site trusts.
func (s *site) useBound(signer *signedurl.Signer, trusted map[string]edgesim.PublicKey) error {
	var keys map[string]crypto.Signer
	if s != nil {
		keys = s.signers
	}
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		if _, ok := trusted[id]; ok && (signer.KeyPairID == "" || signer.KeyPairID == id) {
			signer.KeyPairID, signer.Key = id, keys[id]
			return nil
		}
	}
	return errors.New("sign: no private key: say which with -key FILE.pem; or make one with \"edgelocal sign -new-key demo.pem\", and bind it to the key group, " +
		"with -env 'GROUP=demo.pem' or under keyGroups in edgelocal.yaml: then it signs without -key")
}

// trusted are the keys of all behaviours, by id.
func (s *site) trusted() map[string]edgesim.PublicKey {
	all := map[string]edgesim.PublicKey{}
	for _, b := range append(slices.Clone(s.read.Distribution.Behaviors), s.read.Distribution.DefaultBehavior) {
		for _, g := range b.TrustedKeyGroups {
			for _, k := range g.Keys {
				all[k.ID] = k
			}
		}
	}
	return all
}

// same reports whether a private key is the other half of a public one.
func same(key crypto.Signer, k edgesim.PublicKey) bool {
	public, ok := key.Public().(interface{ Equal(crypto.PublicKey) bool })
	return ok && public.Equal(k.Key)
}

// printSigned prints the URL, with the address where the site is served in the place of domain, or the cookies as a header for curl.
func (c *command) printSigned(signer *signedurl.Signer, target string, p signedurl.Policy, domain string) error {
	if c.cookies {
		cookies, err := signer.Cookies(p)
		if err != nil {
			return err
		}
		var pairs []string
		for _, cookie := range cookies {
			pairs = append(pairs, cookie.Name+"="+cookie.Value)
		}
		c.stdout.print("Cookie: %s\n", strings.Join(pairs, "; "))
	} else {
		signed, err := signer.URL(target, p)
		if err != nil {
			return err
		}
		if domain != "" {
			signed = strings.Replace(signed, "https://"+domain, "http://"+onThisMachine(c.addr), 1)
		}
		c.stdout.print("%s\n", signed)
	}
	if strings.Contains(target, "*") {
		c.stderr.print("edgelocal: the star makes a custom policy, which is for all that fits it. AWS's JavaScript library makes a canned policy of such a URL " +
			"and an expiry alone, in which CloudFront takes the star for a star: give it a policy, a start or an address range\n")
	}
	return nil
}

// signFlags is an error of the library's in the words of the flags.
func signFlags(err error) error {
	text := strings.NewReplacer("signedurl: ", "sign: ", "Expires: ", "-expires: ", "NotBefore: ", "-start: ", "before Expires", "before -expires",
		"Source: ", "-ip: ", "KeyPairID: ", "-key-id: ", "Resource: ", "", "Key: ", "-key: ").Replace(err.Error())
	return errors.New(text)
}
