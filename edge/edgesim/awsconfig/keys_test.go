package awsconfig_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
)

// TestKeyGroups holds which keys a behaviour trusts, and what is said when they are not known.
func TestKeyGroups(t *testing.T) {
	t.Parallel()
	const (
		served = "DefaultCacheBehavior.%: requests without a signature are served; CloudFront answers 403: put the public keys of @ into Bindings.KeyGroups"
		some   = "DefaultCacheBehavior.%: requests signed by @ get a 403; CloudFront serves them: put the public keys into Bindings.KeyGroups"
	)
	note := func(form, member, who string) []string {
		return []string{strings.NewReplacer("%", member, "@", who).Replace(form)}
	}
	one := []edgesim.PublicKey{{ID: "K1"}}
	all := map[string][]edgesim.PublicKey{"*": one}
	tests := []struct {
		name, behavior string
		keys           map[string][]edgesim.PublicKey
		trusted        []string // groups
		notes          []string
	}{
		{"api", `"TrustedKeyGroups": {"Enabled": true, "Quantity": 2, "Items": ["g1", "g2"]}`, all, []string{"g1", "g2"}, nil},
		{"template", `"TrustedKeyGroups": ["g1"]`, all, []string{"g1"}, nil},
		{"by-name", `"TrustedKeyGroups": ["g1", "g2"]`, map[string][]edgesim.PublicKey{"g2": one}, []string{"g2"}, note(some, "TrustedKeyGroups", "g1")},
		{"unknown", `"TrustedKeyGroups": ["g1", "g2"]`, nil, nil, note(served, "TrustedKeyGroups", "g1, g2")},
		{"accounts", `"TrustedSigners": {"Enabled": true, "Quantity": 1, "Items": ["self"]}`, map[string][]edgesim.PublicKey{"self": one}, []string{"self"}, nil},
		{"both", `"TrustedSigners": ["self"], "TrustedKeyGroups": ["g1"]`, all, []string{"g1", "self"}, nil},
		{"off", `"TrustedKeyGroups": {"Enabled": false, "Quantity": 0}, "TrustedSigners": []`, all, nil, nil},
		{"on-without-any", `"TrustedSigners": {"Enabled": true, "Quantity": 0}`, all, nil, note(served, "TrustedSigners", "the signers")},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, err := awsconfig.Read([]byte(minimal(httpsOnly, disabled+`, `+tc.behavior, "")), awsconfig.Bindings{KeyGroups: tc.keys})
			if err != nil {
				t.Fatal(err)
			}
			var trusted []string
			for _, g := range c.Distribution.DefaultBehavior.TrustedKeyGroups {
				trusted = append(trusted, g.Name)
			}
			if diff := cmp.Diff(tc.trusted, trusted); diff != "" {
				t.Errorf("groups (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.notes, c.NotSimulated); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTerraformKeys holds that a state's own keys are trusted: what their owner signs is served, and nothing else.
func TestTerraformKeys(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, _ := x509.MarshalPKIXPublicKey(key.Public())
	text, _ := json.Marshal(string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})))
	file := `{"values": {"root_module": {"resources": [
		{"address": "aws_cloudfront_key_group.g", "type": "aws_cloudfront_key_group", "values": {"id": "g1", "items": ["K1", "K2", "K3"]}},
		{"address": "aws_cloudfront_public_key.a", "type": "aws_cloudfront_public_key", "values": {"id": "K1", "encoded_key": ` + string(text) + `}},
		{"address": "aws_cloudfront_public_key.b", "type": "aws_cloudfront_public_key", "values": {"id": "K2", "encoded_key": "redacted"}},
		{"address": "aws_cloudfront_distribution.d", "type": "aws_cloudfront_distribution", "values": {
			"domain_name": "d111111abcdef8.cloudfront.net", "origin": [{"origin_id": "o", "domain_name": "o.example.com", "custom_origin_config": [{"origin_protocol_policy": "https-only"}]}],
			"default_cache_behavior": [{"target_origin_id": "o", "cache_policy_id": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "trusted_key_groups": ["g1"]}]}}]}}}`
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": &edgesim.CustomOrigin{Handler: handler}}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"aws_cloudfront_public_key.b.encoded_key: not trusted: edgesim: public key K2: not PEM: want a text with the line -----BEGIN PUBLIC KEY-----"}
	if diff := cmp.Diff(want, c.NotSimulated); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	sim, err := edgesim.New(edgesim.Config{Distribution: c.Distribution})
	if err != nil {
		t.Fatal(err)
	}
	const url = "https://d111111abcdef8.cloudfront.net/a"
	signed, err := (&signedurl.Signer{KeyPairID: "K1", Key: key}).URL(url, signedurl.Policy{Expires: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	bound, err := awsconfig.Read([]byte(file), awsconfig.Bindings{KeyGroups: map[string][]edgesim.PublicKey{"g1": {{ID: "K9"}}, "*": {{ID: "K8"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if groups := bound.Distribution.DefaultBehavior.TrustedKeyGroups; len(groups) != 1 || groups[0].Keys[0].ID != "K9" {
		t.Errorf("bound by name: got %v, want K9 in place of the state's own keys", groups)
	}
	for target, status := range map[string]int{signed: 200, url: 403} {
		if resp, trace := sim.Do(httptest.NewRequest("GET", target, nil)); resp.StatusCode != status {
			t.Errorf("%s: got %d, want %d: %s", target, resp.StatusCode, status, trace.Reason)
		}
	}
}
