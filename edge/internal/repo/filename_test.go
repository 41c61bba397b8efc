package repo_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestFileNamesFitAModuleZip: one bad name, in testdata or anywhere, and nobody can go get the module.
func TestFileNamesFitAModuleZip(t *testing.T) {
	t.Parallel()
	folded := map[string]string{}
	for _, name := range files(t) {
		if err := checkFileName(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		// "No two files may have names that are equal under Unicode case-folding": golang.org/x/mod/zip.
		key := strings.ToLower(name)
		if other, found := folded[key]; found {
			t.Errorf("%q and %q differ in case only", name, other)
		}
		folded[key] = name
	}
	if len(folded) < 10 {
		t.Errorf("got %d files, want the repository's", len(folded))
	}
}

// checkFileName holds a slash-separated name to the rules of golang.org/x/mod/module.CheckFilePath, which the Go command
// applies when it reads a module zip.
func checkFileName(name string) error {
	if !utf8.ValidString(name) {
		return errors.New("not UTF-8")
	}
	for element := range strings.SplitSeq(name, "/") {
		if err := checkElement(element); err != nil {
			return err
		}
	}
	return nil
}

func checkElement(element string) error {
	switch {
	case strings.Trim(element, ".") == "":
		return fmt.Errorf("path element %q is empty or all dots", element)
	case strings.HasSuffix(element, "."):
		return fmt.Errorf("path element %q ends in a dot", element)
	}
	for _, r := range element {
		if !fileNameRune(r) {
			return fmt.Errorf("character %q is not allowed", r)
		}
	}
	short, _, _ := strings.Cut(element, ".")
	if slices.Contains(reservedNames, strings.ToUpper(short)) {
		return fmt.Errorf("path element %q is a device on Windows", element)
	}
	return nil
}

func fileNameRune(r rune) bool {
	if r >= utf8.RuneSelf {
		return unicode.IsLetter(r)
	}
	return '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || strings.ContainsRune("!#$%&()+,-.=@[]^_{}~ ", r)
}

var reservedNames = strings.Fields("CON PRN AUX NUL COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9 LPT1 LPT2 LPT3 LPT4 LPT5 LPT6 LPT7 LPT8 LPT9")

func TestCheckFileName(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		ok   bool
	}{
		{"edge/header.go", true},
		{".ci/run", true},
		{"testdata/-x y.json", true},
		{"testdata/fuzz/FuzzParse/0a1b2c", true},
		{"testdata/größe.json", true},
		{"", false},
		{"a//b", false},
		{"a/../b", false},
		{"a/b.", false},
		{"testdata/a:b.json", false},
		{"testdata/a*b", false},
		{"testdata/a\\b", false},
		{"testdata/what?.json", false},
		{"testdata/it's.json", false},
		{"testdata/aux.json", false},
		{"testdata/\xff", false},
		{"testdata/☃", false},
	}
	for _, test := range tests {
		if err := checkFileName(test.name); (err == nil) != test.ok {
			t.Errorf("checkFileName(%q) = %v, want ok %t", test.name, err, test.ok)
		}
	}
}
