package pack

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// withoutCgo explains a build that failed because cgo is turned off: err with the packages of the program that have files in
// C, or err alone where there are none. The packages of Go's own library do without.
func (b Builder) withoutCgo(ctx context.Context, program Program, err error) error {
	cmd := exec.CommandContext(ctx, "go", "list", "-e", "-deps", "-tags="+b.Tags,
		"-f", "{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}", "--", program.ImportPath)
	cmd.Dir = b.Dir
	cmd.Env = append(Environment(os.Environ()), "CGO_ENABLED=1")
	out, failed := cmd.Output()
	packages := strings.Fields(string(out))
	if failed != nil || len(packages) == 0 {
		return err
	}
	return fmt.Errorf("%w\ncgo was turned off, for the program must be static, and these packages use it: %s", err, strings.Join(packages, ", "))
}
