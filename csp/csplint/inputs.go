package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

// inspect looks at everything that it is given. What it cannot look at is in the
// error.
func (c *command) inspect(o *options, args []string) ([]report, error) {
	var reports []report
	if o.policySet {
		list, _ := csp.ParseList(o.policy)
		header := csp.HeaderName
		if o.reportOnly {
			header = csp.ReportOnlyHeaderName
		}
		reports = append(reports, o.evaluate(source{name: "-policy"}, header, list, evaluator.Conditions{ReportOnly: o.reportOnly}))
	}
	var errs []error
	for _, arg := range args {
		found, err := c.inspectOne(o, arg)
		errs = append(errs, err)
		reports = append(reports, found...)
	}
	return reports, errors.Join(errs...)
}

func (c *command) inspectOne(o *options, arg string) ([]report, error) {
	if info, err := os.Stat(arg); err == nil && info.IsDir() {
		return c.folder(o, arg)
	}
	if o.table != "" || o.src != "" {
		return nil, fmt.Errorf("-table and -go take a folder, and %s is none", arg)
	}
	responses, err := c.read(arg)
	if err != nil {
		return nil, err
	}
	var reports []report
	var errs []error
	for _, r := range responses {
		found, err := c.response(o, r)
		errs = append(errs, err)
		reports = append(reports, found...)
	}
	return reports, errors.Join(errs...)
}

// read gives what a URL, a file or standard input has to say: a response or more,
// or a page alone.
func (c *command) read(arg string) ([]*response, error) {
	switch {
	case arg == "-":
		content, err := io.ReadAll(c.stdin)
		if err != nil {
			return nil, fmt.Errorf("standard input: %w", err)
		}
		return parseFile(source{name: "standard input"}, content)
	case isWebURL(arg):
		r, err := c.fetcher().page(arg)
		if err != nil {
			return nil, err
		}
		return []*response{r}, nil
	}
	content, err := os.ReadFile(arg)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(arg, "localhost"):
		return nil, fmt.Errorf("%w; for the site write http://%s", err, arg)
	case errors.Is(err, fs.ErrNotExist) && looksLikeHost(arg) && !isPage(arg, nil):
		return nil, fmt.Errorf("%w; for the site write https://%s", err, arg)
	case err != nil:
		return nil, err
	}
	return parseFile(source{name: arg, isFile: true}, content)
}

// looksLikeHost reports whether an argument may be a URL whose scheme was left out.
func looksLikeHost(arg string) bool {
	host, _, _ := strings.Cut(arg, "/")
	dot := strings.LastIndexByte(host, '.')
	return dot > 0 && dot < len(host)-2
}

// parseFile reads a page, or saved responses.
func parseFile(s source, content []byte) ([]*response, error) {
	if isPage(s.name, content) {
		r := newResponse(s, 0)
		r.bodyOnly, r.html = true, true
		r.text, r.end = newText(content), len(content)
		return []*response{r}, nil
	}
	responses := readResponses(s, content)
	if len(responses) == 0 {
		return nil, fmt.Errorf("%s: no page and no headers, lines such as \"content-security-policy: default-src 'self'\"", s)
	}
	if len(responses) > 1 {
		for i, r := range responses {
			r.part = fmt.Sprintf(", response %d", i+1)
		}
	}
	markStatic(responses)
	return responses, nil
}

// isPage tells pages from headers, by the name of the file or by its first tag.
func isPage(name string, content []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return true
	}
	return startsWithTag(content)
}

// startsWithTag reports whether a text begins as a page does. The "< " of curl -v
// is no tag.
func startsWithTag(content []byte) bool {
	rest := bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\ufeff")), " \t\r\n")
	return len(rest) > 1 && rest[0] == '<' && (rest[1] == '!' || rest[1] == '?' || 'a' <= rest[1]|0x20 && rest[1]|0x20 <= 'z')
}
