package edgetest

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// fill returns s with every letter x or X, every digit 0 and every other character
// outside ASCII one of the same length. What is percent-encoded is filled and
// encoded again, so that the result is as valid and as long as s.
func fill(s string) string {
	raw := make([]byte, 0, len(s))
	escaped := make([]bool, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			raw = append(raw, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
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

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// query fills the values of a query string. A parameter without an equals sign is a
// value.
func query(s string) string {
	return each(s, "&", func(part string) string {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return fill(part)
		}
		return name + "=" + fill(value)
	})
}

// cookies fills the values of a Cookie header.
func cookies(s string) string {
	return each(s, ";", func(part string) string {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return fill(part)
		}
		return name + "=" + fill(value)
	})
}

// credentials fills what follows the scheme of an Authorization header.
func credentials(s string) string {
	scheme, rest, ok := strings.Cut(s, " ")
	if !ok {
		return fill(s)
	}
	return scheme + " " + fill(rest)
}

// body fills a body: what is base64 stays base64 of as many bytes.
func body(s string) string {
	data, err := base64.StdEncoding.DecodeString(s)
	if err != nil || strings.ContainsAny(s, "\r\n") {
		return fill(s)
	}
	if !utf8.Valid(data) {
		// The bytes of a picture say what is on it.
		return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("x"), len(data)))
	}
	return base64.StdEncoding.EncodeToString([]byte(fill(string(data))))
}

// each applies change to the parts of s.
func each(s, separator string, change func(string) string) string {
	parts := strings.Split(s, separator)
	for i, part := range parts {
		parts[i] = change(part)
	}
	return strings.Join(parts, separator)
}

// distribution returns an example id of a distribution.
func distribution(id string) string {
	const example = "EXAMPLE"
	if strings.HasSuffix(id, example) {
		return id
	}
	return strings.Repeat("E", max(0, len(id)-len(example))) + example[max(0, len(example)-len(id)):]
}

// request returns an example id of a request.
func request(id string) string {
	if len(id) > len(requestID) {
		return strings.Repeat(requestID, len(id)/len(requestID)+1)[:len(id)]
	}
	return requestID[:len(id)]
}
