package syntax

import (
	"errors"
	"strconv"
	"strings"
)

// SandboxTokens are those of the sandbox attribute of HTML.
var SandboxTokens = [...]string{
	"allow-downloads",
	"allow-forms",
	"allow-modals",
	"allow-orientation-lock",
	"allow-pointer-lock",
	"allow-popups",
	"allow-popups-to-escape-sandbox",
	"allow-presentation",
	"allow-same-origin",
	"allow-scripts",
	"allow-top-navigation",
	"allow-top-navigation-by-user-activation",
	"allow-top-navigation-to-custom-protocols",
}

func isSandboxToken(t string) bool {
	for _, name := range SandboxTokens {
		if EqualFold(name, t) {
			return true
		}
	}
	return false
}

// IsPolicyName reports whether t is a tt-policy-name (Trusted Types, 4.3.2).
func IsPolicyName(t string) bool {
	for i := range len(t) {
		if c := t[i]; !IsAlpha(c) && !IsDigit(c) && strings.IndexByte("-#=_/@.%", c) < 0 {
			return false
		}
	}
	return t != ""
}

// CheckURIReference accepts the characters of RFC 3986, 2, but for ";" and ",",
// which have a meaning in policies.
func CheckURIReference(u string) error {
	if u == "" {
		return errors.New("URL: got an empty one")
	}
	for i := 0; i < len(u); i++ {
		c := u[i]
		escape := c == '%' && i+2 < len(u) && IsHex(u[i+1]) && IsHex(u[i+2])
		if !escape && Classes[c]&classURL == 0 {
			return errors.New("URL: got " + strconv.Quote(u) + " with " + strconv.QuoteRune(rune(c)) + " in it; escape it with " + escapeOf(c))
		}
	}
	return nil
}

func escapeOf(c byte) string {
	const hex = "0123456789ABCDEF"
	return string([]byte{'%', hex[c>>4], hex[c&15]})
}

// MinNonce is the number of base64 characters that 128 bits take, the least
// that draft 7.1 asks for.
const MinNonce = 22

// CheckHeaderValue refuses texts, of parsed policies, that would end the header.
func CheckHeaderValue(text string) error {
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\t' || c >= 0x7f {
			return errors.New("got " + strconv.QuoteRune(rune(c)) + " in the policy at byte " + strconv.Itoa(i) +
				", which cannot stand in a header; take Policy.Canonical, or the character out")
		}
	}
	return nil
}
