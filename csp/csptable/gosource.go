package csptable

import (
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// GoSource gives the table as the source of a Go file of package pkg, with a function
// of that name that finds the policy of a path as [Table.Lookup] does, without
// undoing percent-encoding. Names that are no Go identifiers are an error.
func (t Table) GoSource(pkg, function string) (string, error) {
	for _, name := range []string{pkg, function} {
		if !isGoName(name) {
			return "", fmt.Errorf("csp: table: got name %q, want a Go identifier in ASCII", name)
		}
	}
	var order []string
	paths := make(map[string][]string)
	for line := range strings.Lines(t.text) {
		path, policy, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if paths[policy] == nil {
			order = append(order, policy)
		}
		paths[policy] = append(paths[policy], fmt.Sprintf("%q", path))
		if dir, ok := strings.CutSuffix(path, "/index.html"); ok {
			if _, taken := t.find(dir+"/", ""); !taken {
				paths[policy] = append(paths[policy], fmt.Sprintf("%q", dir+"/"))
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "// Code generated from the pages of a site. DO NOT EDIT.\n\npackage %s\n\n", pkg)
	fmt.Fprintf(&b, "// %s gives the Content-Security-Policy of the page with that URL path, \"\" if there is none.\n", function)
	fmt.Fprintf(&b, "func %s(path string) string {\n", function)
	if len(order) > 0 {
		b.WriteString("\tswitch path {\n")
		for _, policy := range order {
			fmt.Fprintf(&b, "\tcase %s:\n\t\treturn %q\n", strings.Join(paths[policy], ",\n\t\t"), policy)
		}
		b.WriteString("\t}\n")
	}
	b.WriteString("\treturn \"\"\n}\n")
	return b.String(), nil
}

// isGoName reports whether name can name a function. (go/token would tell, but
// has work to do when programs start.)
func isGoName(name string) bool {
	switch name {
	case "", "_", "init", "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func",
		"go", "goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type", "var":
		return false
	}
	for i := range len(name) {
		if c := name[i]; c != '_' && !syntax.IsAlpha(c) && !(syntax.IsDigit(c) && i > 0) {
			return false
		}
	}
	return true
}
