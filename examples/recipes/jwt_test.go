package recipes_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

// An issuer signs tokens.
type issuer struct {
	rsa *rsa.PrivateKey
	ec  *ecdsa.PrivateKey
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	e, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &issuer{r, e}
}

func encoded(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// token signs the claims as alg says: RS256, ES256, HS256 with the public RSA key as its secret, or anything else with no signature.
func (i *issuer) token(t *testing.T, alg, head, claims string) string {
	t.Helper()
	text := encoded(head) + "." + encoded(claims)
	sum := sha256.Sum256([]byte(text))
	var signature []byte
	var err error
	switch alg {
	case "RS256":
		signature, err = rsa.SignPKCS1v15(rand.Reader, i.rsa, crypto.SHA256, sum[:])
	case "ES256":
		var r, s *big.Int
		if r, s, err = ecdsa.Sign(rand.Reader, i.ec, sum[:]); err == nil {
			signature = append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
		}
	case "ES256 in DER":
		signature, err = ecdsa.SignASN1(rand.Reader, i.ec, sum[:])
	case "HS256":
		mac := hmac.New(sha256.New, x509.MarshalPKCS1PublicKey(&i.rsa.PublicKey))
		mac.Write([]byte(text))
		signature = mac.Sum(nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func TestJWTCheck(t *testing.T) {
	i := newIssuer(t)
	now := time.Unix(1_800_000_000, 0)
	check := recipes.JWT{Issuer: "https://login.example.com", Audience: "site", Now: func() time.Time { return now },
		Keys: map[string]crypto.PublicKey{"r": &i.rsa.PublicKey, "e": &i.ec.PublicKey}}.Check
	const (
		rs256 = `{"alg":"RS256","kid":"r"}`
		good  = `{"iss":"https://login.example.com","aud":"site","exp":1800000001,"nbf":1800000000}`
	)
	tests := []struct {
		name, alg, head, claims string
		want                    string // the error, "" for none
	}{
		{"RS256", "RS256", rs256, good, ""},
		{"ES256", "ES256", `{"alg":"ES256","kid":"e"}`, good, ""},
		{"several audiences", "RS256", rs256, `{"iss":"https://login.example.com","aud":["app","site"],"exp":1800000000.5}`, ""},

		{"none", "none", `{"alg":"none","kid":"r"}`, good, "no signature by a known key"},
		{"None", "none", `{"alg":"None"}`, good, "no signature by a known key"},
		{"HS256 with the public key", "HS256", `{"alg":"HS256","kid":"r"}`, good, "no signature by a known key"},
		{"HS256 that says RS256", "HS256", rs256, good, "no signature by a known key"},
		{"a key for another algorithm", "RS256", `{"alg":"ES256","kid":"r"}`, good, "no signature by a known key"},
		{"an algorithm that nobody uses", "RS256", `{"alg":"RS512","kid":"r"}`, good, "no signature by a known key"},
		{"another key", "ES256", rs256, good, "no signature by a known key"},
		{"an unknown key", "RS256", `{"alg":"RS256","kid":"x"}`, good, "no signature by a known key"},
		{"no key id", "RS256", `{"alg":"RS256"}`, good, "no signature by a known key"},
		{"key in the token", "RS256", `{"alg":"RS256","jwk":{"kty":"RSA"}}`, good, "no signature by a known key"},
		{"ES256 in DER", "ES256 in DER", `{"alg":"ES256","kid":"e"}`, good, "no signature by a known key"},
		{"critical extension", "RS256", `{"alg":"RS256","kid":"r","crit":["b64"]}`, good, "the token has extensions that must be understood"},

		{"expired now", "RS256", rs256, `{"iss":"https://login.example.com","aud":"site","exp":1800000000}`, "expired"},
		{"no expiry", "RS256", rs256, `{"iss":"https://login.example.com","aud":"site"}`, "expired"},
		{"not yet", "RS256", rs256, `{"iss":"https://login.example.com","aud":"site","exp":1900000000,"nbf":1800000001}`, "not yet valid"},
		{"another issuer", "RS256", rs256, `{"iss":"https://evil.example","aud":"site","exp":1900000000}`, "another issuer"},
		{"another audience", "RS256", rs256, `{"iss":"https://login.example.com","aud":["app"],"exp":1900000000}`, "another audience"},
		{"no audience", "RS256", rs256, `{"iss":"https://login.example.com","exp":1900000000}`, "another audience"},

		// Names are case-sensitive (RFC 7519, section 10.1.1; RFC 7515, section 9.1.1), also for one who may choose other claims.
		{"expired, and EXP", "RS256", rs256, `{"iss":"https://login.example.com","aud":"site","exp":1,"EXP":1900000000}`, "expired"},
		{"another audience, and Aud", "RS256", rs256, `{"iss":"https://login.example.com","aud":"app","Aud":"site","exp":1900000000}`, "another audience"},
		{"another issuer, and ISS", "RS256", rs256, `{"iss":"joe","ISS":"https://login.example.com","aud":"site","exp":1900000000}`, "another issuer"},
		{"Kid", "RS256", `{"alg":"RS256","Kid":"r"}`, good, "no signature by a known key"},
	}
	for _, test := range tests {
		got := ""
		if err := check(i.token(t, test.alg, test.head, test.claims)); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	for _, text := range []string{"", ".", "..", "a.b.c", "a.b", "e30.e30.e30.e30", encoded("{}") + "." + encoded("{}") + "."} {
		if check(text) == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

// TestJWTSignature holds that a signature has one text: another one would be the same token once more, where tokens are counted or
// revoked. 64 bytes are 85 characters and two bits: the other four of the last character are zero.
func TestJWTSignature(t *testing.T) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	i := newIssuer(t)
	check := recipes.JWT{Keys: map[string]crypto.PublicKey{"e": &i.ec.PublicKey}, Now: func() time.Time { return time.Unix(0, 0) }}.Check
	token := i.token(t, "ES256", `{"alg":"ES256","kid":"e"}`, `{"exp":1}`)
	if err := check(token); err != nil {
		t.Fatal(err)
	}
	rest, last := token[:len(token)-1], strings.IndexByte(alphabet, token[len(token)-1])
	if err := check(rest + alphabet[last+1:last+2]); err == nil {
		t.Error("with a bit more that does not count the token was taken")
	}
}

// TestJWTWithoutAudience holds that a check without an audience takes tokens for everybody alone.
func TestJWTWithoutAudience(t *testing.T) {
	i := newIssuer(t)
	check := recipes.JWT{Keys: map[string]crypto.PublicKey{"r": &i.rsa.PublicKey}, Now: func() time.Time { return time.Unix(0, 0) }}.Check
	for claims, good := range map[string]bool{
		`{"exp":1}`: true, `{"exp":1,"aud":"app"}`: false, `{"exp":1,"aud":""}`: false, `{"exp":1,"aud":["app",""]}`: false, `{"exp":1,"aud":null}`: false,
	} {
		if err := check(i.token(t, "RS256", `{"alg":"RS256","kid":"r"}`, claims)); (err == nil) != good {
			t.Errorf("%s: got %v", claims, err)
		}
	}
}

// TestJWTOfRFC takes the token of RFC 7515, appendix A.3, which has no key id and no audience.
func TestJWTOfRFC(t *testing.T) {
	const token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
		"DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
	x, errX := base64.RawURLEncoding.DecodeString("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")
	y, errY := base64.RawURLEncoding.DecodeString("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), slices.Concat([]byte{4}, x, y))
	if err := errors.Join(errX, errY, err); err != nil {
		t.Fatal(err)
	}
	j := recipes.JWT{Issuer: "joe", Keys: map[string]crypto.PublicKey{"": key}, Now: func() time.Time { return time.Unix(1_300_819_379, 0) }}
	if err := j.Check(token); err != nil {
		t.Error(err)
	}
}

func TestJWT(t *testing.T) {
	i := newIssuer(t)
	var sim *edgesim.Simulator
	f := recipes.JWT{Issuer: "joe", Keys: map[string]crypto.PublicKey{"e": &i.ec.PublicKey}, Now: func() time.Time { return sim.Now() }}.Function()
	b := edgesim.Behavior{Origin: bucket("a.html"), CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f)}
	sim = behind(t, b)
	bearer := func(d time.Duration) []string {
		claims := fmt.Sprintf(`{"iss":"joe","exp":%d}`, sim.Now().Add(d).Unix())
		return []string{"Authorization", "Bearer " + i.token(t, "ES256", `{"alg":"ES256","kid":"e"}`, claims)}
	}
	const refused = `401 | LambdaGeneratedResponse | Bearer error="invalid_token" | This page needs a token.`
	minute := bearer(time.Minute)
	check(t, sim, "X-Cache WWW-Authenticate", []row{
		{"good", "/a.html", minute, "200 | Miss |  | a.html", ""},
		{"again", "/a.html", bearer(time.Hour), "200 | Hit |  | a.html", "tokens are not in the key"},
		{"none", "/a.html", nil, refused, "though the page is in the cache"},
		{"forged", "/a.html", []string{"Authorization", "Bearer a.b.c"}, refused, ""},
		{"scheme", "/a.html", []string{"Authorization", strings.Replace(minute[1], "Bearer", "Basic", 1)}, refused, "a token is for Bearer (RFC 6750, section 2.1)"},
	})
	sim.Advance(time.Minute)
	check(t, sim, "X-Cache WWW-Authenticate", []row{{"expired", "/a.html", minute, refused, "it was good a minute ago"}})

	t.Run("mistake", func(t *testing.T) {
		b.Functions = edgesim.Associate(&edge.Function{OriginRequest: f.ViewerRequest})
		b.Origin, b.OriginRequestPolicy = server("origin.example.com", path), edgesim.AllViewerExceptHostHeader()
		sim = behind(t, b)
		check(t, sim, "X-Cache", []row{
			{"good", "/a.html", bearer(time.Hour), "200 | Miss | /a.html", ""},
			{"none", "/a.html", nil, "200 | Hit | /a.html", "at origin-request the cache answers first, and asks nobody for a token"},
		})
	})
}
