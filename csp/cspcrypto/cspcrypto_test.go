package cspcrypto_test

import (
	"fmt"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/google/go-cmp/cmp"
)

func TestHashes(t *testing.T) {
	t.Parallel()
	// The digests of no bytes, of FIPS 180-4.
	want := []string{
		"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
		"sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb",
		"sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
	}
	got := []string{cspcrypto.SHA256("").String(), cspcrypto.SHA384([]byte{}).String(), cspcrypto.SHA512("").String()}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestInline: whichever algorithm a policy names, its hash matches.
func TestInline(t *testing.T) {
	t.Parallel()
	for _, h := range []csp.Hash{cspcrypto.SHA256("start()"), cspcrypto.SHA384("start()"), cspcrypto.SHA512("start()")} {
		p := csp.Must(csp.New(csp.ScriptSrc(h)))
		for code, want := range map[string]bool{"start()": true, "start() ": false} {
			if got := p.AllowsInline(cspcrypto.Inline(csp.InlineScript, code)); got != want {
				t.Errorf("%s: %q: got %v; want %v", p, code, got, want)
			}
		}
	}
}

func ExampleInline() {
	policy, _ := csp.Parse("script-src '" + cspcrypto.SHA256("start()").String() + "'")
	fmt.Println(policy.AllowsInline(cspcrypto.Inline(csp.InlineScript, "start()")))
	fmt.Println(policy.AllowsInline(cspcrypto.Inline(csp.InlineScript, "steal()")))
	// Output:
	// true
	// false
}
