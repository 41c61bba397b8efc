package settings

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf16"
)

// largest is how long a configuration file may be: no distribution's comes near it.
const largest = 64 << 20

// Find gives the files of a folder that match one of the patterns and in which is says that a configuration stands, in the order of the
// patterns and then of their names.
func Find(dir string, patterns []string, is func(file string, content []byte) bool) []string {
	var found []string
	known := map[string]bool{}
	for _, pattern := range patterns {
		names, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		for _, name := range names {
			content, err := ReadFile(name)
			if err == nil && !known[name] && is(name, content) {
				known[name] = true
				found = append(found, name)
			}
		}
	}
	return found
}

// ReadFile reads a text file. One in UTF-16, as PowerShell writes the output of a command, is made UTF-8.
func ReadFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, errors.Unwrap(err))
	case info.IsDir():
		return nil, fmt.Errorf("%s: a folder: want a file in it", name)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: a pipe or a device: want a file", name)
	case info.Size() > largest:
		return nil, fmt.Errorf("%s: %d bytes: want a file of at most %d", name, info.Size(), largest)
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, errors.Unwrap(err))
	}
	return utf8Text(content), nil
}

// ReadText reads a text as [ReadFile] does.
func ReadText(r io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, largest+1))
	if err == nil && len(content) > largest {
		err = fmt.Errorf("-: want at most %d bytes", largest)
	}
	return utf8Text(content), err
}

// utf8Text is a text without its byte order mark, in UTF-8.
func utf8Text(content []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")):
	case bytes.HasPrefix(content, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(content, []byte("\ufeff"))
	}
	units := make([]uint16, len(content)/2-1)
	for i := range units {
		units[i] = order.Uint16(content[2*i+2:])
	}
	return []byte(string(utf16.Decode(units)))
}

// Tabs says which line of a file is indented with a tab, which YAML does not take; "" when none is.
func Tabs(content []byte) string {
	for i, line := range bytes.Split(content, []byte("\n")) {
		if bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("\t")) {
			return fmt.Sprintf("; line %d is indented with a tab: YAML takes spaces", i+1)
		}
	}
	return ""
}
