// Package testdata holds CloudFront events as JSON, one file each, for the tests
// of this module and of its users: [edgetest.Events] returns them. README.md says
// of each file what is odd about it.
//
// [edgetest.Events]: https://pkg.go.dev/github.com/edgehelpers/lambdaedge/edge/edgetest#Events
package testdata

import "embed"

// Events holds the event files at its root, named <trigger>-<what>.json.
//
//go:embed *-request-*.json *-response-*.json
var Events embed.FS
