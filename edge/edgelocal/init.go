package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
)

// writeSettings writes the settings' file, with what could not be guessed as comments. A file that is there is left alone.
func (c *command) writeSettings() int {
	s, err := load(c.options, nil, c.stderr)
	if err != nil {
		return c.fail(err)
	}
	defer s.close()
	var b strings.Builder
	fmt.Fprintf(&b, "# What on this machine stands for the names in %s. Paths are relative to this file.\nconfig: %q\n", s.project.file, s.project.file)
	for _, g := range []struct{ name, about string }{
		{"origins", "an origin's id: a folder, or an address such as http://localhost:3000"},
		{"functions", "a function's name, ARN or trigger: a folder, a zip, or a file of JavaScript or Python;\n# or with more lines below it: code, handler and runtime"},
		{"policies", "a policy's id: a file that AWS's command line printed, or the name of a managed policy"},
	} {
		fmt.Fprintf(&b, "\n# %s\n", g.about)
		any := false
		for _, o := range s.open {
			if o.group != g.name {
				continue
			}
			if !any {
				fmt.Fprintf(&b, "# %s:\n", g.name)
			}
			any = true
			fmt.Fprintf(&b, "#   %q: %s  # %s\n", printable(o.name), o.example, printable(o.why))
		}
		if !any {
			fmt.Fprintf(&b, "# %s: nothing is left to say\n", g.name)
		}
	}
	file, err := os.OpenFile(settings.FileName, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return c.fail(fmt.Errorf("%s is there already: it stays as it is", settings.FileName))
	} else if err != nil {
		return c.fail(err)
	}
	_, err = file.WriteString(b.String())
	if err := errors.Join(err, file.Close()); err != nil {
		return c.fail(err)
	}
	c.stdout.print("wrote %s: %d names are left to say\n", settings.FileName, len(s.open))
	return exitOK
}
