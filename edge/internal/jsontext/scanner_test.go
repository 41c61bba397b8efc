package jsontext_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// skip reads text as one value of any kind.
func skip(text string) *jsontext.Error {
	var s jsontext.Scanner
	s.Init(text)
	s.Skip()
	s.End()
	return s.Err()
}

var valid = []string{
	`null`, `true`, `false`, `0`, `-0`, `10`, `-1.5e+10`, `2E-3`, `""`, `"é𝄞"`, `"\"\\\/\b\f\n\r\té\ud834\udd1e"`,
	`[]`, `{}`, ` [ 1 , [ ] , { } ] `, "\t{\n\"a\" : 1\r, \"b\" : [true , null]} ", `{"":0}`, `{"a":{"a":{"a":1}}}`,
	`{"key":"Host","value":"example.org"}`, `{"value":"example.org","key":"Host"}`,
	strings.Repeat("[", jsontext.MaxDepth) + strings.Repeat("]", jsontext.MaxDepth),
}

func TestSkipAccepts(t *testing.T) {
	for _, text := range valid {
		if err := skip(text); err != nil {
			t.Errorf("%s: got %v; want no error", text, err)
		}
	}
}

var invalid = []struct {
	name, text string
	offset     int
	reason     string // a part of it
	clause     string // of RFC 8259, or why this package is stricter
}{
	{"empty", ``, 0, "got the end of the text", "2: JSON-text is one value"},
	{"white-space-only", " \n", 2, "got the end of the text", "2"},
	{"two-values", `1 2`, 2, "want the end of the text", "2"},
	{"byte-order-mark", "\ufeff{}", 0, "got byte 0xef", "8.1: must not be added"},
	{"no-break-space", "\u00a01", 0, "got byte 0xc2", "2: white space is four characters"},
	{"nul", "\x001", 0, `got character '\x00'`, "2"},
	{"word", `nul`, 0, "want a JSON value", "3"},
	{"upper-case", `True`, 0, "got character 'T'", "3: must be lower case"},
	{"trailing-comma", `[1,]`, 3, "want a JSON value", "5"},
	{"trailing-comma-object", `{"a":1,}`, 7, "want a member name", "4"},
	{"no-colon", `{"a" 1}`, 5, "want a colon", "4"},
	{"no-comma", `[1 2]`, 3, "want a comma or the end of the array", "5"},
	{"open-object", `{"a":1`, 6, "want a comma or the end of the object", "4"},
	{"wrong-bracket", `[1}`, 2, "got character '}'", "5"},
	{"single-quotes", `{'a':1}`, 1, "want a member name", "7"},
	{"leading-zero", `01`, 1, "want the end of the text", "6"},
	{"plus", `+1`, 0, "got character '+'", "6"},
	{"no-fraction", `1.`, 2, "want a digit", "6"},
	{"no-exponent", `1e+`, 3, "want a digit", "6"},
	{"minus", `-`, 1, "want a digit", "6"},
	{"hexadecimal", `0x10`, 1, "got character 'x'", "6"},
	{"open-string", `"abc`, 4, "the text ends inside a string", "7"},
	{"open-escape", `"abc\`, 5, "the text ends inside a string", "7"},
	{"open-unicode-escape", `"\u12`, 5, "the text ends inside a string", "7"},
	{"raw-newline", "\"a\nb\"", 2, "control character", "7"},
	{"unknown-escape", `"\x41"`, 1, "unknown escape", "7"},
	{"bad-unicode-escape", `"\u12g4"`, 1, "hexadecimal", "7"},
	{"invalid-utf8", "\"a\xff\"", 2, "byte 0xff is not valid UTF-8", "8.1"},
	{"surrogate-in-utf8", "\"\xed\xa0\x80\"", 1, "not valid UTF-8", "8.1"},
	{"overlong-utf8", "\"\xc0\xaf\"", 1, "not valid UTF-8", "8.1"},
	{"lone-high-surrogate", `"\ud834"`, 1, `\ud834 is half of a surrogate pair`, "8.2: unpredictable, so refused"},
	{"lone-low-surrogate", `"\udd1e"`, 1, "half of a surrogate pair", "8.2"},
	{"two-high-surrogates", `"\ud834\ud834"`, 1, "half of a surrogate pair", "8.2"},
	{"escaped-nul", `"a\u0000b"`, 2, `\u0000`, "no header, path or body can carry it"},
	{"duplicate-member", `{"a":1,"b":2,"a":3}`, 13, `member "a" stands twice`, "4: names should be unique"},
	{"duplicate-escaped", `{"a":1,"\u0061":3}`, 7, `member "a" stands twice`, "4, 8.3: names are compared unescaped"},
	{"duplicate-nested", `[{"x":{"a":1,"a":1}}]`, 13, "stands twice", "4"},
	{"too-deep", strings.Repeat("[", jsontext.MaxDepth+1), jsontext.MaxDepth, "nested deeper", "9: a limit may be set"},
}

func TestSkipRefuses(t *testing.T) {
	for _, tt := range invalid {
		t.Run(tt.name, func(t *testing.T) {
			err := skip(tt.text)
			if err == nil {
				t.Fatalf("%q: got no error; want one (RFC 8259, %s)", tt.text, tt.clause)
			}
			if err.Offset != tt.offset || !strings.Contains(err.Reason, tt.reason) {
				t.Errorf("%q: got %v; want byte %d: ...%s...", tt.text, err, tt.offset, tt.reason)
			}
		})
	}
}

func TestManyMembers(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"first":0`)
	for i := range 5000 {
		b.WriteString(`,"m` + strings.Repeat("x", i%40) + string(rune('a'+i%26)) + strings.Repeat("y", i/26%190) + `":1`)
	}
	var names = map[string]bool{}
	var s jsontext.Scanner
	s.Init(b.String() + "}")
	for m := s.Object(); m.Next(); {
		names[m.Name] = true
		s.Skip()
	}
	if err := s.Err(); (err == nil) != (len(names) == 5001) {
		t.Errorf("got %v with %d distinct names of 5001", err, len(names))
	}
	for _, dup := range []string{"first", "ma"} {
		if err := skip(b.String() + `,"` + dup + `":2}`); err == nil || !strings.Contains(err.Reason, "stands twice") {
			t.Errorf("a second %q after many members: got %v; want an error", dup, err)
		}
	}
}

func TestInt(t *testing.T) {
	tests := []struct {
		text   string
		want   int
		reason string
	}{
		{`30`, 30, ""}, {`-5`, -5, ""}, {`30.0`, 30, ""}, {`3e1`, 30, ""}, {`300E-1`, 30, ""}, {`null`, 0, ""},
		{`9007199254740991`, 1<<53 - 1, ""},
		{`9007199254740992`, 0, "want at most"},
		{`1e400`, 0, "whole number"},
		{`99999999999999999999`, 0, "want at most"},
		{`30.5`, 0, "whole number"},
		{`"30"`, 0, "got a string; want a number"},
		{`true`, 0, "got a boolean; want a number"},
	}
	for _, tt := range tests {
		var s jsontext.Scanner
		s.Init(tt.text)
		got := s.Int()
		s.End()
		switch err := s.Err(); {
		case tt.reason == "" && err != nil, got != tt.want:
			t.Errorf("%s: got %d, %v; want %d", tt.text, got, err, tt.want)
		case tt.reason != "" && (err == nil || !strings.Contains(err.Reason, tt.reason)):
			t.Errorf("%s: got %v; want ...%s...", tt.text, err, tt.reason)
		}
	}
}

func TestPath(t *testing.T) {
	text := `{"Records":[{"cf":{"request":{"headers":{"host":[{"key":"Host","value":"exa"}]},"odd name":[1,{"b":2}]}}}]}`
	tests := []struct{ at, want string }{
		{`{"Rec`, ""},
		{`{"cf`, "Records[0]"},
		{`"cf`, "Records[0].cf"},
		{`Host"`, "Records[0].cf.request.headers.host[0].key"},
		{`"Host"`, "Records[0].cf.request.headers.host[0].key"},
		{`"exa"`, "Records[0].cf.request.headers.host[0].value"},
		{`{"b"`, `Records[0].cf.request["odd name"][1]`},
		{`2}`, `Records[0].cf.request["odd name"][1].b`},
	}
	for _, tt := range tests {
		if got := jsontext.Path(text, strings.Index(text, tt.at)); got != tt.want {
			t.Errorf("at %s: got %s; want %s", tt.at, got, tt.want)
		}
	}
}

// FuzzSkip holds the scanner to encoding/json: it accepts nothing that
// encoding/json refuses, and refuses nothing that it accepts but for the reasons
// that the package documents.
func FuzzSkip(f *testing.F) {
	for _, text := range valid {
		f.Add(text)
	}
	for _, tt := range invalid {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		err, ok := skip(text), json.Valid([]byte(text))
		if err == nil && !ok {
			t.Fatalf("%q: accepted; encoding/json refuses it", text)
		}
		if err == nil && !utf8.ValidString(text) {
			t.Fatalf("%q: accepted; it is not UTF-8", text)
		}
		if err != nil && (err.Offset < 0 || err.Offset > len(text)) {
			t.Fatalf("%q: offset %d outside of the text", text, err.Offset)
		}
		if err != nil {
			jsontext.Path(text, err.Offset) // must not panic
			if ok && !documented(err.Reason) {
				t.Fatalf("%q: got %v; encoding/json accepts it", text, err)
			}
			return
		}
		var want any
		if json.Unmarshal([]byte(text), &want) != nil {
			return // numbers out of float64's range
		}
		var s jsontext.Scanner
		s.Init(text)
		// Not cmp.Diff, whose time doubles with every level of nesting.
		if got := tree(&s); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: got %#v; encoding/json reads %#v", text, got, want)
		}
	})
}

// documented reports whether the reason is one for which this package is stricter
// than encoding/json.
func documented(reason string) bool {
	for _, part := range []string{"stands twice", "not valid UTF-8", "surrogate", `\u0000`, "nested deeper"} {
		if strings.Contains(reason, part) {
			return true
		}
	}
	return false
}

// tree reads a value as encoding/json would into an any.
func tree(s *jsontext.Scanner) any {
	switch c := s.Peek(); c {
	case '{':
		object := map[string]any{}
		for m := s.Object(); m.Next(); {
			name := m.Name
			object[name] = tree(s)
		}
		return object
	case '[':
		array := []any{}
		for e := s.Array(); e.Next(); {
			array = append(array, tree(s))
		}
		return array
	case '"':
		return s.String()
	case 't', 'f':
		return s.Bool()
	case 'n':
		s.Null()
		return nil
	}
	var number float64
	if err := json.Unmarshal([]byte(s.Raw()), &number); err != nil {
		return err
	}
	return number
}
