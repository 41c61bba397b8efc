package probe_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

// TestDocs holds that docs/simulator.md names the question of each setting, and docs/first-deployment.md every question in its transcript.
func TestDocs(t *testing.T) {
	page := func(name string) string {
		content, err := os.ReadFile("../../../docs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	simulator, deployment := page("simulator.md"), page("first-deployment.md")
	for _, q := range probe.Questions() {
		if row := fmt.Sprintf("| `%s` | `%s` |\n", q.Setting, q.ID); q.Setting != "" && !strings.Contains(simulator, row) {
			t.Errorf("docs/simulator.md has no row that ends with %s", row)
		}
		if line := fmt.Sprintf("\n    %-22s", q.ID); !strings.Contains(deployment, line) {
			t.Errorf("docs/first-deployment.md: the transcript has no line for %s", q.ID)
		}
	}
}
