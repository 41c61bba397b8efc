//go:build ignore

// Gen_entities writes entities.txt, the named character references of the HTML
// Standard (13.5), from the table in the standard library's html package. That
// package itself would be linked into every program that imports this one, as its
// table is made when the program starts.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

func main() {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(runtime.GOROOT(), "src/html/entity.go"), nil, 0)
	if err != nil {
		log.Fatal(err)
	}
	var lines []string
	ast.Inspect(file, func(n ast.Node) bool {
		entry, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		name, err := strconv.Unquote(entry.Key.(*ast.BasicLit).Value)
		if err != nil {
			log.Fatal(err)
		}
		ast.Inspect(entry.Value, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				r, _, _, err := strconv.UnquoteChar(strings.Trim(lit.Value, "'"), '\'')
				if err != nil {
					log.Fatal(err)
				}
				name += fmt.Sprintf(" %X", r)
			}
			return true
		})
		lines = append(lines, name+"\n")
		return false
	})
	lines = append(lines, "nGt; 226B 20D2\n", "nLt; 226A 20D2\n") // missing there, in Go 1.26
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if err := os.WriteFile("entities.txt", []byte(strings.Join(lines, "")), 0o644); err != nil {
		log.Fatal(err)
	}
}
