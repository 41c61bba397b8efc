package edgesim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
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

// showURL is a URL for a note: its query string, which is personal data, is only counted.
func showURL(s string) string {
	before, query, found := strings.Cut(s, "?")
	if !found {
		return before
	}
	return before + showQuery(query)
}

// showQuery stands for a query string.
func showQuery(query string) string {
	if query == "" {
		return ""
	}
	return "?…(" + strconv.Itoa(len(query)) + ")"
}

// span is a duration in whole seconds as people write it: 24h, 5m, 1m30s.
func span(d time.Duration) string {
	s := d.Round(time.Second).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
