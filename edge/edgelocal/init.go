package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
)

// A group is a part of the settings' file.
type group struct {
	name, about string
	rare        bool // most configurations need nothing of it
}

func groups() []group {
	return []group{
		{"origins", "an origin's id: a folder, or an address such as http://localhost:3000", false},
		{"functions", "a function's name, ARN or trigger: a folder, a zip, or a file of JavaScript or Python;\n# or with more lines below it: code, handler and runtime", false},
		{"policies", "a policy's id: a file that AWS's command line printed, or the name of a managed policy", false},
		{"keyGroups", "a key group's id: a file with a public key, whose name is its Key-Pair-Id;\n# or with more lines below it: Key-Pair-Ids and their files", true},
		{"keyValueStores", "the name of a key value store, or of the CloudFront Function that has it: a JSON file", true},
	}
}

// writeGroup writes the names of a group that are left to say, each once.
func (s *site) writeGroup(b *strings.Builder, g group) {
	var lines []string
	for _, o := range s.open {
		line := fmt.Sprintf("#   %q: %s  # %s\n", edgecli.Printable(o.name), o.example, edgecli.Printable(o.why))
		if o.group == g.name && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	switch {
	case len(lines) > 0:
		fmt.Fprintf(b, "\n# %s\n# %s:\n%s", g.about, g.name, strings.Join(lines, ""))
	case !g.rare:
		fmt.Fprintf(b, "\n# %s\n# %s: nothing is left to say\n", g.about, g.name)
	}
}

// writeSettings writes the settings' file, with what could not be guessed as comments. A file that is there is left alone.
func (c *command) writeSettings() int {
	s, err := load(c.options, nil, nil, c.stderr)
	if err != nil {
		return c.fail(err)
	}
	defer s.close()
	var b strings.Builder
	fmt.Fprintf(&b, "# What on this machine stands for the names in %s. Paths are relative to this file.\nconfig: %q\n", s.project.file, s.project.file)
	for _, g := range groups() {
		s.writeGroup(&b, g)
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
	left := edgecli.Count(len(s.open), "name") + " are left to say"
	if len(s.open) == 1 {
		left = "1 name is left to say"
	}
	c.stdout.print("wrote %s: %s\n", settings.FileName, left)
	return exitOK
}
