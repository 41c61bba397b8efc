package repo_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestRoomsOfEdge holds the packages below edge that are in every function to the table at the end of edge/doc.go: a row is the name of a
// room, the rooms that it may import ("nothing", or names with commas), and what it is for.
func TestRoomsOfEdge(t *testing.T) {
	t.Parallel()
	rooms := map[string][]string{}
	for _, row := range tableOf(t, "edge/doc.go", "// The rooms: ") {
		if len(row) < 3 {
			t.Fatalf("got the row %q; want a name, what it may import, what it is for", row)
		}
		rooms[row[0]] = strings.Split(row[1], ",")
	}
	used := map[string]bool{}
	for path, p := range list(t, "-deps", "./edge") {
		room, below := roomOf(path)
		if !below {
			continue
		}
		used[room] = true
		allowed, known := rooms[room]
		if !known {
			t.Errorf("edge uses %s, which is not in the table of edge/doc.go", path)
		}
		for _, dep := range p.Imports {
			if other, below := roomOf(dep); strings.HasPrefix(dep, module) && (!below || other != room && !slices.Contains(allowed, other)) {
				t.Errorf("%s imports %s, may import %q of this module", path, dep, allowed)
			}
		}
	}
	for room := range rooms {
		if !used[room] {
			t.Errorf("edge/doc.go has the room %s, which edge does not use", room)
		}
	}
}

// roomOf returns the room of a package, and whether it is below edge/internal: what is below a room belongs to it.
func roomOf(path string) (room string, below bool) {
	name, below := strings.CutPrefix(path, module+"/edge/internal/")
	room, _, _ = strings.Cut(name, "/")
	return room, below
}

// tableOf returns the fields of the rows of a table in a comment of a file: its indented lines, from the line that begins with heading on.
func tableOf(t *testing.T, file, heading string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "\n"+heading)
	if !found {
		t.Fatalf("%s has no table %q", file, heading)
	}
	for line := range strings.Lines(table) {
		if row, indented := strings.CutPrefix(line, "//\t"); indented {
			rows = append(rows, strings.Fields(row))
		}
	}
	return rows
}
