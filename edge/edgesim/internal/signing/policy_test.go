package signing

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestParse holds what a custom policy may be. The clauses are of
// private-content-creating-signed-url-custom-policy.html.
func TestParse(t *testing.T) {
	t.Parallel()
	const until = `"DateLessThan":{"AWS:EpochTime":1790000000}`
	tests := []struct{ name, text, want string }{
		{"list", `{"Statement":[{"Resource":"https://a.example/*","Condition":{` + until + `}}]}`, ""},
		{"object", "{\"Statement\": {\n\"Condition\":{" + until + "}}}", ""},
		{"all", `{"Statement":[{"Condition":{"IpAddress":{"AWS:SourceIp":"192.0.2.0/24"},` + until + `,"DateGreaterThan":{"AWS:EpochTime":1}}}]}`, ""},
		{"two-statements", `{"Statement":[{},{}]}`, "one is allowed"},
		{"no-statement", `{}`, "Statement: missing"},
		{"not-json", `Statement`, "not a JSON object"},
		{"more-after-it", `{"Statement":[{"Condition":{` + until + `}}]}{}`, "not a JSON object"},
		{"null", `null`, "not a JSON object"},
		{"lower-case", `{"Statement":[{"resource":"https://a.example/*","Condition":{` + until + `}}]}`, "to be spelled so"},
		{"no-condition", `{"Statement":[{"Resource":"https://a.example/*"}]}`, "Condition: missing"},
		{"no-expiry", `{"Statement":[{"Condition":{}}]}`, "DateLessThan: missing"},
		{"unknown-condition", `{"Statement":[{"Condition":{` + until + `,"Referer":{}}}]}`, `"Referer"`},
		{"quoted-time", `{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":"1790000000"}}}]}`, "without quotation marks"},
		{"milliseconds", `{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":1790000000000}}}]}`, "milliseconds"},
		{"negative", `{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":-1}}}]}`, "digits"},
		{"fraction", `{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":1.5}}}]}`, "digits"},
		{"time-of-nothing", `{"Statement":[{"Condition":{"DateLessThan":{}}}]}`, "digits"},
		{"ipv6", `{"Statement":[{"Condition":{` + until + `,"IpAddress":{"AWS:SourceIp":"2001:db8::/32"}}}]}`, "IPv4"},
		{"address-without-length", `{"Statement":[{"Condition":{` + until + `,"IpAddress":{"AWS:SourceIp":"192.0.2.1"}}}]}`, "/32"},
		{"two-ranges", `{"Statement":[{"Condition":{` + until + `,"IpAddress":{"AWS:SourceIp":["192.0.2.1/32","192.0.2.2/32"]}}}]}`, "one IPv4 range"},
		{"resource-without-scheme", `{"Statement":[{"Resource":"a.example/x","Condition":{` + until + `}}]}`, "must begin with"},
		{"two-resources", `{"Statement":[{"Resource":["https://a.example/"],"Condition":{` + until + `}}]}`, "one URL"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := parse([]byte(tc.text))
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}

// FuzzPolicy holds that what is written is read the same, and that no text makes parse panic.
func FuzzPolicy(f *testing.F) {
	f.Add(`https://d111111abcdef8.cloudfront.net/a"b\?c=d`, int64(1790000000), int64(5), uint32(0xc0000200), byte(24))
	f.Add("", int64(1), int64(0), uint32(0), byte(40))
	f.Fuzz(func(t *testing.T, resource string, expires, start int64, address uint32, bits byte) {
		parse([]byte(resource))
		want := &Policy{Resource: "*://" + strings.ToValidUTF8(resource, ""), Expires: expires & MaxTime, NotBefore: start & MaxTime}
		if bits <= 32 {
			raw := [4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}
			want.Source = netip.PrefixFrom(netip.AddrFrom4(raw), int(bits)).Masked()
		}
		got, err := parse(want.Text())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
			t.Errorf("(-written +read):\n%s", diff)
		}
	})
}

// TestEncoding holds that no two texts stand for the same bytes, so that a changed signature is another one.
func TestEncoding(t *testing.T) {
	t.Parallel()
	if got := Encode([]byte{0xfb, 0xff}); got != "-~8_" {
		t.Errorf(`got %q, want "-~8_"`, got)
	}
	for _, text := range []string{"", "+~8_", "-/8_", "-~8=", "-~8", "-~9_", "-~8_\n", "-~\r8_", "%2D~8_"} {
		if b, err := decode(text); err == nil {
			t.Errorf("%q was read as %x", text, b)
		}
	}
}
