package main

import (
	"errors"
	"strings"
)

// inUsersWords gives what to do about a finding without names of the Go packages,
// which say it for programs.
func inUsersWords(mend string) string {
	return strings.NewReplacer(
		"; csp.StrictByNonce and csphtml.StaticSite make good ones", "; -table and -go make those of a folder's pages",
		"; csp.Policy.ReportOnly does", "",
		"; csp.Rollout does", "",
		" (csp.Policy.Minify)", "",
	).Replace(mend)
}

// plain gives an error of the Go packages in the words of the command.
func plain(err error) error {
	return errors.New(strings.NewReplacer(
		"csp: table: ", "", "csp: ", "", "cspreport: ", "",
		"csphtml.StaticSite", "-preset static",
	).Replace(err.Error()))
}
