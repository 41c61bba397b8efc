package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// load reads and compiles a file. It prints what is wrong and returns no table if
// that is more than warnings.
func (c *command) load(name string) (*rulefile.File, *redirect.Table) {
	text, err := c.read(name)
	if err != nil {
		fmt.Fprintf(c.stderr, "redirects: %v\n", err)
		return nil, nil
	}
	file, err := rulefile.Parse(text, c.dialect)
	ok := c.report(name, err)
	file.Config.Origins = append(file.Config.Origins, c.origins...)
	file.Config.Index = c.index
	table, err := file.Compile()
	ok = c.report(name, err) && ok
	if !ok {
		return nil, nil
	}
	if table == nil {
		// All that is wrong is tolerated, and has been printed.
		for _, kind := range c.tolerate {
			if kind != rulefile.Unsupported {
				file.Config.Tolerate = append(file.Config.Tolerate, kind)
			}
		}
		if table, err = file.Compile(); err != nil {
			c.report(name, err)
			return nil, nil
		}
	}
	return file, table
}

func (c *command) read(name string) (string, error) {
	if name == "-" {
		text, err := io.ReadAll(c.stdin)
		return string(text), err
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

// report prints the errors in err, and returns whether all are tolerated.
func (c *command) report(name string, err error) bool {
	if err == nil {
		return true
	}
	errs := []error{err}
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		errs = list.Unwrap()
	}
	fine := true
	for _, err := range errs {
		e, ok := errors.AsType[*rulefile.Error](err)
		switch {
		case !ok:
			fine = false
			fmt.Fprintf(c.stderr, "%s: %v\n", name, err)
		case slices.Contains(c.tolerate, e.Kind):
			fmt.Fprintf(c.stderr, "%s:%d:%d: warning: %s: %s\n", name, e.Line, e.Column, e.Kind, e.Message)
		default:
			fine = false
			fmt.Fprintf(c.stderr, "%s:%v\n", name, e)
		}
	}
	return fine
}

// check reports what is wrong with a file.
func (c *command) check(name string) int {
	file, table := c.load(name)
	if table == nil {
		return mistake
	}
	fmt.Fprintf(c.stdout, "%s: %d rules, no mistake\n", name, len(file.Config.Rules))
	return fine
}

// test checks a file and tries its expectations.
func (c *command) test(name string) int {
	file, table := c.load(name)
	if table == nil {
		return mistake
	}
	if !c.report(name, file.Test(table)) {
		return mistake
	}
	fmt.Fprintf(c.stdout, "%s: %d rules, no mistake; %d expectations met\n", name, len(file.Config.Rules), len(file.Expectations))
	return fine
}

// explain says what comes of a request.
func (c *command) explain(name, method, target string, fields []string) int {
	r, err := rulefile.NewRequest(method, target, fields...)
	if err != nil {
		fmt.Fprintf(c.stderr, "redirects: %v\n", err)
		return misuse
	}
	_, table := c.load(name)
	if table == nil {
		return mistake
	}
	fmt.Fprint(c.stdout, table.Explain(r))
	return fine
}

// compile writes the compiled form of a file whose expectations are met.
func (c *command) compile(name string) int {
	file, table := c.load(name)
	if table == nil || !c.report(name, file.Test(table)) {
		return mistake
	}
	form, err := table.MarshalBinary()
	if err == nil {
		err = os.WriteFile(c.output, form, 0o644)
	}
	if err != nil {
		fmt.Fprintf(c.stderr, "redirects: %v\n", err)
		return mistake
	}
	fmt.Fprintf(c.stdout, "%s: %d rules, %d bytes\n", c.output, len(file.Config.Rules), len(form))
	return fine
}
