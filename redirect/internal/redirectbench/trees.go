package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A tree is a version of this repository, with what has been built of it.
type tree struct {
	name       string
	measure    string // the measuring program
	redirects  string // the command of this repository
	compileSeq bool
}

// where this module lies in the repository.
const modulePath = "redirect/internal/redirectbench"

// build builds today's tree and the one of a commit: today's first.
func build(ctx context.Context, dir, commit string) ([2]tree, error) {
	root, err := output(ctx, ".", "git", "rev-parse", "--show-toplevel")
	if err != nil {
		return [2]tree{}, err
	}
	today := tree{name: "today"}
	if err := today.build(ctx, root, filepath.Join(root, modulePath), "./measure", filepath.Join(dir, "today")); err != nil {
		return [2]tree{}, err
	}
	// An older tree is measured with today's program and today's rules.
	old, copied := filepath.Join(dir, "tree"), filepath.Join("redirect", "internal", "measure")
	archive := filepath.Join(dir, "tree.tar")
	err = errors.Join(os.Mkdir(old, 0o777), run(ctx, root, "git", "archive", "-o", archive, commit))
	if err == nil {
		err = run(ctx, old, "tar", "-xf", archive)
	}
	if err == nil {
		err = errors.Join(
			replaceDir(filepath.Join(root, modulePath, "measure"), filepath.Join(old, copied)),
			replaceDir(filepath.Join(root, "redirect", "internal", "workload"), filepath.Join(old, "redirect", "internal", "workload")))
	}
	if err != nil {
		return [2]tree{}, err
	}
	earlier := tree{name: commit}
	return [2]tree{today, earlier}, earlier.build(ctx, old, old, "./"+copied, filepath.Join(dir, "old"))
}

// build builds the programs of the tree at root: the measuring one is a package of the
// module in a folder.
func (t *tree) build(ctx context.Context, root, module, measure, prefix string) error {
	t.measure, t.redirects = prefix+"-measure", prefix+"-redirects"
	sources, err := filepath.Glob(filepath.Join(root, "redirect", "*.go"))
	if err != nil {
		return err
	}
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		t.compileSeq = t.compileSeq || strings.Contains(string(text), "\nfunc CompileSeq(")
	}
	tags := ""
	if !t.compileSeq {
		tags = "without_compileseq"
	}
	return errors.Join(
		run(ctx, module, "go", "build", "-tags", tags, "-o", t.measure, measure),
		// It is a module of its own in some versions.
		run(ctx, filepath.Join(root, "redirect", "redirects"), "go", "build", "-o", t.redirects, "."))
}

// replaceDir makes a folder one with the files of another.
func replaceDir(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.CopyFS(to, os.DirFS(from))
}

func run(ctx context.Context, dir string, command ...string) error {
	_, err := output(ctx, dir, command...)
	return err
}

// output runs a command and returns what it writes, without the line feed at the end.
func output(ctx context.Context, dir string, command ...string) (string, error) {
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Dir = dir
	out, err := c.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w\n%s", err, exit.Stderr)
		}
		return "", fmt.Errorf("%s: %w", strings.Join(command, " "), err)
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}
