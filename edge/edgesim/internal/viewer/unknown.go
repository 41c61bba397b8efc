package viewer

import (
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// shown is what somebody sent, as part of a note.
func shown(s string) string { return message.Shorten(s, 100) }

// Unknown says that a name of that kind is not among those allowed, and which one may be meant.
func Unknown(kind, got string, allowed []string) string {
	return fmt.Sprintf("no %s %q; allowed are %s%s", kind, shown(got), strings.Join(allowed, ", "), didYouMean("", got, allowed))
}

// didYouMean asks whether the nearest of the names is meant, if one is near.
func didYouMean(prefix, got string, names []string) string {
	if near := nearest(got, names); near != "" {
		return "; did you mean " + prefix + near + "?"
	}
	return ""
}

// nearest is the name that shares the most pairs of letters with what somebody wrote, at least two fifths of all pairs of both (Dice's
// coefficient), or "".
func nearest(got string, names []string) string {
	best, found := 0.4, ""
	got = strings.ToLower(shown(got))
	for _, name := range names {
		shared, all, small := 0, len(got)+len(name)-2, strings.ToLower(name)
		for i := range max(len(got)-1, 0) {
			if strings.Contains(small, got[i:i+2]) {
				shared++
			}
		}
		if likeness := float64(2*shared) / float64(all); likeness > best || likeness == best && found == "" {
			best, found = likeness, name
		}
	}
	return found
}
