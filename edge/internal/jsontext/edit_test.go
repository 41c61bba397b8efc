package jsontext_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

func setTo(name, value string) jsontext.Edit {
	return jsontext.Edit{Name: name, Value: []byte(value)}
}

func TestAppendEdited(t *testing.T) {
	remove := func(name string) jsontext.Edit { return jsontext.Edit{Name: name} }
	tests := []struct {
		name, object string
		edits        []jsontext.Edit
		want, reason string
	}{
		{"none", `{ "a" : 1.0 , "b":[ ] }`, nil, `{ "a" : 1.0 , "b":[ ] }`, "no edit is no change"},
		{"replace", `{"a":1,"b":2,"c":3}`, []jsontext.Edit{setTo("b", "9")}, `{"a":1,"b":9,"c":3}`, "a member keeps its place"},
		{"replace-spaced", `{ "a" : 1 , "b" : 2 }`, []jsontext.Edit{setTo("b", "9")}, `{ "a" : 1, "b" : 9}`, "white space before a name and around its colon stays"},
		{"remove-first", `{"a":1,"b":2}`, []jsontext.Edit{remove("a")}, `{"b":2}`, "no comma is left over"},
		{"remove-last", `{"a":1,"b":2}`, []jsontext.Edit{remove("b")}, `{"a":1}`, "no comma is left over"},
		{"remove-only", `{"a":1}`, []jsontext.Edit{remove("a")}, `{}`, ""},
		{"remove-absent", `{"a":1}`, []jsontext.Edit{remove("b")}, `{"a":1}`, ""},
		{"add", `{"a":1}`, []jsontext.Edit{setTo("b", "2"), setTo("c", "3")}, `{"a":1,"b":2,"c":3}`, "new members are last, in order"},
		{"add-to-empty", `{}`, []jsontext.Edit{setTo("b", "2")}, `{"b":2}`, ""},
		{"escaped-name", `{"\u0061":1}`, []jsontext.Edit{setTo("a", "2")}, `{"\u0061":2}`, "names are compared unescaped"},
		{"escape-new-name", `{}`, []jsontext.Edit{setTo("a\"b", "2")}, `{"a\"b":2}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := string(jsontext.AppendEdited(nil, tt.object, tt.edits))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

// FuzzAppendEdited holds the edits to a map of members.
func FuzzAppendEdited(f *testing.F) {
	f.Add(`{"a":1,"b":[2 ],"c":{}}`, "b", "z")
	f.Add(`{ "a" : 1 }`, "a", "a")
	f.Add(`{}`, "", "x")
	f.Fuzz(func(t *testing.T, object, replace, remove string) {
		var s jsontext.Scanner
		s.Init(object)
		want := map[string]json.RawMessage{}
		for m := s.Object(); m.Next(); {
			want[m.Name] = json.RawMessage(s.Raw())
		}
		s.End()
		if s.Err() != nil || object[0] != '{' || object[len(object)-1] != '}' || !utf8.ValidString(replace) || strings.Contains(replace, "\x00") {
			t.Skip()
		}
		edits := []jsontext.Edit{setTo(replace, `"new"`)}
		want[replace] = json.RawMessage(`"new"`)
		if remove != replace {
			edits = append(edits, jsontext.Edit{Name: remove})
			delete(want, remove)
		}
		out := string(jsontext.AppendEdited(nil, object, edits))
		got := map[string]json.RawMessage{}
		s.Init(out)
		for m := s.Object(); m.Next(); {
			got[m.Name] = json.RawMessage(s.Raw())
		}
		s.End()
		if s.Err() != nil {
			t.Fatalf("%q became %q: %v", object, out, s.Err())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q became %q (-want +got):\n%s", object, out, diff)
		}
	})
}

// FuzzAppendString holds the writer to encoding/json's reader and to ours.
func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "plain", "\"\\/\b\f\n\r\t\x01\x1f\x7f", "é𝄞\u2028", "<&>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		text := jsontext.AppendString(nil, s)
		var got string
		if err := json.Unmarshal(text, &got); err != nil || got != s {
			t.Fatalf("%q became %s, which encoding/json reads as %q, %v", s, text, got, err)
		}
		var scanner jsontext.Scanner
		scanner.Init(string(text))
		if got := scanner.String(); scanner.Err() == nil && got != s {
			t.Fatalf("%q became %s, which is read as %q", s, text, got)
		}
	})
}
