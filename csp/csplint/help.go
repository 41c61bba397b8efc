package main

import (
	"flag"
	"fmt"
	"runtime/debug"
	"strings"
)

const nothingToDo = `csplint: nothing to look at
usage: csplint [flags] URL | page.html | folder | file of headers | - ...
try:   csplint https://www.example.com/
       csplint -policy "default-src 'self'"
       csplint -h lists everything
`

const lintUsage = `csplint says what is weak, mistaken or of no use in Content-Security-Policies,
and what of a page they block.

usage: csplint [flags] what ...
  csplint https://www.example.com/     headers and page of a URL
  csplint page.html                    a page, and the policies in it
  csplint public/                      the pages in a folder
  csplint headers.txt                  saved with curl -si URL > headers.txt
  csplint -                            a page or a response on standard input
  csplint -policy "script-src 'self'"  a policy
  csplint diff OLD NEW                 what another policy changes; diff -h
  csplint reports FILE                 what browsers reported; reports -h
A file or a folder called diff or reports is ./diff or ./reports; after -- no
argument is a flag.

flags:
`

const lintStatus = `
exit status: 0 nothing as bad as -fail says, 1 something is, 2 csplint could
not do its work, or not all of it
`

func lintHelp(flags *flag.FlagSet) string { return lintUsage + flagTable(flags) + lintStatus }

// flagTable lists flags in lines of at most 80 characters.
func flagTable(flags *flag.FlagSet) string {
	const column = 20
	var b strings.Builder
	flags.VisitAll(func(f *flag.Flag) {
		name, usage := flag.UnquoteUsage(f)
		if usage == "" {
			return // another name of a flag
		}
		lead := strings.TrimRight(fmt.Sprintf("  -%s %s", f.Name, name), " ")
		for _, line := range wrap(usage, 79-column) {
			fmt.Fprintf(&b, "%-*s %s\n", column-1, lead, line)
			lead = ""
		}
	})
	return b.String()
}

// version says which csplint it is, as far as the build recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "csplint, of an unknown version\n"
	}
	text := "csplint " + info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			text += " " + s.Value
		}
	}
	return text + " " + info.GoVersion + "\n"
}
