package crawl

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// MaxPage is the size in bytes up to which pages are read.
const MaxPage = 4 << 20

// Options are what [Dir] has to know besides the files.
type Options struct {
	// Base is where the site is, such as "https://www.example.com/docs/", or only
	// the path there, such as "/docs/". Without it Dir finds out: see the package
	// documentation.
	Base string
}

// A Site is what [Dir] has found.
type Site struct {
	// Base is where the site is, "" if that is not known: a URL, or the path there.
	// BaseNote says how Dir has found out, "" if [Options.Base] says it.
	Base, BaseNote string

	// Found are the redirects, in the order of From. Every From is there once.
	Found []Found

	// LeftOut are the pages that forward and are not in Found, and what could not be
	// read, in the order of files.
	LeftOut []Note

	// Forwards is how many pages Found comes from, Pages how many others were read.
	Forwards, Pages int
}

// A Found is a redirect that stands for a page.
type Found struct {
	From   string // the page's path, as it stands in a request
	To     string // a path, or a URL on another host
	Status int    // 301, or 302 for a refresh after a while
	File   string // the page, by its name in the site's folder
	Line   int    // of the refresh

	// Notes say what is odd about it.
	Notes []string
}

// A Note says what is not among the redirects, and why.
type Note struct {
	File    string
	Line    int // of the refresh, 0 if it is about the whole file
	Message string
}

// String returns the note with its place before it, as in "old.html:5: it leads to
// itself". Bytes that a terminal could take for orders are escaped.
func (n Note) String() string { return place(n.File, n.Line) + ": " + printable(n.Message) }

// Dir reads the site whose files are in fsys, and returns the redirects that stand
// for its pages. It fails if Base is none, or fsys cannot be read; files that cannot
// be read are notes.
func Dir(fsys fs.FS, options Options) (*Site, error) {
	c := crawler{fsys: fsys, site: &Site{}, base: location{scheme: "https"}, files: map[string]bool{}}
	base, err := parseBase(options.Base)
	if err != nil {
		return nil, err
	}
	if err := fs.WalkDir(fsys, ".", c.readEntry); err != nil {
		return nil, fmt.Errorf("crawl: %w", err)
	}
	if options.Base == "" {
		base, c.site.BaseNote = c.inferBase()
	}
	c.base = base
	if base != (location{scheme: base.scheme}) {
		c.site.Base = location{base.scheme, base.host, base.path + "/", ""}.String()
	}
	c.addRedirects()
	if err := c.resolveConflicts(); err != nil {
		return nil, err
	}
	c.finish()
	return c.site, nil
}

// A crawler reads a site.
type crawler struct {
	fsys  fs.FS
	site  *Site
	base  location // where the site is; the path has no slash at its end
	files map[string]bool
	pages []*page
}

// readEntry is called for each file and folder.
func (c *crawler) readEntry(name string, entry fs.DirEntry, err error) error {
	switch {
	case err != nil && name == ".":
		return err
	case err != nil:
		c.leaveOut(name, 0, "cannot be read: %v", err)
		return nil
	case name != "." && path.Base(name)[0] == '.' && path.Base(name) != ".well-known":
		if entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	case entry.Type()&fs.ModeSymlink != 0:
		c.leaveOut(name, 0, "is a symbolic link, which is not followed")
		return nil
	case !entry.Type().IsRegular():
		return nil
	}
	c.files[name] = true
	kind := kindOf(name)
	if kind == noPage {
		return nil
	}
	text, err := c.read(name)
	switch {
	case err != nil:
		c.leaveOut(name, 0, "cannot be read: %v", err)
	case kind == maybePage && !beginsAsHTML(text):
	case len(text) > MaxPage:
		c.leaveOut(name, 0, "has more than %d bytes, and was not read", MaxPage)
	default:
		c.pages = append(c.pages, readPage(name, text))
	}
	return nil
}

// read returns at most one byte more than pages may have.
func (c *crawler) read(name string) ([]byte, error) {
	f, err := c.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxPage+1))
}

func (c *crawler) leaveOut(file string, line int, format string, args ...any) {
	c.site.LeftOut = append(c.site.LeftOut, Note{file, line, fmt.Sprintf(format, args...)})
}

// A pageKind says whether a file may be a page.
type pageKind uint8

const (
	noPage    pageKind = iota
	maybePage          // if it begins as HTML does
	isPage
)

// kindOf tells by a file's name whether it may be a page.
func kindOf(name string) pageKind {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return isPage
	case "", ".php", ".asp", ".aspx", ".jsp", ".cfm":
		return maybePage
	}
	return noPage
}

// beginsAsHTML reports whether text begins with a doctype or the html element.
func beginsAsHTML(text []byte) bool {
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\ufeff")), asciiSpace)
	for _, begin := range []string{"<!doctype html", "<html"} {
		if len(text) >= len(begin) && strings.EqualFold(string(text[:len(begin)]), begin) {
			return true
		}
	}
	return false
}
