package hosttest

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A Row is one of the tables in docs/redirect-hosts.md: what hosts and this module do with a file and a request. What they do is written
//
//	301 /b           a redirect
//	passes           none
//	error            the line is reported and left out; here, the file does not compile
//	..., noted       and something is said about a line
//	fails            the host's code throws an error at the request
type Row struct {
	Line    int // of the document
	Text    string
	Request string // as in an expectation: see rulefile.Expectation
	Why     string

	hosts, here [2]string // by dialect
}

// Host returns what the dialect's host does, "" if the row is not about it.
func (r *Row) Host(d rulefile.Dialect) string { return r.hosts[d] }

// Here returns what this module does, "" if the row is not about the dialect.
func (r *Row) Here(d rulefile.Dialect) string { return r.here[d] }

// ReadRows reads the rows of all tables that have the columns of a Row.
func ReadRows(name string) ([]Row, error) {
	document, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var rows []Row
	within := false
	for i, line := range strings.Split(string(document), "\n") {
		switch {
		case line == "| lines | request | Netlify | Cloudflare | here | why |":
			within = true
		case !strings.HasPrefix(line, "|"):
			within = false
		case within && !strings.HasPrefix(line, "| ---"):
			row, err := readRow(line)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
			}
			row.Line = i + 1
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func readRow(line string) (Row, error) {
	cells := strings.Split(strings.Trim(line, "|"), "|")
	if len(cells) != 6 {
		return Row{}, fmt.Errorf("got %d cells; want 6", len(cells))
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	row := Row{Text: readLines(cells[0]), Why: cells[5]}
	row.Request = unquote(cells[1])
	row.hosts = [2]string{unquote(cells[2]), unquote(cells[3])}
	row.here = row.hosts
	return row, row.readHere(cells[4])
}

// readHere reads what is done here, where it is not the same as at the hosts: either way for both, or for one of them.
func (r *Row) readHere(cell string) error {
	switch netlify, isNetlify := strings.CutPrefix(cell, "Netlify: "); {
	case cell == "the same":
		return nil
	case isNetlify:
		netlify, cloudflare, both := strings.Cut(netlify, "; Cloudflare: ")
		r.here[rulefile.Netlify] = unquote(netlify)
		if both {
			r.here[rulefile.Cloudflare] = unquote(cloudflare)
		}
	case strings.HasPrefix(cell, "Cloudflare: "):
		r.here[rulefile.Cloudflare] = unquote(strings.TrimPrefix(cell, "Cloudflare: "))
	default:
		for d := range r.here {
			if r.hosts[d] != "" {
				r.here[d] = unquote(cell)
			}
		}
	}
	if r.here == r.hosts {
		return fmt.Errorf("here is the same as at the hosts: write so")
	}
	if r.Why == "" {
		return fmt.Errorf("here is not the same as at the hosts: say why")
	}
	return nil
}

// codeSpan is a line of a file, which may be there more than once.
var codeSpan = regexp.MustCompile("`([^`]*)`(?: × ([0-9]+))?")

// readLines reads the lines of a file. In a line that is there n times {n} is 1 to n.
func readLines(cell string) string {
	var lines []string
	for _, m := range codeSpan.FindAllStringSubmatch(cell, -1) {
		times := 1
		if m[2] != "" {
			times, _ = strconv.Atoi(m[2])
		}
		for i := range times {
			lines = append(lines, unquote(strings.ReplaceAll(m[1], "{n}", strconv.Itoa(i+1))))
		}
	}
	return strings.Join(lines, "\n")
}

// many stands for so many letters x.
var many = regexp.MustCompile(`\{[0-9]+x\}`)

// unquote returns the text that a cell stands for.
func unquote(cell string) string {
	cell = strings.NewReplacer("`", "", `\t`, "\t", `\r`, "\r", `\ufeff`, "\ufeff", `\x20`, " ").Replace(cell)
	return many.ReplaceAllStringFunc(cell, func(s string) string {
		n, _ := strconv.Atoi(s[1 : len(s)-2])
		return strings.Repeat("x", n)
	})
}
