package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/csphtml"
)

// A folder is one of pages.
type folder struct {
	*command
	dir     string
	fsys    fs.FS
	files   int
	pages   map[string]csphtml.Page // by URL path
	reports []report
}

// folder looks at the pages in a folder, and writes their policies if all pages
// could be read.
func (c *command) folder(o *options, dir string) ([]report, error) {
	f := folder{command: c, dir: dir, fsys: os.DirFS(dir), pages: make(map[string]csphtml.Page)}
	var errs []error
	err := fs.WalkDir(f.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			err = f.file(o, name)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", f.path(name), withoutPath(err)))
		}
		return nil
	})
	switch err := errors.Join(append(errs, err)...); {
	case err != nil:
		return f.reports, err
	case f.files == 0:
		return nil, fmt.Errorf("%s: no pages, files that end in .html or .htm", dir)
	}
	return f.reports, c.writePolicies(o, f.pages)
}

// file looks at a file, if it is a page. A pipe is none: it may never end.
func (f *folder) file(o *options, name string) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
	default:
		return nil
	}
	f.files++
	info, err := fs.Stat(f.fsys, name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		f.note("%s is no regular file, and was left out", f.path(name))
		return nil
	}
	content, err := fs.ReadFile(f.fsys, name)
	if err != nil {
		return err
	}
	page, err := csphtml.HashHTML(bytes.NewReader(content))
	if err != nil {
		return plain(err)
	}
	r := newResponse(source{name: f.path(name), isFile: true}, 0)
	r.bodyOnly, r.html = true, true
	r.text, r.end = newText(content), len(content)
	if o.originURL != nil {
		r.url = o.originURL.JoinPath(name)
	}
	f.pages["/"+name] = page
	f.reports = append(f.reports, o.pageOf(r, page)...)
	return nil
}

// path gives the path of a file as the user would write it.
func (f *folder) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// withoutPath gives an error of package fs without the path, which is one in the
// folder.
func withoutPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// writePolicies writes the policies of pages to the files that the flags name. Nothing is
// written if there is a mistake in any.
func (c *command) writePolicies(o *options, pages map[string]csphtml.Page) error {
	if o.table == "" && o.src == "" {
		return nil
	}
	preset := csphtml.StaticSite
	if o.preset == "strict" {
		preset = csphtml.StrictByHash
	}
	table, err := csphtml.NewTable(pages, preset)
	if err != nil {
		return plain(err)
	}
	src, err := table.GoSource(o.pkg, o.fn)
	if err != nil {
		return plain(err)
	}
	return errors.Join(c.writeFile(o.table, table.String()), c.writeFile(o.src, src))
}

// writeFile writes a file: "-" is standard output, "" is none.
func (c *command) writeFile(name, text string) (err error) {
	switch name {
	case "":
	case "-":
		_, err = io.WriteString(c.stdout, text)
	default:
		err = os.WriteFile(name, []byte(text), 0o644)
	}
	return err
}
