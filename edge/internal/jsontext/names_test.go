package jsontext_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// objectOf returns an object with these names, each with a value in which the other names' letters stand too.
func objectOf(names []string) string {
	text := []byte{'{'}
	for i, name := range names {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(jsontext.AppendString(text, name), `:[{"a":"},]"},1]`...)
	}
	return string(append(text, '}'))
}

// twice is the slow way to find a name that stands twice.
func twice(names []string) bool {
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}

func checkNames(t *testing.T, names []string) {
	t.Helper()
	err := skip(objectOf(names))
	if got, want := err != nil, twice(names); got != want {
		t.Errorf("%q: got %v; want an error: %t", names, err, want)
	}
	if err != nil && !strings.Contains(err.Reason, "stands twice") {
		t.Errorf("%q: got %v; want a name that stands twice", names, err)
	}
}

func TestNames(t *testing.T) {
	many := strings.Fields(strings.Repeat("x", 3) + " " + strings.Join(strings.Split("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", ""), " "))
	tests := []struct {
		name   string
		names  []string
		reason string
	}{
		{"none", nil, "an empty object"},
		{"short", []string{"", "a", "b", "ab", "ba", "aa", "abc", "abcd"}, "shorter than a mark"},
		{"short-twice", []string{"", "a", ""}, "the empty name"},
		{"one-mark", []string{"a-user-agent", "b-user-agent", "c-user-agent"}, "the same length and last eight bytes"},
		{"one-mark-twice", []string{"a-user-agent", "b-user-agent", "a-user-agent"}, "found behind another of its mark"},
		{"one-mark-short", []string{"abcdefg", "abcdefX", "aXcdefg"}, "names below eight bytes whose marks may be one"},
		{"more-than-room", many, "53 names"},
		{"more-than-room-twice-first", append(many[:len(many):len(many)], many[0]), "the last is the first"},
		{"more-than-room-twice-last", append(many[:len(many):len(many)], many[len(many)-1]), "the last two are one"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checkNames(t, tt.names)
		})
	}
}

// Names of one mark at every level: what is read again must not be read again at each level once more, which would take
// more than a lifetime.
func TestNamesNested(t *testing.T) {
	text := "1"
	for range jsontext.MaxDepth - 1 {
		text = `{"a-user-agent":1,"b-user-agent":` + text + `,"c-user-agent":{},"d-user-agent":2}`
	}
	if err := skip(text); err != nil {
		t.Errorf("got %v", err)
	}
}

func FuzzNames(f *testing.F) {
	f.Add("a\nb\na")
	f.Add("a-user-agent\nb-user-agent\nc-user-agent\na-user-agent")
	f.Add(strings.Repeat("x-header\ny-header\n", 30))
	f.Fuzz(func(t *testing.T, list string) {
		if !utf8.ValidString(list) || strings.Contains(list, "\x00") {
			t.Skip()
		}
		checkNames(t, strings.Split(list, "\n"))
	})
}
