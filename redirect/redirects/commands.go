package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// check reports what is wrong with a file.
func (c *command) check(name string) int {
	in, _, r := c.load(name)
	if in == nil {
		return exitFailed
	}
	c.printCount(r, "")
	c.reportNeeds(in, r)
	return r.status()
}

// test checks a file and tries its expectations.
func (c *command) test(name string) int {
	in, table, r := c.load(name)
	if in == nil {
		return exitFailed
	}
	more := ""
	if table != nil {
		c.expect(in, table, r)
		more = fmt.Sprintf("; %d of %s met", r.Expectations.Met, edgecli.Count(r.Expectations.Total, "expectation"))
	}
	c.printCount(r, more)
	c.reportNeeds(in, r)
	return r.status()
}

// expect tries the expectations of a file, and reports those that are not met.
func (c *command) expect(in *input, table *redirect.Table, r *report) {
	var list []finding
	for i := range in.expectations {
		list = append(list, c.findings(in.expectations[i].Check(table))...)
	}
	for i := range list {
		list[i].Message = inUsersWords(list[i].Message)
	}
	r.Expectations = &expectations{len(in.expectations) - len(list), len(in.expectations)}
	r.Mistakes = append(r.Mistakes, list...)
	if !c.json {
		c.printFindings(r.File, list)
	}
}

// explain says what comes of a request.
func (c *command) explain(name, method, target string, fields []string) int {
	request, err := rulefile.NewRequest(method, target, fields...)
	if err != nil {
		return c.misuse(err)
	}
	in, table, r := c.load(name)
	switch {
	case in == nil:
		return exitFailed
	case table == nil:
		c.printCount(r, "")
		return r.status()
	}
	m, ok := table.Lookup(request)
	c.document.Explain = &answer{method + " " + target, ok, m.Status, m.Location, m.CacheControl, m.Vary, m.Line, inUsersWords(table.Explain(request))}
	if !c.json {
		c.stdout.print("%s", c.document.Explain.Text)
	}
	c.reportNeeds(in, r)
	return r.status()
}

// inUsersWords returns an explanation without names of package redirect.
func inUsersWords(explanation string) string {
	return strings.NewReplacer(
		"  query: Preserve\n", "  query: the target's, and the request's behind it\n",
		"  query: Merge\n", "  query: the target's, and what the request's has besides\n",
		"  query: TargetWins\n", "  query: the target's if it has one, or else the request's\n",
		"  query: Drop\n", "  query: the target's alone\n",
	).Replace(explanation)
}

// compile writes the compiled form of a file whose expectations are met.
func (c *command) compile(name string) int {
	in, table, r := c.load(name)
	if in == nil {
		return exitFailed
	}
	if table != nil {
		c.expect(in, table, r)
	}
	if r.status() != exitOK {
		c.printCount(r, "")
		return r.status()
	}
	n, err := c.write(c.output, table.WriteTo)
	if err != nil {
		return c.fail(err)
	}
	r.Compiled = &compiled{c.output, n}
	if c.output == "-" {
		c.stdout = c.stderr // the form has taken it
	}
	c.printCount(r, fmt.Sprintf("; %s: %d bytes", c.output, n))
	return exitOK
}

// write has writeTo write to a file, or to standard output.
func (c *command) write(name string, writeTo func(io.Writer) (int64, error)) (int64, error) {
	if name == "-" {
		w := bufio.NewWriter(c.stdout)
		n, err := writeTo(w)
		if err == nil {
			err = w.Flush()
		}
		return n, err
	}
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	n, err := writeTo(f)
	if errClose := f.Close(); err == nil {
		err = errClose
	}
	return n, err
}
