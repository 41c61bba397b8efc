package main

import (
	"os/exec"
	"runtime"
	"testing"
)

// requirePackages skips a test where the packages cannot run.
func requirePackages(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the packages hold linux/amd64 programs: they are not run here")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the packages are not built: no go command")
	}
}
