package syntax

import (
	"strings"
	"testing"
)

func TestHashShape(t *testing.T) {
	t.Parallel()
	const digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	tests := []struct {
		reason, value string
		shape         HashShape
		digest        string
	}{
		{"as SHA-256 makes it", digest, HashExact, digest},
		{"base64url", strings.NewReplacer("+", "-", "/", "_").Replace(digest), HashExact, digest},
		{"no padding", digest[:43], HashInexact, digest},
		{"the last character has bits that are not of 256", digest[:42] + "V=", HashInexact, digest},
		{"both", digest[:42] + "W", HashInexact, digest},
		{"one = too many", digest + "=", HashWrongLength, ""},
		{"three bytes", "AAAA", HashWrongLength, ""},
		{"decoded leniently by all", "AA=", HashWrongLength, ""},
		{"five characters are no base64", "abcde", HashUndecodable, ""},
		{"nor with padding", "AAAAA=", HashUndecodable, ""},
	}
	for _, tt := range tests {
		s := ParseSource("'sha256-" + tt.value + "'")
		if s.HashShape() != tt.shape || s.PaddedDigest() != tt.digest {
			t.Errorf("%s: %q: got %d, %q; want %d, %q", tt.reason, tt.value, s.HashShape(), s.PaddedDigest(), tt.shape, tt.digest)
		}
	}
}
