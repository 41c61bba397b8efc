package template

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"unicode"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
)

// Bounds of a file, far above CloudFormation's own: a template has 1 MB (cloudformation-limits.html).
const (
	maxFile   = 4 << 20
	maxDepth  = 64      // of objects and lists in each other
	maxValues = 200_000 // with aliases put in
	maxPath   = 512     // bytes; longer paths are cut
)

// A document is a file as JSON has it: objects, lists, strings, json.Number, bool, nil. YAML's short forms are spelled out.
type document struct {
	file  string
	root  map[string]any
	lines map[string]int // by path
	notes []Note

	values int // read so far
}

// readDocument reads a template of YAML or JSON.
func readDocument(file string) (*document, error) {
	v, d, err := readValue(file)
	if err != nil {
		return nil, err
	}
	return d, d.setRoot(v)
}

// parse reads a template that is in memory.
func parse(file string, data []byte) (*document, error) {
	v, d, err := parseValue(file, data)
	if err != nil {
		return nil, err
	}
	return d, d.setRoot(v)
}

func (d *document) setRoot(v any) error {
	root, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: got %s, want an object with Resources", d.file, brief(v))
	}
	d.root = root
	return nil
}

// readValue reads any value of YAML or JSON from a file. The document has no root yet.
func readValue(file string) (any, *document, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, nil, err
	}
	if err := checkSize(file, info.Size()); err != nil {
		return nil, nil, err
	}
	data, err := settings.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	return parseValue(file, data)
}

func checkSize(file string, size int64) error {
	if size > maxFile {
		return fmt.Errorf("%s: %d bytes, want %d at most: CloudFormation takes templates of 1 MB", file, size, maxFile)
	}
	return nil
}

// parseValue reads JSON, or what is not JSON as YAML.
func parseValue(file string, data []byte) (any, *document, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	d := &document{file: file, lines: map[string]int{}}
	read := d.parseYAML
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) && !strings.HasSuffix(file, ".yaml") && !strings.HasSuffix(file, ".yml") {
		read = d.parseJSON
	}
	v, err := read(data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w%s", file, err, settings.Tabs(data)+templated(data))
	}
	return v, d, nil
}

// templated says of a file that is neither YAML nor JSON that another program makes it, when it looks like that: "{% if %}" is Jinja's,
// "{{name}}" is that of many. CloudFormation's own "{{resolve:" stands in texts.
func templated(data []byte) string {
	if !regexp.MustCompile(`\{%|\{\{(?:[^r{]|r[^e])`).Match(data) {
		return ""
	}
	return ": the file has {{ }} or {% %}, from which another program makes a template: read what that program writes"
}

// line is where a path stands, or what it is in when the path itself does not stand in the file.
func (d *document) line(path string) int {
	for path != "" {
		if line := d.lines[path]; line > 0 {
			return line
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 0
}

// note says something about a path.
func (d *document) note(path, format string, args ...any) {
	d.notes = append(d.notes, Note{File: d.file, Line: d.line(path), Path: path, Text: fmt.Sprintf(format, args...)})
}

// enter counts a value that is read and checks the bounds.
func (d *document) enter(path string, depth int) error {
	d.values++
	switch {
	case depth > maxDepth:
		return fmt.Errorf("%s: deeper than %d levels", path, maxDepth)
	case d.values > maxValues:
		return fmt.Errorf("more than %d values with aliases put in", maxValues)
	}
	return nil
}

// member is the path of a member.
func member(path, name string) string {
	switch {
	case path == "":
		return name
	case len(path)+len(name) > maxPath:
		return path
	}
	return path + "." + name
}

// entry is the path of a list's entry.
func entry(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// printable has no control characters: what stands in a file goes to terminals.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return unicode.ReplacementChar
	}, s)
}
