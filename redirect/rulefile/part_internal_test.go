package rulefile

import "testing"

// TestAllPlain: eight bytes at once are what they are one by one.
func TestAllPlain(t *testing.T) {
	for _, others := range []byte{'-', 'a', 'z'} {
		for at := range 8 {
			for c := range 256 {
				s := []byte{others, others, others, others, others, others, others, others}
				s[at] = byte(c)
				if got, want := allPlain(string(s)), isPlain(byte(c)); got != want {
					t.Fatalf("allPlain(%q) = %v; want %v", s, got, want)
				}
			}
		}
	}
}
