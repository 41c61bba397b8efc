package jsontext_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// An entry is what was read of an entry of a header map, and where that ended.
type entry struct {
	Key, Value string
	Pos        int
	Err        *jsontext.Error
}

// slowEntry reads an entry without KeyValue.
func slowEntry(text string) (e entry) {
	var s jsontext.Scanner
	s.Init(text)
	for m := s.Object(); m.Next(); {
		switch m.Name {
		case "key":
			e.Key = s.String()
		case "value":
			e.Value = s.String()
		default:
			s.Skip()
		}
	}
	e.Pos, e.Err = s.Pos(), s.Err()
	return e
}

// checkKeyValue holds KeyValue to slowEntry, and returns whether it read the entry.
func checkKeyValue(t *testing.T, text string) bool {
	t.Helper()
	var s jsontext.Scanner
	s.Init(text)
	key, value, ok := s.KeyValue()
	switch {
	case ok || s.Err() != nil:
		want, got := slowEntry(text), entry{Pos: s.Pos(), Err: s.Err()}
		if ok {
			got.Key, got.Value = key.In(text), value.In(text)
		} else {
			want.Key, want.Value = "", ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	case s.Pos() != 0:
		t.Errorf("%q: consumed %d bytes; want none", text, s.Pos())
	}
	return ok
}

var entries = []struct {
	text   string
	ok     bool
	reason string
}{
	{`{"key":"Host","value":"example.org"}`, true, "as CloudFront writes it"},
	{`{"key": "Host", "value": "example.org"}`, true, "with spaces, as Python writes it"},
	{`{"key":"","value":""}`, true, "empty strings"},
	{`{"key":"Host","value":"a\"b\\\u00e9"}`, true, "escape sequences, as in Sec-CH-UA"},
	{`{"key":"Host","value":"é"}`, true, "not ASCII"},
	{`{"key":"Host","value":"x"}]`, true, "more after it"},
	{`{"key":"Host","value":"x","more":1}`, false, "another member"},
	{`{"key":"Host", "value":"x"}`, false, "a mixture of the forms"},
	{`{ "key":"Host","value":"x"}`, false, "white space elsewhere"},
	{`{"value":"x","key":"Host"}`, false, "the other order"},
	{`{"key":"Host"}`, false, "no value"},
	{`{"key":"Host","value":null}`, false, "a null"},
	{`{"key":"Host","value":"x" }`, false, "white space at the end"},
	{`{"key":"Host","value":"x"`, false, "no end"},
	{`{"key":"Host","value":"x`, false, "an error: no end of the value"},
	{`{"key":"Host`, false, "an error: no end of the key"},
	{"{\"key\":\"Host\",\"value\":\"x\ny\"}", false, "an error: a control character"},
	{"{\"key\":\"\xff\",\"value\":\"x\"}", false, "an error: not UTF-8"},
	{`{"key":"a\q","value":"x"}`, false, "an error: an unknown escape sequence"},
	{`null`, false, "no object"},
	{``, false, "nothing"},
}

func TestKeyValue(t *testing.T) {
	for _, tt := range entries {
		if got := checkKeyValue(t, tt.text); got != tt.ok {
			t.Errorf("%q: got %t; want %t: %s", tt.text, got, tt.ok, tt.reason)
		}
	}
}

func FuzzKeyValue(f *testing.F) {
	for _, tt := range entries {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkKeyValue(t, text) })
}
