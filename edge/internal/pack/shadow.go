package pack

import (
	"fmt"
	"regexp"
	"strings"
)

// extensionModule matches what CPython loads for "import index" before index.py: it looks for a shared library of the name
// before a source file (importlib's FileFinder, with the suffixes of machinery.EXTENSION_SUFFIXES).
var extensionModule = regexp.MustCompile(`^index(\.cpython-[^/]+|\.abi3)?\.so$`)

// shadows returns a warning for each file that a runtime loads in place of an index file of ours.
//
// For the handler index.handler AWS's client for Node.js tries index, index.js, index.mjs and index.cjs, in this order
// (aws-lambda-nodejs-runtime-interface-client, UserFunction.js), and Python's import a package index before a module. A folder
// without an __init__ file is no such package.
func shadows(files []string) []string {
	var all []string
	for _, name := range files {
		switch {
		case name == "index" || name == "index.js":
			all = append(all, shadow("Node.js", name, NodeIndex))
		case strings.HasPrefix(name, "index/__init__.") || extensionModule.MatchString(name):
			all = append(all, shadow("Python", name, PythonIndex))
		case strings.HasPrefix(name, "index/"):
			all = append(all, fmt.Sprintf("%s: with a folder index, AWS's client for Node.js was seen to find no handler: rename the folder", Shown(name)))
		}
	}
	return all
}

func shadow(runtime, name, ours string) string {
	return fmt.Sprintf("%s: a %s runtime loads it for the handler %s in place of %s, so the program is not started: leave it out", Shown(name), runtime, Handler, ours)
}
