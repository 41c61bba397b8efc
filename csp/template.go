package csp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Template is a policy with a place for the nonce of each response. Make one
// when the program starts. It is a value and safe for concurrent use. The zero
// Template is that of no policy.
type Template struct {
	parts []string // of the policy's text; the nonce goes between them
}

// NewTemplate compiles the policy that build makes of a nonce:
//
//	template, err := csp.NewTemplate(func(nonce csp.Nonce) (csp.Policy, error) {
//		return csp.New(csp.ScriptSrc(nonce, csp.StrictDynamic), csp.StyleSrc(csp.Self, nonce))
//	})
//
// [StrictByNonce] is such a function. It is called here and never again, with
// nonces that are not used for anything else. The errors are those of build, and
// of policies that have no nonce, differ by more than that, or cannot stand in
// a header.
func NewTemplate(build func(Nonce) (Policy, error)) (Template, error) {
	parts, err := templateParts(build)
	if err != nil {
		return Template{}, err
	}
	again, err := templateParts(build)
	if err != nil {
		return Template{}, err
	}
	if !slices.Equal(parts, again) {
		return Template{}, errors.New("csp: template: the policy is a different one every time, and not only by the nonce it is made with")
	}
	return Template{parts}, nil
}

func templateParts(build func(Nonce) (Policy, error)) ([]string, error) {
	nonce := NewNonce()
	p, err := build(nonce)
	if err != nil {
		return nil, err
	}
	if err := checkHeaderValue(p.String()); err != nil {
		return nil, fmt.Errorf("csp: template: %w", err)
	}
	parts := strings.Split(p.String(), nonce.Value())
	if len(parts) == 1 {
		return nil, fmt.Errorf("csp: template: got %q, which does not have the nonce in it; "+
			"use Policy.String for a policy that is always the same", p.String())
	}
	return parts, nil
}

// Append appends the header value with the nonce to dst. It allocates nothing if
// dst has room. It does not ask whether the response may carry a nonce: [Template.Fill]
// does. In place of the zero Nonce it takes a new one, that no element has.
func (t Template) Append(dst []byte, nonce Nonce) []byte {
	if nonce == (Nonce{}) {
		nonce = NewNonce()
	}
	for i, part := range t.parts {
		if i > 0 {
			dst = append(dst, nonce.value...)
		}
		dst = append(dst, part...)
	}
	return dst
}

// Fill gives the header value with the nonce, for a response of which d is true.
// It is an error, and there is no value, if that response must not carry a
// nonce: see [Delivery.CheckNonce].
func (t Template) Fill(nonce Nonce, d Delivery) (string, error) {
	if err := d.CheckNonce(); err != nil {
		return "", err
	}
	var room [1024]byte // on the stack, for most policies
	return string(t.Append(room[:0], nonce)), nil
}

// checkHeaderValue refuses texts, of parsed policies, that would end the header.
func checkHeaderValue(text string) error {
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\t' || c >= 0x7f {
			return fmt.Errorf("got %q in the policy at byte %d, which cannot stand in a header; take Policy.Canonical, or the character out", c, i)
		}
	}
	return nil
}
