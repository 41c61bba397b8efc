package ascii_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

func TestWord(t *testing.T) {
	for _, tt := range []struct{ name, s, want string }{
		{"empty", "", ""},
		{"whole", "page_2", "page_2"},
		{"before-hyphen", "page-2", "page"},
		{"digit-first", "2nd", ""},
		{"underscore-first", "_id", ""},
		{"not-ascii", "año", "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ascii.Word(tt.s); got != tt.want {
				t.Errorf("Word(%q) = %q; want %q", tt.s, got, tt.want)
			}
		})
	}
}

// The classes are those of regular expressions: \w is a word's, \d a digit.
func TestClasses(t *testing.T) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	const digits = "0123456789"
	for i := range 256 {
		c := byte(i)
		for _, class := range []struct {
			name  string
			is    func(byte) bool
			chars string
		}{
			{"IsLetter", ascii.IsLetter, letters},
			{"IsDigit", ascii.IsDigit, digits},
			{"IsWord", ascii.IsWord, letters + digits + "_"},
		} {
			if got, want := class.is(c), strings.IndexByte(class.chars, c) >= 0; got != want {
				t.Errorf("%s(%q) = %v; want %v", class.name, c, got, want)
			}
		}
	}
}
