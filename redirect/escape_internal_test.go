package redirect

import "testing"

// TestIsNormal holds the two ways to say it together: normal is what appendNormal
// leaves as it is, but for escapes, which are always looked at. The byte stands at
// each place of a word, after each kind of byte.
func TestIsNormal(t *testing.T) {
	for c := range 256 {
		for at := range 18 {
			for _, before := range []byte{'a', '\'', 'z', '!', '~'} {
				path := []byte("/aaaaaaaaaaaaaaaaaaaa")
				path[at], path[at+1] = before, byte(c)
				want := string(appendNormal(nil, string(path))) == string(path) && c != '%'
				if got := isNormal(string(path)); got != want {
					t.Fatalf("isNormal(%q) = %v; want %v", path, got, want)
				}
			}
		}
	}
}
