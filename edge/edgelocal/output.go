package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
)

// An output is a stream on which nothing that a terminal would take for a command is written: what functions print, and what stands in
// files, may quote what a viewer sent. It is safe for concurrent use.
type output struct {
	mu sync.Mutex
	w  io.Writer
}

func (o *output) print(format string, args ...any) {
	fmt.Fprintf(o, format, args...)
}

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, err := io.WriteString(o.w, printable(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) || c == '\n' || c == '\t' {
			return c
		}
		return unicode.ReplacementChar
	}, s)
}

// A speaker writes what is said of a function in the words of the command.
type speaker struct {
	w        io.Writer
	old, new string // how the function is called, there and here
}

func (s speaker) Write(p []byte) (int, error) {
	if _, err := io.WriteString(s.w, words(strings.ReplaceAll(string(p), s.old, s.new))); err != nil {
		return 0, err
	}
	return len(p), nil
}
