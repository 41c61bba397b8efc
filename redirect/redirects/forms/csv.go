package forms

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// readCSV reads lines of from, to and status, and Cloudflare's. Lines that begin
// with # are comments.
func readCSV(fb *fileBuilder, text string) {
	c := &csvReader{pairList: pairList{fileBuilder: fb}}
	c.Reader = csv.NewReader(strings.NewReader(text))
	c.Comma, c.Comment, c.FieldsPerRecord, c.TrimLeadingSpace = separator(text), '#', -1, true
	records := c.all()
	if len(records) == 0 {
		return
	}
	names, header := c.header(records[0])
	if header {
		records = records[1:]
	} else {
		c.bulk = isBulk(records)
		names = []int{colFrom, colTo, colStatus}
		if c.bulk {
			names = []int{colFrom, colTo, colStatus, colQuery, colSubdomains, colSubpath, colSuffix}
		}
	}
	c.bulk = c.bulk || slices.ContainsFunc(names, isBulkOnly)
	for _, record := range records {
		c.record(names, record)
	}
	c.finish()
}

type csvReader struct {
	*csv.Reader
	pairList
}

// separator returns what the first line has between its fields: a comma, or a
// semicolon or a tab as some spreadsheets write it.
func separator(text string) rune {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		switch {
		case strings.Contains(line, ","):
		case strings.Contains(line, ";"):
			return ';'
		case strings.Contains(line, "\t"):
			return '\t'
		}
		break
	}
	return ','
}

// all returns the records that can be read.
func (c *csvReader) all() (records [][]field) {
	for {
		texts, err := c.Reader.Read()
		if err == io.EOF {
			return records
		}
		if err != nil {
			at := position{line: 1}
			if e, ok := errors.AsType[*csv.ParseError](err); ok {
				at, err = position{e.StartLine, 0}, e.Err
				if e.Line == e.StartLine {
					at.column = e.Column
				}
			}
			c.fail(at, rulefile.Syntax, "not CSV: %v", err)
			continue
		}
		record := make([]field, len(texts))
		for i, text := range texts {
			line, col := c.FieldPos(i)
			record[i] = field{position{line, col}, text, true}
		}
		records = append(records, record)
	}
}

// header reads the first record if that names the columns. One that does not is a
// pair, which has a slash or a dot in its first field or a target in its second.
func (c *csvReader) header(record []field) (names []int, ok bool) {
	for _, f := range record {
		names = append(names, column(f.text))
	}
	if !slices.Contains(names, colFrom) || !slices.Contains(names, colTo) {
		if strings.ContainsAny(record[0].text, "/.") || len(record) > colTo && isTarget(record[colTo].text) {
			return nil, false
		}
		missing := "source and a target"
		switch {
		case slices.Contains(names, colFrom):
			missing = "target"
		case slices.Contains(names, colTo):
			missing = "source"
		}
		c.fail(record[0].position, rulefile.Syntax, "names of columns without a %s; must be from, to and status, or Cloudflare's source_url, target_url and so on", missing)
		return names, true
	}
	for i, f := range record {
		switch {
		case names[i] < 0 && f.text != "":
			c.note(f.position, rulefile.Unsupported, "column %q is not read", f.text)
		case names[i] >= 0 && slices.Index(names, names[i]) < i:
			c.note(f.position, rulefile.Unsupported, "column %q is not read: column %q says the same", f.text, record[slices.Index(names, names[i])].text)
			names[i] = -1
		}
	}
	return names, true
}

// isBulk reports whether records without names are as Cloudflare has them: no source
// is a path, and one has no scheme, or there are more columns than three.
func isBulk(records [][]field) bool {
	bulk := false
	for _, r := range records {
		if strings.HasPrefix(r[0].text, "/") {
			return false
		}
		host, _, _ := strings.Cut(r[0].text, "/")
		bulk = bulk || len(r) > 3 || strings.Contains(host, ".") && !strings.Contains(r[0].text, "://")
	}
	return bulk
}

// record reads a record as a pair.
func (c *csvReader) record(names []int, record []field) {
	if !slices.Contains(names, colFrom) || !slices.Contains(names, colTo) {
		return
	}
	if slices.IndexFunc(record, func(f field) bool { return f.text != "" }) < 0 {
		return
	}
	var p pair
	p[colTo].position = record[0].position
	for i, f := range record {
		switch {
		case i < len(names) && names[i] >= 0:
			p[names[i]] = f
		case i >= len(names) && f.text != "":
			c.fail(f.position, rulefile.Syntax, "got %q in column %d; there are %d", f.text, i+1, len(names))
			return
		}
	}
	c.read(&p)
}
