package csp

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
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
	// Nonces that nothing but this comparison ever sees.
	parts, err := templateParts(build, Nonce{"placeholderplaceholder1"})
	if err != nil {
		return Template{}, err
	}
	again, err := templateParts(build, Nonce{"placeholderplaceholder2"})
	if err != nil {
		return Template{}, err
	}
	if !slices.Equal(parts, again) {
		return Template{}, errors.New("csp: template: the policy is a different one every time, and not only by the nonce it is made with")
	}
	return Template{parts}, nil
}

func templateParts(build func(Nonce) (Policy, error), nonce Nonce) ([]string, error) {
	p, err := build(nonce)
	if err != nil {
		return nil, err
	}
	if err := syntax.CheckHeaderValue(p.String()); err != nil {
		return nil, errors.New("csp: template: " + err.Error())
	}
	parts := strings.Split(p.String(), nonce.Value())
	if len(parts) == 1 {
		return nil, errors.New("csp: template: got " + strconv.Quote(p.String()) + ", which does not have the nonce in it; " +
			"use Policy.String for a policy that is always the same")
	}
	return parts, nil
}

// Append appends the header value with the nonce to dst. It allocates nothing if
// dst has room. It does not ask whether the response may carry a nonce: [Template.Fill]
// does. In place of the zero Nonce it takes a random one, that no element has.
func (t Template) Append(dst []byte, nonce Nonce) []byte {
	if nonce == (Nonce{}) {
		nonce = unknownNonce()
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

// unknownNonce gives a nonce that nobody knows and no element has. It takes the
// place of a missing one: with an empty value 'unsafe-inline' beside it would count.
func unknownNonce() Nonce {
	return Nonce{strconv.FormatUint(rand.Uint64(), 36) + strconv.FormatUint(rand.Uint64(), 36)}
}
