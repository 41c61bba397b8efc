package recipes

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A JWT lets requests pass that have a JSON Web Token (RFC 7519) of one issuer, signed
// with one of the keys. There is no leeway: the issuer's clock must be right.
type JWT struct {
	Issuer   string
	Audience string                      // one of the token's; "": the token must have none
	Keys     map[string]crypto.PublicKey // by id (kid): *rsa.PublicKey is for RS256, *ecdsa.PublicKey on P-256 for ES256
	Now      func() time.Time            // time.Now in a function
}

// Function is the function that asks for a token.
func (j JWT) Function() *edge.Function {
	return &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if strings.EqualFold(scheme, "Bearer") && j.Check(token) == nil {
			return r, nil
		}
		answer := edge.TextResponse(401, "This page needs a token.\n")
		answer.Header.Set("WWW-Authenticate", `Bearer error="invalid_token"`) // and not why: RFC 6750, section 3.1
		return answer, nil
	}}
}

// Check says why a token is not good, nil if it is.
func (j JWT) Check(token string) error {
	parts := strings.Split(token, ".")
	var algorithm, keyID string
	var critical json.RawMessage
	if len(parts) != 3 || decode(parts[0], members{"alg": &algorithm, "kid": &keyID, "crit": &critical}) != nil {
		return errors.New("no signed token")
	}
	if critical != nil {
		return errors.New("the token has extensions that must be understood") // RFC 7515, section 4.1.11
	}
	if !j.signed(keyID, algorithm, parts) {
		return errors.New("no signature by a known key")
	}
	return j.checkClaims(parts[1])
}

// signed verifies the signature. The key says what it is for, and the token has to say the same: a token that
// could choose would choose "none", or HS256 with the public key as its secret (RFC 8725, section 3.1). All that is
// compared here is public, so that its time may tell something.
func (j JWT) signed(keyID, algorithm string, parts []string) bool {
	signature, err := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	switch key := j.Keys[keyID].(type) {
	case *rsa.PublicKey:
		return algorithm == "RS256" && rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) == nil
	case *ecdsa.PublicKey:
		if algorithm != "ES256" || key.Curve != elliptic.P256() || len(signature) != 64 { // RFC 7518, section 3.4
			return false
		}
		return ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
	}
	return false
}

func (j JWT) checkClaims(part string) error {
	var issuer string
	var audience audiences
	var expires, notBefore float64 // seconds since 1970, with a fraction maybe
	if err := decode(part, members{"iss": &issuer, "aud": &audience, "exp": &expires, "nbf": &notBefore}); err != nil {
		return err
	}
	now := float64(j.Now().UnixMilli()) / 1000
	switch {
	case issuer != j.Issuer:
		return errors.New("another issuer")
	case j.Audience == "" && audience != nil, j.Audience != "" && !slices.Contains(audience, j.Audience):
		return errors.New("another audience")
	case now >= expires: // without exp it is 0
		return errors.New("expired")
	case now < notBefore:
		return errors.New("not yet valid")
	}
	return nil
}

// audiences are a list or a single string (RFC 7519, section 4.1.3).
type audiences []string

// UnmarshalJSON takes both.
func (a *audiences) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*a = audiences{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(a))
}

// members are the variables that members of an object go into.
type members map[string]any

// decode reads the members by their exact names. In a struct encoding/json would take "EXP", a claim that others may choose, for "exp"
// (RFC 7519, section 10.1.1: names are case-sensitive).
func decode(part string, wanted members) error {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(text, &object); err != nil {
		return err
	}
	for name, variable := range wanted {
		if raw, ok := object[name]; ok {
			if err := json.Unmarshal(raw, variable); err != nil {
				return err
			}
		}
	}
	return nil
}
