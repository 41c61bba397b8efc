package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
)

// files are what fills a bucket, and where they come from, in words.
type files struct {
	fs.FS
	from string
}

// openFolders opens the folders and zips that a template puts into a bucket.
func openFolders(folders []template.Folder) (files, error) {
	var l layers
	var from []string
	for _, f := range folders {
		content, err := openFolder(f.Dir)
		if err != nil {
			return files{}, err
		}
		if len(f.Markers) > 0 {
			content = filled{content, f.Markers}
		}
		l, from = append(l, layer{content, f.Prefix}), append(from, f.Dir)
	}
	return files{l, strings.Join(from, ", ")}, nil
}

// openFolder opens a folder or a zip. A zip stays open: its bucket is asked as long as the program runs.
func openFolder(dir string) (fs.FS, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return os.DirFS(dir), nil
	}
	return zip.OpenReader(dir)
}

// layers are what is put into a bucket, later ones over earlier ones.
type layers []layer

type layer struct {
	fs.FS
	prefix string // of the keys: "" or "docs/"
}

// Open implements fs.FS.
func (l layers) Open(name string) (fs.File, error) {
	for i := len(l) - 1; i >= 0; i-- {
		rest, ok := strings.CutPrefix(name, l[i].prefix)
		if !ok || !fs.ValidPath(rest) {
			continue
		}
		if file, err := l[i].FS.Open(rest); !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// filled are files in which markers stand for values.
type filled struct {
	fs.FS
	markers map[string]string
}

// mostFilled is the size up to which a file is looked through: CDK writes markers into small files of its own.
const mostFilled = 1 << 20

// Open implements fs.FS.
func (f filled) Open(name string) (fs.File, error) {
	info, err := fs.Stat(f.FS, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostFilled {
		return f.FS.Open(name)
	}
	content, err := fs.ReadFile(f.FS, name)
	if err != nil {
		return nil, err
	}
	for marker, value := range f.markers {
		content = bytes.ReplaceAll(content, []byte(marker), []byte(value))
	}
	return fstest.MapFS{name: {Data: content, Mode: info.Mode(), ModTime: info.ModTime()}}.Open(name)
}
