package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/edgehelpers/lambdaedge/examples/githubdemo/githubapi"
)

// printBanner says where the demo is and what to try first.
func printBanner(w io.Writer, site, api, console string, s settings) {
	line := func(name, format string, args ...any) {
		fmt.Fprintf(w, "  %-10s %s\n", name, fmt.Sprintf(format, args...))
	}
	fmt.Fprint(w, "\n  The GitHub demo: CloudFront on this machine, with two Lambda@Edge functions in Go\n\n")
	line("Open", "%s", site)
	if s.github == "" {
		var logins []string
		for _, guest := range githubapi.Guests() {
			logins = append(logins, guest.Login)
		}
		line("Look up", "%s", strings.Join(logins, ", "))
		line("", "limited, throttled: GitHub's rate limits; any other name is unknown")
		line("GitHub", "%s, built in; for the real one: -github https://api.github.com", api)
	} else {
		line("Look up", "any user")
		line("GitHub", "%s", api)
	}
	if s.packages {
		line("Functions", "from their packages, over a local Runtime API")
	} else {
		line("Functions", "in this process; to run their packages: -packages")
	}
	line("Trace", "below, a line for each stage of a request")
	if console != "" {
		line("Console", "%s, the same in pictures", console)
	} else {
		line("Console", "the same in a browser: -console localhost:8081")
	}
	line("Stop", "Ctrl-C")
	fmt.Fprintln(w)
}
