package lambdahost

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Bootstrap is the command that starts an unpacked package's own program, without a managed runtime before it.
func Bootstrap(dir string) []string {
	return []string{filepath.Join(dir, "bootstrap")}
}

// Node is the command that starts a package as Lambda's Node.js runtimes do: node runs AWS's runtime client (the npm package aws-lambda-ric,
// installed in the folder client), which imports index.mjs from the working directory.
func Node(node, client string) []string {
	return []string{node, filepath.Join(client, "node_modules", "aws-lambda-ric", "index.mjs"), handler}
}

// Python is the command that starts a package as Lambda's Python runtimes do, as far as a package goes: python imports
// index from the working directory. (AWS's client would poll after that; a package's index.py never returns to it.)
func Python(python string) []string {
	return []string{python, "-c", "import index"}
}

// Unpack writes the files of the zip at path below dir, with their permissions, as Lambda does. It refuses names that lead out of dir.
func Unpack(path, dir string) error {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return fmt.Errorf("lambdahost: unpack %s: %w", path, err)
	}
	defer archive.Close()
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("lambdahost: unpack %s: %w", path, err)
	}
	defer root.Close()
	for _, file := range archive.File {
		if err := unpackFile(root, file); err != nil {
			return fmt.Errorf("lambdahost: unpack %s: %q: %w", path, file.Name, err)
		}
	}
	return nil
}

func unpackFile(root *os.Root, file *zip.File) (err error) {
	name := filepath.FromSlash(file.Name)
	if file.FileInfo().IsDir() {
		return root.MkdirAll(name, 0o755)
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	in, err := file.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, file.Mode().Perm())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	_, err = io.Copy(out, in)
	return err
}
