package console

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed page
var files embed.FS

// pages serves the page and what it loads.
func pages() http.Handler {
	sub, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the directory is part of the program
	}
	return http.FileServerFS(sub)
}
