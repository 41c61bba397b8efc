package main

import (
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// An input is a file that has been read, whatever its form.
type input struct {
	name   string
	format forms.Format
	config *redirect.Config
	rules  iter.Seq[redirect.Rule]
	hosts  []rulefile.Host
	// compile returns no table if there are mistakes, but always the notes.
	compile      func() (*redirect.Table, []*rulefile.Error, error)
	expectations []rulefile.Expectation
	err          error     // the mistakes in the text
	notes        []finding // on the file as a whole

	redirects, passes int
}

// open reads a file.
func (c *command) open(name string) (*input, error) {
	text, err := c.read(name)
	if err != nil {
		return nil, err
	}
	format := c.format
	if format == forms.Unknown && c.given["dialect"] {
		format = forms.Redirects
	}
	why := ""
	if format == forms.Unknown {
		format, why = forms.Detect(name, text)
	}
	var in *input
	if format == forms.Unknown || format == forms.Redirects {
		in = c.openRedirects(text)
	} else {
		in = c.openForm(format, name, text)
		if filepath.Base(name) == "_redirects" && why != "" && in.redirects+in.passes > 0 {
			in.notes = append(in.notes, finding{Kind: "format", Message: fmt.Sprintf("this is %s and no _redirects file (%s); it is read as what it is", format.Describe(), why), note: !c.strict})
		}
	}
	in.name = name
	in.config.Origins = append(in.config.Origins, c.origins...)
	in.config.Trigger = c.trigger
	if c.index != "" {
		in.config.Index = c.index
	}
	return in, nil
}

// read returns the text of a file, which may be large: it is not there twice.
func (c *command) read(name string) (string, error) {
	from := c.stdin
	var b strings.Builder
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			b.Grow(int(info.Size()) + 1)
		}
		from = f
	}
	_, err := io.Copy(&b, from)
	return b.String(), err
}

func (c *command) openRedirects(text string) *input {
	f, err := rulefile.Parse(text, c.dialect)
	return &input{
		format: forms.Redirects, config: &f.Config, rules: f.Rules(), hosts: f.Hosts, err: err,
		expectations: f.Expectations, redirects: f.Redirects, passes: f.Passes,
		compile: func() (*redirect.Table, []*rulefile.Error, error) {
			t, err := f.Compile()
			notes := f.Notes
			if f.Shadowed != nil {
				notes = append(slices.Clip(notes), f.Shadowed)
			}
			return t, notes, err
		},
	}
}

func (c *command) openForm(format forms.Format, name, text string) *input {
	var f *forms.File
	var err error
	if c.format == forms.Unknown {
		f, err = forms.Read(name, text)
	} else {
		f, err = forms.ReadAs(format, text)
	}
	config := f.Config()
	config.Rules = nil
	in := &input{format: f.Format, config: &config, rules: slices.Values(f.Rules), err: err}
	in.hosts = rulefile.HostsOf(in.rules)
	for i, r := range f.Rules {
		switch {
		case i < len(f.Places) && f.Places[i].Guard:
			// It belongs to the rule behind it.
		case r.Pass:
			in.passes++
		default:
			in.redirects++
		}
	}
	in.compile = func() (*redirect.Table, []*rulefile.Error, error) {
		t, notes, err := rulefile.Compile(config, in.rules, f.Locate)
		return t, slices.Concat(f.Notes, notes), err
	}
	return in
}
