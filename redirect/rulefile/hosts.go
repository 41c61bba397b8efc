package rulefile

import (
	"iter"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// A Host is the origin of another site that rules lead to.
type Host struct {
	Origin string // as in "https://shop.example"
	Line   int    // of the first rule that leads there
	Column int    // of its target, 0 if that is not known
	Rules  int    // how many lead there
}

// HostsOf returns the origins of other sites that rules lead to, in their order.
func HostsOf(rules iter.Seq[redirect.Rule]) []Host {
	var l hostList
	for r := range rules {
		l.add(&r, 0)
	}
	return l.list
}

// Missing returns those of hosts that are not among the origins, which are written as
// in [redirect.Config.Origins].
func Missing(hosts []Host, origins []string) []Host {
	return slices.DeleteFunc(slices.Clone(hosts), func(h Host) bool {
		return slices.ContainsFunc(origins, func(o string) bool { return originOf(o) == h.Origin })
	})
}

// A hostList collects hosts.
type hostList struct {
	list  []Host
	index map[string]int
}

func (l *hostList) add(r *redirect.Rule, column int) {
	origin := originOf(r.To)
	if origin == "" {
		return
	}
	i, ok := l.index[origin]
	if !ok {
		i = l.addNew(origin, r.Line, column)
	}
	if i >= 0 {
		l.list[i].Rules++
	}
}

// addNew adds an origin that is not in the list, and returns its index there, -1 if
// it is none that may be allowed.
func (l *hostList) addNew(origin string, line, column int) int {
	if l.index == nil {
		l.index = map[string]int{}
	}
	i := len(l.list)
	if CheckOrigin(origin) == nil {
		l.list = append(l.list, Host{Origin: origin, Line: line, Column: column})
	} else {
		i = -1
	}
	l.index[origin] = i
	return i
}

// originOf returns scheme and host of a URL, in small letters and without the
// scheme's own port, "" if it has none.
func originOf(to string) string {
	i := strings.Index(to, "://")
	if i < 0 || i > len("https") {
		return ""
	}
	end := len(to)
	if n := strings.IndexAny(to[i+3:], `/?#\`); n >= 0 {
		end = i + 3 + n
	}
	origin := strings.ToLower(to[:end])
	switch {
	case strings.HasPrefix(origin, "https://"):
		return strings.TrimSuffix(origin, ":443")
	case strings.HasPrefix(origin, "http://"):
		return strings.TrimSuffix(origin, ":80")
	}
	return ""
}
