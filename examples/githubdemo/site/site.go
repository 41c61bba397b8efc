// Package site is the demo's pages, and the one place where the GitHub API's address is written.
//
// That place is config.js: the pages import the address from it, and [GitHubAPI] reads it for the
// policy. The console's address is there as well, which only a local run has. In a deployment the files go to the bucket as they lie here; to use another API (a GitHub
// Enterprise server), change that line, build the packages again and apply.
package site

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed *.html *.css *.js *.svg
var files embed.FS

//go:embed config.js
var config string

// GitHubAPI returns the address that config.js exports, such as "https://api.github.com". It panics
// if config.js exports none.
func GitHubAPI() string {
	_, rest, found := strings.Cut(config, `export const githubAPI = "`)
	address, _, closed := strings.Cut(rest, `";`)
	if !found || !closed {
		panic("site: config.js: no line exports githubAPI as a string")
	}
	return address
}

// Files returns the pages as they are in the bucket, but for config.js, which exports githubAPI, and consoleURL as the
// address of the console that the pages link to; "" is none, as in a deployment.
func Files(githubAPI, consoleURL string) fs.FS {
	addresses := strings.NewReplacer(
		export("githubAPI", GitHubAPI()), export("githubAPI", githubAPI),
		export("consoleURL", ""), export("consoleURL", consoleURL),
	)
	return pages{config: addresses.Replace(config)}
}

// export is the statement of config.js that gives name its value.
func export(name, value string) string {
	return "export const " + name + " = " + strconv.Quote(value) + ";"
}
