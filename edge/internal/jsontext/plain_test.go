package jsontext

import (
	"strings"
	"testing"
)

// slowPlainEnd is plainEnd as anyone would write it.
func slowPlainEnd(text string, i int) int {
	for ; i < len(text); i++ {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x80 {
			break
		}
	}
	return i
}

func TestPlainEnd(t *testing.T) {
	for c := range 256 {
		for length := range 20 {
			for at := range length {
				text := strings.Repeat("a", at) + string([]byte{byte(c)}) + strings.Repeat("~", length-at-1)
				for i := range length {
					if got, want := plainEnd(text, i), slowPlainEnd(text, i); got != want {
						t.Fatalf("%q from %d: got %d; want %d", text, i, got, want)
					}
				}
			}
		}
	}
}

func FuzzPlainEnd(f *testing.F) {
	f.Add("0123456789\x00\x1f !\"#[\\]~\x7f\x80\xff")
	f.Fuzz(func(t *testing.T, text string) {
		for i := range text {
			if got, want := plainEnd(text, i), slowPlainEnd(text, i); got != want {
				t.Fatalf("%q from %d: got %d; want %d", text, i, got, want)
			}
		}
	})
}
