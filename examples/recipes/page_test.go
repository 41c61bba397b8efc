package recipes_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPage holds docs/recipes.md to the code: each recipe has a section, and what the section shows is in the recipe's file.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/recipes.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\(\.\./examples/recipes/(\w+\.go)\)`)
	var shown []string
	for i, section := range strings.Split(string(page), "\n## ") {
		if i == 0 {
			sectionShowsCode(t, "before the recipes", section, "example_test.go")
			continue
		}
		title, _, _ := strings.Cut(section, "\n")
		links := link.FindAllStringSubmatch(section, -1)
		if len(links) != 2 {
			t.Errorf("%s: %d links; want the code and its test", title, len(links))
			continue
		}
		shown = append(shown, links[0][1], links[1][1])
		for _, line := range []string{"| Trigger |", "| Cache key |", "| Cost |", "| Usual mistake |"} {
			if !strings.Contains(section, "\n"+line) {
				t.Errorf("%s: no line %q", title, line)
			}
		}
		sectionShowsCode(t, title, section, links[0][1])
	}
	slices.Sort(shown)
	if diff := cmp.Diff(filesOfRecipes(t), shown); diff != "" {
		t.Errorf("files that the page has (-want +got):\n%s", diff)
	}
}

// sectionShowsCode looks for each block of Go in the file.
func sectionShowsCode(t *testing.T, title, section, name string) {
	t.Helper()
	code, err := os.ReadFile(name)
	if err != nil {
		t.Errorf("%s: %v", title, err)
		return
	}
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```").FindAllStringSubmatch(section, -1)
	if len(blocks) == 0 {
		t.Errorf("%s: no code", title)
	}
	for _, block := range blocks {
		if !strings.Contains(string(code), block[1]) {
			t.Errorf("%s: this is not in %s:\n%s", title, name, block[1])
		}
	}
}

// filesOfRecipes are the files that are a recipe or its test.
func filesOfRecipes(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(name string) bool {
		return slices.Contains([]string{"doc.go", "example_test.go", "helpers_test.go", "laws_test.go", "page_test.go"}, name)
	})
}
