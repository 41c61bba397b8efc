package redact

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// Fill returns s with every letter x or X, every digit 0 and every other character
// outside ASCII one of the same length. What is percent-encoded is filled and
// encoded again, so that the result is as valid and as long as s.
func Fill(s string) string {
	raw := make([]byte, 0, len(s))
	escaped := make([]bool, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && rules.Unhex(s[i+1]) >= 0 && rules.Unhex(s[i+2]) >= 0 {
			raw = append(raw, byte(rules.Unhex(s[i+1])<<4|rules.Unhex(s[i+2])))
			escaped = append(escaped, true)
			i += 2
			continue
		}
		raw, escaped = append(raw, s[i]), append(escaped, false)
	}
	raw = fillBytes(raw)
	var b strings.Builder
	for i, c := range raw {
		if escaped[i] {
			const digits = "0123456789ABCDEF"
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// fillBytes fills b in place, character by character if they are that.
func fillBytes(b []byte) []byte {
	for i := 0; i < len(b); {
		c, n := utf8.DecodeRune(b[i:])
		switch {
		case 'a' <= c && c <= 'z':
			b[i] = 'x'
		case 'A' <= c && c <= 'Z':
			b[i] = 'X'
		case '0' <= c && c <= '9':
			b[i] = '0'
		case c == utf8.RuneError && n == 1:
			b[i] = 'x'
		case n > 1:
			copy(b[i:], [...]string{2: "é", 3: "€", 4: "😀"}[n])
		}
		i += n
	}
	return b
}

// Query fills the values of a query string. A parameter without an equals sign is a
// value.
func Query(s string) string {
	return Each(s, "&", func(part string) string {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return Fill(part)
		}
		return name + "=" + Fill(value)
	})
}

// Cookies fills the values of a Cookie header.
func Cookies(s string) string {
	return Each(s, ";", func(part string) string {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return Fill(part)
		}
		return name + "=" + Fill(value)
	})
}

// Credentials fills what follows the scheme of an Authorization header.
func Credentials(s string) string {
	scheme, rest, ok := strings.Cut(s, " ")
	if !ok {
		return Fill(s)
	}
	return scheme + " " + Fill(rest)
}

// Body fills a body: what is base64 stays base64 of as many bytes.
func Body(s string) string {
	data, err := base64.StdEncoding.DecodeString(s)
	if err != nil || strings.ContainsAny(s, "\r\n") {
		return Fill(s)
	}
	if !utf8.Valid(data) {
		// The bytes of a picture say what is on it.
		return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("x"), len(data)))
	}
	return base64.StdEncoding.EncodeToString([]byte(Fill(string(data))))
}

// Each applies change to the parts of s.
func Each(s, separator string, change func(string) string) string {
	parts := strings.Split(s, separator)
	for i, part := range parts {
		parts[i] = change(part)
	}
	return strings.Join(parts, separator)
}
