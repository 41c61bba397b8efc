package rulefile

import (
	"strconv"
	"strings"
)

// didYouMean returns "; did you mean ...?", or "" if none of names is near.
func didYouMean(got string, names []string) string {
	if near := nearest(got, names); near != "" {
		return "; did you mean " + strconv.Quote(near) + "?"
	}
	return ""
}

// nearest returns the one of names that is the fewest edits from got, at most a
// third of its letters, "" if there is none.
func nearest(got string, names []string) string {
	best, found := 0, ""
	for _, name := range names {
		limit := (len(name) + 2) / 3
		if d := len(got) - len(name); d > limit || -d > limit {
			continue
		}
		if n := edits(strings.ToLower(got), strings.ToLower(name)); n <= limit && (found == "" || n < best) {
			best, found = n, name
		}
	}
	return found
}

// edits returns the Levenshtein distance of a and b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := last
			if a[i] != b[j] {
				change++
			}
			last = row[j+1]
			row[j+1] = min(change, last+1, row[j]+1)
		}
	}
	return row[len(b)]
}
