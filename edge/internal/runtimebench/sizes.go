package main

import (
	"cmp"
	"debug/elf"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const smallest = 4000 // bytes of a package that has a row of its own

// sizes prints what is in the demo's programs: sections, and the code and data of each package as "go tool nm -size" tells them.
func sizes(dir string) error {
	programs := []string{"viewerrequest", "originresponse"}
	columns := make([]map[string]int, len(programs))
	for i, name := range programs {
		path := filepath.Join(dir, name)
		c := exec.Command("go", "build", "-trimpath", "-o", path, "./examples/githubdemo/lambda/"+name) // with symbols, as nm needs them
		c.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
		if output, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%v: %w\n%s", c, err, output)
		}
		var err error
		if columns[i], err = parts(path); err != nil {
			return err
		}
	}
	all := map[string]int{}
	for _, column := range columns {
		for name, n := range column {
			if n < smallest && !strings.HasPrefix(name, ".") {
				delete(column, name)
				name = "all others"
				column[name] += n
			}
			all[name] = max(all[name], column[name])
		}
	}
	names := slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Or(cmp.Compare(all[b], all[a]), cmp.Compare(a, b)) })
	fmt.Printf("| | %s |\n|---|%s\n", strings.Join(programs, " | "), strings.Repeat("---:|", len(programs)))
	for _, name := range names {
		fmt.Printf("| %s |", name)
		for _, column := range columns {
			fmt.Printf(" %d |", column[name])
		}
		fmt.Println()
	}
	return nil
}

// parts returns the bytes of the sections that are in the file and loaded from it, by their names, and those of the packages, by theirs.
func parts(path string) (map[string]int, error) {
	bytes := map[string]int{}
	file, err := elf.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	inFile := func(address uint64) bool { return false }
	for _, s := range file.Sections {
		if s.Flags&elf.SHF_ALLOC == 0 || s.Type == elf.SHT_NOBITS { // NOBITS: only a size, such as crypto's 32 MB of memory
			continue
		}
		others := inFile
		inFile = func(address uint64) bool { return s.Addr <= address && address < s.Addr+s.Size || others(address) }
		if s.Size >= smallest {
			bytes[s.Name] += int(s.Size)
		}
	}
	symbols, err := exec.Command("go", "tool", "nm", "-size", path).Output()
	if err != nil {
		return nil, fmt.Errorf("go tool nm %s: %w", path, err)
	}
	for line := range strings.Lines(string(symbols)) {
		f := strings.Fields(line) // address, size, kind, name
		if len(f) < 4 {
			continue // an undefined symbol has no address
		}
		address, err1 := strconv.ParseUint(f[0], 16, 64)
		n, err2 := strconv.Atoi(f[1])
		if err := cmp.Or(err1, err2); err != nil {
			return nil, fmt.Errorf("go tool nm %s: got line %q: %w", path, line, err)
		}
		if inFile(address) {
			bytes[packageOf(f[3])] += n
		}
	}
	return bytes, nil
}

// packageOf is the package in a symbol's name, such as net/netip in net/netip.(*Addr).String.
func packageOf(symbol string) string {
	if name, _, ok := strings.Cut(symbol, ":"); ok && (name == "go" || name == "type") {
		return name + ": (types and tables of the linker)"
	}
	path := symbol
	if i := strings.IndexAny(path, "(["); i >= 0 {
		path = path[:i] // a receiver's or an argument's type has slashes and dots of its own
	}
	slash := strings.LastIndexByte(path, '/') + 1
	name, _, _ := strings.Cut(path[slash:], ".")
	return path[:slash] + name
}
