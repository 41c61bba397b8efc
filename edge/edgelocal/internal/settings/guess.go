package settings

import (
	"os"
	"path/filepath"
	"strings"
)

// codeFolders are where people keep the folders of functions; siteFolders are what site generators write into.
var (
	codeFolders = []string{".", "lambda", "lambdas", "functions", "edge", "lambda-edge", "lambda@edge", "src", "src/lambda", "build", "dist"}
	siteFolders = []string{"public", "dist", "build", "out", "_site", "site", "www", "html", "static"}
)

// GuessCode finds the code of a function by its name in a project's folder: a folder of that name, a zip, or a file of JavaScript or
// Python.
func GuessCode(dir, name string) (Code, bool) {
	if !isName(name) {
		return Code{}, false
	}
	for _, folder := range codeFolders {
		base := filepath.Join(dir, filepath.FromSlash(folder), name)
		if info, err := os.Stat(base); err == nil && info.IsDir() && hasCode(base) {
			return Code{Path: base}, true
		}
		for _, end := range []string{".zip", ".mjs", ".cjs", ".js", ".py"} {
			if info, err := os.Stat(base + end); err == nil && info.Mode().IsRegular() {
				return Code{Path: base + end}, true
			}
		}
	}
	return Code{}, false
}

// GuessFolder finds the folder that fills a bucket: one of the origin's name, or one that has a start page.
func GuessFolder(dir, id string) (string, bool) {
	if isName(id) {
		if info, err := os.Stat(filepath.Join(dir, id)); err == nil && info.IsDir() {
			return filepath.Join(dir, id), true
		}
	}
	for _, folder := range siteFolders {
		if info, err := os.Stat(filepath.Join(dir, folder, "index.html")); err == nil && info.Mode().IsRegular() {
			return filepath.Join(dir, folder), true
		}
	}
	return "", false
}

// isName reports whether a name leads nowhere but into the folder.
func isName(name string) bool {
	return name != "" && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, `/\:`)
}

// modules are the names of the files that Lambda's runtimes start by custom, without their ends.
var modules = []struct{ file, handler string }{
	{"bootstrap", ""}, {"index.mjs", "index.handler"}, {"index.js", "index.handler"}, {"index.cjs", "index.handler"},
	{"index.py", "index.handler"}, {"lambda_function.py", "lambda_function.lambda_handler"},
}

func hasCode(dir string) bool {
	for _, m := range modules {
		if _, err := os.Stat(filepath.Join(dir, m.file)); err == nil {
			return true
		}
	}
	return false
}

// Package is the folder or zip of the code and its handler: one file is the folder that it is in, with a handler of its name; a folder
// without a handler has that of the file that is in it.
func (c Code) Package() (path, handler string) {
	ext := filepath.Ext(c.Path)
	switch ext {
	case ".js", ".mjs", ".cjs", ".py":
		name := strings.TrimSuffix(filepath.Base(c.Path), ext)
		handler = name + ".handler"
		if name == "lambda_function" {
			handler = "lambda_function.lambda_handler"
		}
		path = filepath.Dir(c.Path)
	default:
		path = c.Path
		for _, m := range modules {
			if _, err := os.Stat(filepath.Join(path, m.file)); err == nil {
				handler = m.handler
				break
			}
		}
	}
	if c.Handler != "" {
		handler = c.Handler
	}
	return path, handler
}
