package main

import (
	"cmp"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
)

// readTime reads a time, or how long it is from now.
func readTime(flag, text string, now time.Time) (time.Time, error) {
	if d, err := time.ParseDuration(text); err == nil {
		if flag == "-expires" && d <= 0 {
			return now, fmt.Errorf("-expires: got %s, which is over: want a time to come", text)
		}
		return now.Add(d), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", time.DateTime, time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return t, nil
		}
	}
	return now, fmt.Errorf("%s: got %q, want how long from now, such as 90m or 48h, or a time such as 2030-01-31T12:00:00Z", flag, text)
}

// readRange reads an address or a range of addresses.
func readRange(text string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(text); err == nil && a.Is4() {
		return netip.PrefixFrom(a, 32), nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil || !p.Addr().Is4() {
		return p, fmt.Errorf("-ip: got %q, want an IPv4 address or range such as 203.0.113.7 or 203.0.113.0/24: CloudFront takes no others", text)
	}
	return p.Masked(), nil
}

// readPrivateKey reads a private key.
func (o *options) readPrivateKey(file string) (crypto.Signer, error) {
	content, err := o.readFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("there is no such file")
	} else if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), file+": "))
	}
	if strings.Contains(string(content), "BEGIN PUBLIC KEY") {
		return nil, errors.New("a public key: want the private one that belongs to it")
	}
	key, err := signedurl.ParsePrivateKey(content)
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "signedurl: private key: "))
	}
	return key, nil
}

// makeKey writes a private key for this machine. It is an RSA key, which every signer takes. A file that is there is left alone.
func (c *command) makeKey(name string) int {
	id := settings.KeyID(name)
	if id == "" {
		return c.fail(fmt.Errorf("-new-key: got %q, want a name with letters, such as demo.pem: they are its Key-Pair-Id", name))
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return c.fail(err)
	}
	text, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return c.fail(err)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return c.fail(fmt.Errorf("-new-key: %s is there already: it stays as it is", name))
	} else if err != nil {
		return c.fail(fmt.Errorf("-new-key: %w", err))
	}
	if err := errors.Join(pem.Encode(file, &pem.Block{Type: "PRIVATE KEY", Bytes: text}), file.Close()); err != nil {
		return c.fail(err)
	}
	group := "GROUP"
	if site, err := load(c.options, nil, nil, c.stderr); err == nil {
		defer site.close()
		group = cmp.Or(site.keyGroup(), group)
	}
	c.stdout.print("wrote %s: a private key for this machine, with the Key-Pair-Id %s. Keep it out of your repository.\n"+
		"It signs for the key group to which it is bound, with -env '%s=%[1]s' or in edgelocal.yaml:\n\nkeyGroups:\n  %[4]q: %[1]q\n", name, id, group, group)
	return exitOK
}

// keyGroup is a key group of the site's, first one whose keys are not known; "" when there is none.
func (s *site) keyGroup() string {
	for _, o := range s.open {
		if o.group == "keyGroups" {
			return o.name
		}
	}
	for _, b := range append(slices.Clone(s.read.Distribution.Behaviors), s.read.Distribution.DefaultBehavior) {
		for _, g := range b.TrustedKeyGroups {
			return g.Name
		}
	}
	return ""
}
