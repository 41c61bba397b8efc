package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// clean takes out of a text, or of a line of one, what a terminal could take for
// orders or could show in another order, and what GitHub's runner would take for a
// command: "::" at the beginning of a line and "##[" anywhere (actions/runner,
// ActionCommand.cs).
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	if strings.HasPrefix(strings.TrimLeft(s, " "), "::") {
		s = string(unicode.ReplacementChar) + s
	}
	return strings.ReplaceAll(s, "##[", "##\ufffd[")
}

// cleanJSON escapes the same in JSON, where it can be in strings only.
func cleanJSON(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "##[", `##\u005b`) {
		switch {
		case unicode.IsPrint(r) || r == '\n':
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// escapeData escapes the message of a command to GitHub's runner, and
// escapeProperty what stands before it (actions/toolkit, command.ts).
func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escapeData(s))
}
