package main

import (
	"flag"
	"fmt"
	"strings"
)

const lintUsage = `  csplint [flags] URL|PAGE.html|FOLDER|HEADERS|-...   look at pages and headers
  csplint -policy POLICY [flags]                      look at a policy
  csplint diff [flags] OLD NEW                        what another policy changes; diff -h
  csplint reports [flags] FILE...                     what browsers reported; reports -h
`

const lintAbout = `csplint says what is weak, mistaken or of no use in Content-Security-Policies,
and what of a page they block.

usage:
` + lintUsage + `
HEADERS is a saved response: curl -si URL > headers.txt. What is - comes from
standard input, a page or a response. A file or a folder called diff or reports is
./diff or ./reports.

flags, which may stand anywhere; -- ends them:
`

const lintExamples = `  -h, -version

examples:
  csplint https://www.example.com/
  csplint -policy "default-src 'self'" public/
  curl -si https://www.example.com/ | csplint -short -
  csplint -go policies.go -package main public/

exit status:
  0  nothing is as bad as -fail says
  1  something is
  2  wrong usage, or not all could be looked at; what was found is printed
`

func lintHelp(flags *flag.FlagSet) string { return lintAbout + flagTable(flags) + lintExamples }

// flagTable lists flags in lines of at most 80 characters.
func flagTable(flags *flag.FlagSet) string {
	const column = 20
	var b strings.Builder
	flags.VisitAll(func(f *flag.Flag) {
		name, usage := flag.UnquoteUsage(f)
		if usage == "" {
			return // it stands behind the others
		}
		lead := strings.TrimRight(fmt.Sprintf("  -%s %s", f.Name, name), " ")
		for _, line := range wrap(usage, 79-column) {
			fmt.Fprintf(&b, "%-*s %s\n", column-1, lead, line)
			lead = ""
		}
	})
	return b.String()
}
