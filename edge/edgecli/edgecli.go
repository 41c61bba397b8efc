// Package edgecli is the manner that the commands of this library have in common, for one's own tools beside them.
//
//   - Flags stand anywhere among the words; after -- no argument is a flag. A name that is - is standard input or standard output.
//   - Help goes to standard output. What is wrong goes to standard error, and of a wrong command line the reason comes first.
//   - The exit status is [OK], [Wrong] or [Failed]. diff, grep and cmp use theirs so (POSIX.1-2024, "Utilities").
package edgecli

import (
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"unicode"
)

// Exit statuses.
const (
	OK     = 0 // all is well
	Wrong  = 1 // the work was done, and something is wrong with what was looked at
	Failed = 2 // the command line is wrong, or the work could not be done
)

// Misuse writes to w what is wrong with the command line of the command called name, a line for each reason, and how it is used:
// usage has a line for each form of the command line. It returns [Failed].
func Misuse(w io.Writer, name, usage string, err error) int {
	Fail(w, name, err)
	lead := "usage: "
	for line := range strings.Lines(usage) {
		fmt.Fprintf(w, "%s%s\n", lead, strings.TrimSpace(line))
		lead = "       "
	}
	fmt.Fprintf(w, "\"%s -h\" tells more\n", name)
	return Failed
}

// Fail writes to w why the command called name could not do its work, a line for each reason. It returns [Failed].
func Fail(w io.Writer, name string, err error) int {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintf(w, "%s: %s\n", name, Printable(line))
	}
	return Failed
}

// Version is a line with the command's name, the version of its module as the build recorded it, and that of Go.
func Version(name string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return name + ", version unknown\n"
	}
	return fmt.Sprintf("%s %s %s\n", name, info.Main.Version, info.GoVersion)
}

// Count is a number of things: "1 rule", "2 rules".
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// Printable is s with U+FFFD for what a terminal may obey in place of printing it: control characters but line feeds and tabs,
// marks that turn the direction of text round, bytes that are no UTF-8.
func Printable(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) || c == '\n' || c == '\t' {
			return c
		}
		return unicode.ReplacementChar
	}, s)
}
