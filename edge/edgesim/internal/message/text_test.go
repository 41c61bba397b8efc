package message_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

func TestShorten(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		most       int
		want       string
	}{
		{"shorter", "abc", 4, "abc"},
		{"as-long", "abcd", 4, "abcd"},
		{"longer", "abcde", 4, "abcd…"},
		{"inside-a-character", "abcé", 4, "abc…"},
		{"no-character-fits", "é", 1, "…"},
		{"not-utf-8", "\xa9\xa9\xa9", 2, "…"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := message.Shorten(tc.text, tc.most); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}
