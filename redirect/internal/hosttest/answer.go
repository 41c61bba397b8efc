package hosttest

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// Compile reads and compiles a file as someone would who allows every host that stands in it.
func Compile(d rulefile.Dialect, text string) (*rulefile.File, *redirect.Table, error) {
	file, err := rulefile.Parse(text, d)
	if err != nil {
		return file, nil, err
	}
	for _, host := range file.Hosts {
		file.Config.Origins = append(file.Config.Origins, host.Origin)
	}
	table, err := file.Compile()
	return file, table, err
}

// Answer returns what this module does with a file and a request, in the words of a
// [Row].
func Answer(d rulefile.Dialect, text, request string) (string, error) {
	words := strings.Fields(request)
	r, err := rulefile.NewRequest("GET", words[0], words[1:]...)
	if err != nil {
		return "", err
	}
	file, table, err := Compile(d, text)
	if err != nil {
		return "error", nil
	}
	answer := "passes"
	if m, ok := table.Lookup(r); ok {
		answer = strconv.Itoa(m.Status) + " " + m.Location
	}
	if len(file.Notes) > 0 {
		answer += ", noted"
	}
	return answer, nil
}
