package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestParseFlags: which arguments are flags, and which their values.
func TestParseFlags(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args, reason string
		rest, policy string
		json         bool
	}{
		{"a b", "no flags", "a b", "", false},
		{"-json a b", "", "a b", "", true},
		{"a -json b", "between", "a b", "", true},
		{"a b --json", "after, with two hyphens", "a b", "", true},
		{"-json=false a", "", "a", "", false},
		{"-- -a.html -json", "after -- no argument is a flag", "-a.html -json", "", false},
		{"a -- -b.html -json", "wherever it stands", "a -b.html -json", "", false},
		{"-json -- a -- b", "the second is an argument", "a -- b", "", true},
		{"-policy -- -json a", "it is the value of a flag", "a", "--", true},
		{"-policy -policy -- -json", "the value looks as a flag does", "-json", "-policy", false},
		{"-policy=x -- -json", "the value is in the same argument", "-json", "x", false},
		{"a -policy x b -", "- is standard input", "a b -", "x", false},
	} {
		o, flags := newOptions()
		rest, err := parseFlags(flags, strings.Fields(tt.args))
		if err != nil {
			t.Fatal(tt.args, err)
		}
		if diff := cmp.Diff([]any{tt.rest, tt.policy, tt.json}, []any{strings.Join(rest, " "), o.policy, o.json}); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.args, tt.reason, diff)
		}
	}
	for args, want := range map[string]string{
		"-policy":     "-policy: nothing follows it, want a value",
		"a -no x":     "there is no flag -no",
		"---json":     "there is no flag --json",
		"- a -- -":    "got - more than once, and standard input can be read once; save it in a file",
		"-json=maybe": `-json: got "maybe", want true or false`,
	} {
		_, flags := newOptions()
		if _, err := parseFlags(flags, strings.Fields(args)); err == nil || err.Error() != want {
			t.Errorf("%s: got error %v; want %s", args, err, want)
		}
	}
}
