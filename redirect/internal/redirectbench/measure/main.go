package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// A row is one measurement: of a lookup, or of a rule that is compiled.
type row struct {
	Name   string
	Time   float64 // nanoseconds
	Allocs float64
	Memory float64 // bytes: allocated by a lookup, or the most that a rule took
	Form   float64 // bytes of the compiled form for a rule
	More   bool    // another lookup is to be measured
}

func main() {
	if err := run(os.Args[1:], json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(args []string, in *json.Decoder, out *json.Encoder) error {
	switch {
	case len(args) == 3 && args[0] == "compile":
		return measureCompile("`Compile` of a slice", args[1], args[2], compileSlice, out)
	case len(args) == 3 && args[0] == "compileseq":
		return measureCompile("`CompileSeq`", args[1], args[2], compileSeq, out)
	case len(args) == 2 && args[0] == "lookups":
		return measureLookups(args[1], in, out)
	}
	return errors.New("see its source for how to use it")
}
