package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// readUnknowns reads the settings of what AWS's documents leave open, or a report of examples/edgeprobe. When something is wrong, each
// thing is said, and the defaults are played.
func (o *options) readUnknowns() (u edgesim.Unknowns, wrong []string) {
	say := func(place, reason string) {
		wrong = append(wrong, fmt.Sprintf("-unknowns %s: %s: the defaults are played", place, reason))
	}
	file := o.unknowns
	if file == "" {
		return u, nil
	}
	content, err := o.readFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		say(file, "there is no such file")
		return u, wrong
	} else if err != nil {
		say(file, err.Error())
		return u, wrong
	}
	if u, err = edgesim.ReadUnknowns(content); err != nil {
		for line := range strings.SplitSeq(strings.TrimPrefix(err.Error(), "edgesim: settings: "), "\n") {
			say(place(file, content, err), line)
		}
	}
	return u, wrong
}
