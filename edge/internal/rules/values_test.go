package rules_test

import (
	"net/netip"
	"net/url"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// TestStandardLibrary: what is written anew here, so that functions need not link net/netip and net/url, says what these say.
func TestStandardLibrary(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "1.2.3.4", "0.0.0.0", "255.255.255.255", "256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.04", "1..3.4", ".1.2.3", "1.2.3.", "a.2.3.4", "1.2.3.4a",
		"www.example.com", "1_2.3.4", "-1.2.3.4", "1.2.3.4-", "1e1.2.3.4",
	} {
		if _, err := netip.ParseAddr(s); rules.IsIPv4(s) != (err == nil) {
			t.Errorf("IsIPv4(%q) = %v; net/netip says %v", s, rules.IsIPv4(s), err)
		}
	}
	for _, s := range []string{"", "/", "/a%20b", "%", "%4", "%41", "%4g", "%g4", "/%%41", "/%aF/%Fa", "a%4", "%zz", "%0", "%00", "é%C3%A9", "%C3%"} {
		if _, err := url.PathUnescape(s); rules.HasWholeEscapes(s) != (err == nil) {
			t.Errorf("HasWholeEscapes(%q) = %v; net/url says %v", s, rules.HasWholeEscapes(s), err)
		}
	}
}
