//go:build without_compileseq

package main

import (
	"errors"
	"iter"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// compileSeq stands in for what older versions do not have.
func compileSeq(iter.Seq[redirect.Rule]) func() (*redirect.Table, error) {
	return func() (*redirect.Table, error) { return nil, errors.New("no CompileSeq") }
}
