package csphtml

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// HashFS reads all pages of a site, the files whose names end in .html or .htm, and
// gives what they need under their URL paths, "/docs/index.html" for example. Run it
// when the site is built, and give what comes out to [NewTable]. All pages
// that could not be read are in the error.
//
// Pages that templates or scripts fill in later have other code than the files, and
// files in XHTML are read as HTML: leave both out of fsys.
func HashFS(fsys fs.FS) (map[string]Page, error) {
	pages := make(map[string]Page)
	var errs []error
	walkErr := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("csp: %s: %w", name, err))
			return nil
		case entry.IsDir() || !isPageName(name):
			return nil
		}
		page, err := hashFile(fsys, name)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
			return nil
		}
		pages["/"+name] = page
		return nil
	})
	if err := errors.Join(append(errs, walkErr)...); err != nil {
		return nil, err
	}
	return pages, nil
}

func isPageName(name string) bool {
	ext := syntax.AsciiLower(path.Ext(name))
	return ext == ".html" || ext == ".htm"
}

func hashFile(fsys fs.FS, name string) (Page, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return Page{}, err
	}
	defer f.Close()
	return HashHTML(f)
}
