package edgecli_test

import (
	"errors"
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason string
		args         string
		words        []string
		flags        string // as o, n, b and f are then
		err          string
	}{
		{"nothing", "a command may need no word", "", nil, " 0 false []", ""},
		{"before", "as package flag has it", "-o x a b", []string{"a", "b"}, "x 0 false []", ""},
		{"behind", "flags stand anywhere", "a -o x b -n 3", []string{"a", "b"}, "x 3 false []", ""},
		{"equals", "a value in the same argument", "-o=x=y --n=-1 a", []string{"a"}, "x=y -1 false []", ""},
		{"switch", "a switch takes no word", "-b a -b=false", []string{"a"}, " 0 false []", ""},
		{"switched", "a switch takes no word", "a -b", []string{"a"}, " 0 true []", ""},
		{"several", "a flag that is given again", "-f 1 -f 2 a", []string{"a"}, " 0 false [1 2]", ""},
		{"stream", "- is a file", "- -o - a", []string{"-", "a"}, "- 0 false []", ""},
		{"end", "-- ends flags", "-b -- -o x --", []string{"-o", "x", "--"}, " 0 true []", ""},
		{"end-as-value", "a value is what follows", "-o -- -b", nil, "-- 0 true []", ""},
		{"help", "asked for, whatever else is wrong before it", "-x a -h", nil, " 0 false []", "flag: help requested"},
		{"help-long", "as package flag has it", "--help", nil, " 0 false []", "flag: help requested"},
		{"unknown", "all that is wrong is said at once", "-x a --long=1 -n two -b=no", nil, " 0 false []",
			"there is no flag -x\nthere is no flag -long\n-n: got \"two\", want a whole number\n-b: got \"no\", want true or false"},
		{"missing", "no value is there", "a -o", nil, " 0 false []", "-o: nothing follows it, want a value"},
		{"refused", "the flag's own words", "-f bad a", nil, " 0 false []", "-f: got \"bad\", want a digit"},
		{"equals-alone", "no name", "-=x", nil, " 0 false []", "there is no flag -"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			set := flag.NewFlagSet("try", flag.PanicOnError)
			set.String("o", "", "")
			set.Int("n", 0, "")
			set.Bool("b", false, "")
			var all digits
			set.Var(&all, "f", "")
			words, err := edgecli.Parse(set, strings.Fields(test.args))
			message := ""
			if err != nil {
				message = err.Error()
			}
			var values []string
			for _, name := range []string{"o", "n", "b", "f"} {
				values = append(values, set.Lookup(name).Value.String())
			}
			want := []any{test.words, test.flags, test.err}
			if diff := cmp.Diff(want, []any{words, strings.Join(values, " "), message}); diff != "" {
				t.Errorf("words, flags, error (-want +got), %s:\n%s", test.reason, diff)
			}
		})
	}
}

// digits is a flag with words of its own.
type digits string

func (d *digits) String() string { return "[" + string(*d) + "]" }

func (d *digits) Set(s string) error {
	if len(s) != 1 {
		return errors.New("want a digit")
	}
	*d = digits(strings.TrimSpace(string(*d) + " " + s))
	return nil
}

func TestMisuse(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	status := edgecli.Misuse(&b, "try", "try [flags] FILE\n    try help\n", errors.New("first\x1b[2J\nsecond"))
	want := "try: first\ufffd[2J\ntry: second\nusage: try [flags] FILE\n       try help\n\"try -h\" tells more\n"
	if diff := cmp.Diff([]any{edgecli.Failed, want}, []any{status, b.String()}); diff != "" {
		t.Errorf("status, text (-want +got):\n%s", diff)
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 rules", 1: "1 rule", 2: "2 rules"} {
		if got := edgecli.Count(n, "rule"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	const got, want = "a\tb\nü\x1b[31m\u202e\x9b\r", "a\tb\nü\ufffd[31m\ufffd\ufffd\ufffd"
	if diff := cmp.Diff(want, edgecli.Printable(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
