package edgesim_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRooms holds the imports of the rooms to the table in doc.go: a room opens no door that the table does not have, and the
// table has none that is not there.
func TestRooms(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command is not there")
	}
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./internal/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	const home = "github.com/edgehelpers/lambdaedge/edge/edgesim"
	got := map[string][]string{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		doors := []string{}
		for _, name := range p.Imports {
			if name == home {
				t.Errorf("%s imports the walk", p.ImportPath)
			}
			if room, ok := strings.CutPrefix(name, home+"/internal/"); ok {
				doors = append(doors, room)
			}
		}
		slices.Sort(doors)
		got[path.Base(p.ImportPath)] = doors
	}
	if diff := cmp.Diff(roomsOfDoc(t), got); diff != "" {
		t.Errorf("doors between rooms (-doc.go +imports):\n%s", diff)
	}
}

// roomsOfDoc reads the table: a room, the rooms that it may import, and what it is in words.
func roomsOfDoc(t *testing.T) map[string][]string {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "// # Rooms\n")
	table, _, _ = strings.Cut(table, "// # ")
	rooms := map[string][]string{}
	for line := range strings.Lines(table) {
		row, ok := strings.CutPrefix(line, "//\t")
		if !ok {
			continue
		}
		columns := strings.Fields(strings.ReplaceAll(row[:wordsAt], ",", " "))
		rooms[columns[0]] = append([]string{}, columns[1:]...)
	}
	return rooms
}

// wordsAt is where the third column of the table begins.
const wordsAt = 36
