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
	var head struct {
		Algorithm string          `json:"alg"`
		KeyID     string          `json:"kid"`
		Critical  json.RawMessage `json:"crit"`
	}
	if len(parts) != 3 || decode(parts[0], &head) != nil {
		return errors.New("no signed token")
	}
	if head.Critical != nil {
		return errors.New("the token has extensions that must be understood") // RFC 7515, section 4.1.11
	}
	if !j.signed(head.KeyID, head.Algorithm, parts) {
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
	var claims struct {
		Issuer    string    `json:"iss"`
		Audience  audiences `json:"aud"`
		Expires   float64   `json:"exp"` // seconds since 1970, with a fraction maybe
		NotBefore float64   `json:"nbf"`
	}
	if err := decode(part, &claims); err != nil {
		return err
	}
	now := float64(j.Now().UnixMilli()) / 1000
	switch {
	case claims.Issuer != j.Issuer:
		return errors.New("another issuer")
	case !slices.Contains(claims.Audience, j.Audience) && (j.Audience != "" || claims.Audience != nil):
		return errors.New("another audience")
	case now >= claims.Expires: // without exp it is 0
		return errors.New("expired")
	case now < claims.NotBefore:
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

func decode(part string, v any) error {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, v)
}
