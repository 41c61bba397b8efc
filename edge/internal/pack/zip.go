package pack

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/deflate"
)

// Handler is the handler setting of every function that [Zip] packs, on Node.js and on Python alike.
const Handler = "index.handler"

// Names of the files in the zip.
const (
	Bootstrap   = "bootstrap"
	NodeIndex   = "index.mjs"
	PythonIndex = "index.py"
)

//go:embed index.mjs
var nodeIndex string

//go:embed index.py
var pythonIndex string

// A File is one file of a package.
type File struct {
	Name string
	Mode fs.FileMode
	Data []byte
}

// Files returns what a package with the given program holds, in the order of the zip.
func Files(program []byte) []File {
	return []File{
		{Bootstrap, 0o755, program},
		{NodeIndex, 0o644, []byte(nodeIndex)},
		{PythonIndex, 0o644, []byte(pythonIndex)},
	}
}

// Zip packs a program with its index files. Equal programs give equal bytes.
func Zip(program []byte) ([]byte, error) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return &compressor{out: out}, nil
	})
	for _, file := range Files(program) {
		if err := add(w, file); err != nil {
			return nil, fmt.Errorf("zip: %s: %w", file.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return buf.Bytes(), nil
}

// A compressor keeps what is written and compresses it as a whole when it is closed.
type compressor struct {
	bytes.Buffer
	out io.Writer
}

func (c *compressor) Close() error {
	_, err := c.out.Write(deflate.Compress(c.Bytes()))
	return err
}

func add(w *zip.Writer, file File) error {
	header := &zip.FileHeader{
		Name:   file.Name,
		Method: zip.Deflate,
		// The first moment that a zip can name. A real time would change the bytes with every build.
		Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	header.SetMode(file.Mode)
	body, err := w.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = body.Write(file.Data)
	return err
}

// SHA256 returns the digest of a zip as Terraform's source_code_hash and Lambda's CodeSha256 have it: in base64.
func SHA256(zip []byte) string {
	sum := sha256.Sum256(zip)
	return base64.StdEncoding.EncodeToString(sum[:])
}
