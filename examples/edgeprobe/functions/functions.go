// Package functions holds the JavaScript that the probe's distribution runs: AWS's own languages, since whether Go runs there is one of
// the questions, and since some of what is asked for no typed library lets out.
package functions

import (
	"embed"
	"io/fs"
)

//go:embed asked jsruntime cloudfront
var files embed.FS

// Asked is the folder of the Lambda@Edge function that does what the query string says: index.js, with the handler index.handler.
func Asked() fs.FS { return folder("asked") }

// Runtime is the folder of the one that says in which runtime it runs, likewise.
func Runtime() fs.FS { return folder("jsruntime") }

func folder(name string) fs.FS {
	dir, err := fs.Sub(files, name)
	if err != nil {
		panic(err) // the names are constants
	}
	return dir
}

// Body is the source of the CloudFront Function that answers with a body.
func Body() string {
	source, err := files.ReadFile("cloudfront/body.js")
	if err != nil {
		panic(err) // the name is a constant
	}
	return string(source)
}
