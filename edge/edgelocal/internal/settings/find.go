package settings

import (
	"fmt"
	"os"
	"path/filepath"
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

// ReadFile reads a configuration file.
func ReadFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s: a folder: want a file in it", name)
	}
	if !info.Mode().IsRegular() || info.Size() > largest {
		return nil, fmt.Errorf("%s: want a file of at most %d bytes", name, largest)
	}
	return os.ReadFile(name)
}
