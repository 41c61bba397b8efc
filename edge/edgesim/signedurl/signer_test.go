package signedurl_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
)

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestPolicyKind holds when a policy is a canned one: as "aws cloudfront sign" and "sign-cookies" have it.
func TestPolicyKind(t *testing.T) {
	t.Parallel()
	const film = site + "/films/a.mp4?size=large"
	end := time.Unix(1795352400, 0)
	signer := signedurl.Signer{KeyPairID: "K1", Key: newKey(t), SHA256: true}
	tests := []struct {
		name   string
		policy signedurl.Policy
		want   string // the statement; "" for a canned policy
	}{
		{"canned", signedurl.Policy{Expires: end}, ""},
		{"the-url-itself", signedurl.Policy{Expires: end, Resource: film}, ""},
		{"start", signedurl.Policy{Expires: end, NotBefore: time.Unix(5, 0)},
			`{"Statement":[{"Resource":"` + site + `/films/a.mp4\\?size=large","Condition":{"DateLessThan":{"AWS:EpochTime":1795352400},"DateGreaterThan":{"AWS:EpochTime":5}}}]}`},
		{"range", signedurl.Policy{Expires: end, Resource: "*", Source: netip.MustParsePrefix("192.0.2.0/24")},
			`{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":1795352400},"IpAddress":{"AWS:SourceIp":"192.0.2.0/24"}}}]}`},
		{"star", signedurl.Policy{Expires: end, Resource: site + "/*"},
			`{"Statement":[{"Resource":"` + site + `/*","Condition":{"DateLessThan":{"AWS:EpochTime":1795352400}}}]}`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			signed, err := signer.URL(film, tc.policy)
			if err != nil {
				t.Fatal(err)
			}
			query := mustQuery(t, signed)
			if got := decode(t, query.Get("Policy")); got != tc.want || query.Has("Expires") != (tc.want == "") || query.Get("Hash-Algorithm") != "SHA256" {
				t.Errorf("got the policy\n%s, want\n%s, in\n%s", got, tc.want, signed)
			}
		})
	}
	signed, err := signer.URL(site+"/*", signedurl.Policy{Expires: end, Resource: site + "/*"})
	if err != nil || !strings.Contains(signed, "?Policy=") {
		t.Errorf("a star in the URL itself: got %s, %v, want a custom policy", signed, err)
	}
	cookies, err := signer.Cookies(signedurl.Policy{Resource: site + "/*", Expires: end})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range cookies {
		name, attributes, _ := strings.Cut(c.String(), "=")
		_, attributes, _ = strings.Cut(attributes, "; ")
		got = append(got, name+": "+attributes)
	}
	const attributes = ": Path=/; HttpOnly; Secure"
	want := []string{"CloudFront-Policy" + attributes, "CloudFront-Signature" + attributes, "CloudFront-Key-Pair-Id" + attributes, "CloudFront-Hash-Algorithm" + attributes}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cookies (-want +got):\n%s", diff)
	}
}

// TestMistakes holds that what CloudFront would refuse is not signed.
func TestMistakes(t *testing.T) {
	t.Parallel()
	end := time.Unix(1795352400, 0)
	good := signedurl.Signer{KeyPairID: "K1", Key: newKey(t)}
	other, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	tests := []struct {
		name, url string
		signer    signedurl.Signer
		policy    signedurl.Policy
		want      string
	}{
		{"no-expiry", site + "/a", good, signedurl.Policy{}, "Expires: got 0001-01-01"},
		{"too-late", site + "/a", good, signedurl.Policy{Expires: time.Date(2038, 1, 19, 3, 14, 8, 0, time.UTC)}, "19 January 2038"},
		{"start-after-end", site + "/a", good, signedurl.Policy{Expires: end, NotBefore: end}, "before Expires"},
		{"ipv6", site + "/a", good, signedurl.Policy{Expires: end, Source: netip.MustParsePrefix("2001:db8::/32")}, "IPv4 ranges only"},
		{"resource", site + "/a", good, signedurl.Policy{Expires: end, Resource: "/a"}, "must begin with"},
		{"path", "/a", good, signedurl.Policy{Expires: end}, "an absolute one"},
		{"scheme", "ftp://a.example/a", good, signedurl.Policy{Expires: end}, "an absolute one"},
		{"wildcard", site + "/a*", good, signedurl.Policy{Expires: end, NotBefore: time.Unix(1, 0)}, "say in Resource"},
		{"no-path", site, good, signedurl.Policy{Expires: end}, "with a path"},
		{"fragment", site + "/a#b", good, signedurl.Policy{Expires: end}, "without a fragment"},
		{"space", site + "/a b", good, signedurl.Policy{Expires: end}, "escaped form"},
		{"own-policy", site + "/a?Policy=1", good, signedurl.Policy{Expires: end}, "the parameter Policy"},
		{"key-id", site + "/a", signedurl.Signer{KeyPairID: "K 1&", Key: good.Key}, signedurl.Policy{Expires: end}, `KeyPairID: got "K 1&"`},
		{"no-key", site + "/a", signedurl.Signer{KeyPairID: "K1"}, signedurl.Policy{Expires: end}, "Key: no key"},
		{"curve", site + "/a", signedurl.Signer{KeyPairID: "K1", Key: other}, signedurl.Policy{Expires: end}, "P-256"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := tc.signer.URL(tc.url, tc.policy)
			if err == nil || !strings.Contains(err.Error(), tc.want) || got != "" {
				t.Errorf("got %q and error %v, want one with %q", got, err, tc.want)
			}
		})
	}
	if _, err := good.Cookies(signedurl.Policy{Expires: end}); err == nil || !strings.Contains(err.Error(), "Resource: missing") {
		t.Errorf("cookies without a resource: got error %v", err)
	}
}

// TestPrivateKeys holds the forms of a key's file, and that no error quotes one.
func TestPrivateKeys(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	plain, _ := x509.MarshalECPrivateKey(key)
	wrapped, _ := x509.MarshalPKCS8PrivateKey(key)
	block := func(kind string, b []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}))
	}
	tests := []struct{ name, text, want string }{
		{"ecparam", block("EC PARAMETERS", []byte{6, 8}) + block("EC PRIVATE KEY", plain), ""},
		{"genpkey", "a line before it\n" + block("PRIVATE KEY", wrapped), ""},
		{"password", block("ENCRYPTED PRIVATE KEY", wrapped), "takes the password off"},
		{"public", block("PUBLIC KEY", wrapped), "want a PRIVATE KEY"},
		{"broken", block("PRIVATE KEY", wrapped[5:]), "no key inside"},
		{"empty", "", "not PEM"},
		{"der", string(wrapped), "not PEM"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := signedurl.ParsePrivateKey([]byte(tc.text))
			if tc.want == "" {
				if err != nil || !key.Equal(got) {
					t.Errorf("got another key, and error %v", err)
				}
			} else if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}

// FuzzSigned holds the two laws: what is signed is let in, and with any one byte of the URL changed it is not.
func FuzzSigned(f *testing.F) {
	f.Add("films/a.mp4", "size=large&license=yes", uint32(1795352400), false, 70, byte('x'))
	f.Add("", "", uint32(1795352400), true, 50, byte('#'))
	f.Add("films/*", "a=?", uint32(1900000000), false, 8, byte('x'))
	f.Add("*/?\\", "&&=&a", uint32(1900000000), true, 200, byte('&'))
	key := newKey(f)
	groups := []edgesim.KeyGroup{{Keys: []edgesim.PublicKey{{ID: "K1", Key: key.Public()}}}}
	f.Fuzz(func(t *testing.T, path, query string, end uint32, sha256 bool, at int, c byte) {
		signer := signedurl.Signer{KeyPairID: "K1", Key: key, SHA256: sha256}
		u := url.URL{Scheme: "https", Host: edgesim.DefaultDomainName, Path: "/" + path, RawQuery: query}
		policy := signedurl.Policy{Expires: time.Unix(int64(end), 0)}
		if at%2 == 0 {
			policy.NotBefore = time.Unix(1, 0)
		}
		signed, err := signer.URL(u.String(), policy)
		if err != nil || len(signed) > 4000 || end <= 1795348800 {
			return
		}
		if status, why := serve(t, groups, asked(signed)); status != 200 {
			t.Fatalf("%s: got %d: %s", signed, status, why)
		}
		i := len(site) + 1 + int(uint(at)%uint(len(signed)-len(site)-1))
		if c <= ' ' || c > '~' || signed[i] == c {
			return
		}
		changed := signed[:i] + string(c) + signed[i+1:]
		if _, err := url.ParseRequestURI(changed); err != nil {
			return
		}
		if status, _ := serve(t, groups, asked(changed)); status == 200 {
			t.Errorf("signed as\n%s, and let in as\n%s", signed, changed)
		}
	})
}

// asked is a request for a URL as it is written.
func asked(raw string) request {
	return request{base: raw, at: now, address: viewer}
}

// decode reads the Policy of a signed URL.
func decode(t *testing.T, policy string) string {
	t.Helper()
	text, err := base64.StdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "=", "~", "/").Replace(policy))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func mustQuery(t *testing.T, raw string) url.Values {
	t.Helper()
	return httptest.NewRequest("GET", raw, nil).URL.Query()
}
