//go:build !without_compileseq

package main

import (
	"iter"

	"github.com/edgehelpers/lambdaedge/redirect"
)

func compileSeq(rules iter.Seq[redirect.Rule]) func() (*redirect.Table, error) {
	return func() (*redirect.Table, error) { return redirect.CompileSeq(redirect.Config{}, rules) }
}
