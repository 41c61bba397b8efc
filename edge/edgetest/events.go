package edgetest

import (
	"io/fs"

	"github.com/edgehelpers/lambdaedge/testdata"
)

// Events returns the events of this module's tests, one a file, named
// <trigger>-<what>.json: all four triggers, both kinds of origins, bodies, cookies,
// odd queries, and members and spellings that a decoder must not lose. They are
// written after the structure that AWS documents; testdata/README.md in the
// module's repository says of each what is odd about it.
func Events() fs.FS { return testdata.Events }
