package cspreport_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestDependencies keeps out what would make functions at the edge larger: what is
// imported is initialized, and so linked, whether it is called or not. Cryptography
// is 61 KB of a zip.
func TestDependencies(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(out)) {
		if slices.Contains([]string{"net", "net/http", "net/url", "encoding/json", "crypto", "math/big", "regexp", "mime"}, name) {
			t.Errorf("the package needs %s", name)
		}
	}
}
