package viewer

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// A header is a CloudFront-* header, named without that prefix.
type header struct {
	name  string
	want  string // what its values are, in words; "" for any text
	valid func(value string) bool
}

// headers are the headers that CloudFront adds when a policy names them (adding-cloudfront-headers.html, and viewer-mtls-headers.html
// for client certificates, as they were in 2026). Where these pages do not say what a value looks like, any is right.
func headers() []header {
	list := []header{
		{address, "an address and a port, such as 203.0.113.7:4711 or [2001:db8::7]:4711", func(s string) bool {
			_, err := netip.ParseAddrPort(s)
			return err == nil
		}},
		{"Viewer-ASN", "the number of a network, such as 64496", all(1, 10, digit)},
		{"Viewer-Country", "two capital letters (ISO 3166-1), such as CH", all(2, 2, capital)},
		{"Viewer-Country-Region", "up to three capital letters and digits (ISO 3166-2), such as ZH", all(1, 3, capital, digit)},
		{"Viewer-Latitude", "a number from -90 to 90, such as 47.37", within(90)},
		{"Viewer-Longitude", "a number from -180 to 180, such as 8.54", within(180)},
		{"Viewer-Metro-Code", "a number, such as 819", all(1, 10, digit)},
		{"Viewer-Header-Count", "a number, such as 12", all(1, 10, digit)},
		{"Viewer-Http-Version", "a version, such as 2.0", all(1, 4, digit, func(c byte) bool { return c == '.' })},
		{"Viewer-TLS", "a version and a cipher, such as TLSv1.3:TLS_AES_128_GCM_SHA256:fullHandshake", func(s string) bool {
			return strings.HasPrefix(s, "TLSv1") && strings.Contains(s, ":")
		}},
		{"Viewer-JA3-Fingerprint", "32 hexadecimal digits", all(32, 32, hexadecimal)},
		{protocol, "http or https", among("http", "https")},
		{"Error-Uri", "a path with its leading slash", func(s string) bool { return strings.HasPrefix(s, "/") }},
		{"Viewer-Cert-Present", "1 or 0", among("1", "0")},
		{"Viewer-Cert-Sha256", "64 hexadecimal digits", all(64, 64, hexadecimal)},
	}
	for _, device := range []string{"Android", "Desktop", "IOS", "Mobile", "SmartTV", "Tablet"} {
		list = append(list, header{"Is-" + device + "-Viewer", "true or false", among("true", "false")})
	}
	for _, name := range []string{"Viewer-City", "Viewer-Country-Name", "Viewer-Country-Region-Name", "Viewer-Postal-Code", "Viewer-Time-Zone",
		"Viewer-Header-Order", "Viewer-JA4-Fingerprint", "Error-Args", "Viewer-Cert-Serial-Number", "Viewer-Cert-Issuer", "Viewer-Cert-Subject",
		"Viewer-Cert-Validity", "Viewer-Cert-Pem"} {
		list = append(list, header{name, "", func(string) bool { return true }})
	}
	return list
}

// headerNames are the names of the headers, with that in front of each.
func headerNames(prefix string) []string {
	var names []string
	for _, h := range headers() {
		names = append(names, prefix+h.name)
	}
	return names
}

// find is the header of that name, in whatever case; nil when none is known.
func find(name string) *header {
	for _, h := range headers() {
		if strings.EqualFold(h.name, name) {
			return &h
		}
	}
	return nil
}

// check says what is wrong with the mock of a header, "" when nothing is.
func (h *header) check(value string) string {
	switch at := mockPrefix + cloudFront + h.name; {
	case h.valid(value):
		return ""
	case h.name == address:
		return at + ": want " + h.want // a viewer's address stands in no note
	default:
		return fmt.Sprintf("%s: got %q, want %s", at, shown(value), h.want)
	}
}

func among(values ...string) func(string) bool {
	return func(s string) bool { return slices.Contains(values, s) }
}

// all is for values of that length, each byte of which is of one of the kinds.
func all(shortest, longest int, kinds ...func(byte) bool) func(string) bool {
	return func(s string) bool {
		for i := range len(s) {
			if !slices.ContainsFunc(kinds, func(kind func(byte) bool) bool { return kind(s[i]) }) {
				return false
			}
		}
		return len(s) >= shortest && len(s) <= longest
	}
}

func digit(c byte) bool       { return '0' <= c && c <= '9' }
func capital(c byte) bool     { return 'A' <= c && c <= 'Z' }
func hexadecimal(c byte) bool { return digit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

func within(degrees float64) func(string) bool {
	return func(s string) bool {
		n, err := strconv.ParseFloat(s, 64)
		return err == nil && -degrees <= n && n <= degrees
	}
}
