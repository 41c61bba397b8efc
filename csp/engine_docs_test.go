package csp_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the table of docs/csp-engines.md anew")

const (
	tableBegin = "<!-- the rows of csp.Behaviors: go test ./csp -run TestEngineDocs -update -->\n"
	tableEnd   = "<!-- end of the rows -->\n"
)

// engineTable writes csp.Behaviors in Markdown.
func engineTable() string {
	var b strings.Builder
	b.WriteString("| name | clause | who does it: draft | Chromium | Firefox | WebKit | all | what |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	says := map[bool]string{true: "yes", false: "no"}
	for row := range csp.Behaviors() {
		all := "as the draft"
		if row.Chromium == row.Firefox && row.Firefox == row.WebKit {
			all = says[row.Chromium]
		}
		if !row.Decides {
			all = "not asked"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", row.Name, row.Clause,
			says[row.Draft], says[row.Chromium], says[row.Firefox], says[row.WebKit], all, strings.ReplaceAll(row.Point, "*", `\*`))
	}
	return b.String()
}

// TestEngineDocs holds the table that people read to the one that decides.
func TestEngineDocs(t *testing.T) {
	const file = "../docs/csp-engines.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), tableBegin)
	table, after, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatalf("%s has no table between %q and %q", file, tableBegin, tableEnd)
	}
	want := engineTable()
	if *update {
		if err := os.WriteFile(file, []byte(before+tableBegin+want+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", file, diff)
	}
}
