package edgesim

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/redact"
)

// headerChanges says which headers a function added, changed and removed; names only, as values may be personal.
func headerChanges(before, after http.Header) []string {
	var added, changed, removed []string
	for name, values := range after {
		if was, had := before[name]; !had {
			added = append(added, name)
		} else if !slices.Equal(was, values) {
			changed = append(changed, name)
		}
	}
	for name := range before {
		if _, has := after[name]; !has {
			removed = append(removed, name)
		}
	}
	var notes []string
	for _, group := range []struct {
		verb  string
		names []string
	}{{"added", added}, {"changed", changed}, {"removed", removed}} {
		if len(group.names) > 0 {
			slices.Sort(group.names)
			notes = append(notes, group.verb+" "+strings.Join(group.names, ", "))
		}
	}
	return notes
}

// showURL is a URL for a note, without the user; its query string and fragment, which are personal data, are only counted.
func showURL(s string) string {
	public, _, query, fragment := redact.SplitURL(s)
	public += showQuery(query)
	if fragment != "" {
		public += "#…(" + strconv.Itoa(len(fragment)) + ")"
	}
	return public
}

// showQuery stands for a query string.
func showQuery(query string) string {
	if query == "" {
		return ""
	}
	return "?…(" + strconv.Itoa(len(query)) + ")"
}

// noteWithheld says how many of the viewer's cookies the event of an origin-facing function does not have: one that looks for such a
// cookie finds nothing, and nothing else says why. It is only their number, as their names are the viewer's too.
func (st *Stage) noteWithheld(viewer, event *message.Request) {
	sent, seen := cookies(viewer.Header), cookies(event.Header)
	if seen < sent {
		st.note("not in the event, since no policy forwards them: %d of the viewer's %d cookies", sent-seen, sent)
	}
}

// cookies counts the cookies of a request.
func cookies(h http.Header) (n int) {
	for _, line := range h["Cookie"] {
		for pair := range strings.SplitSeq(line, ";") {
			if strings.Trim(pair, " \t") != "" {
				n++
			}
		}
	}
	return n
}

// changesOf says what a request function changed, without values.
func changesOf(before, after *message.Request) []string {
	var notes []string
	if before.URI != after.URI {
		notes = append(notes, fmt.Sprintf("uri is now %s", after.URI))
	}
	if before.Query != after.Query {
		notes = append(notes, "query string changed")
	}
	notes = append(notes, headerChanges(before.Header, after.Header)...)
	if notes == nil {
		notes = []string{"passed on as it came"}
	}
	return notes
}
