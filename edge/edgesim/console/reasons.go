package console

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// hopByHop are the headers that are between two neighbours only (RequestAndResponseBehaviorCustomOrigin.html, "HTTP request headers and
// CloudFront behavior", and "HTTP response headers that CloudFront removes or replaces").
var hopByHop = []string{"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Te", "Trailer",
	"Transfer-Encoding", "Upgrade", "Expect", "X-Real-Ip", "X-Forwarded-Proto"}

// requestReasons says why a header of the viewer's request is not the same to the origin.
type requestReasons struct {
	t      *edgesim.Trace
	domain string // of the distribution
	origin string
	page   bool // the request is for a custom error page
}

const notForwarded = "no policy of the behaviour forwards it"

func (w requestReasons) of(r *row) string {
	switch {
	case w.page && (r.Name == rowPath || r.Name == rowQuery):
		return "the request is for the custom error page"
	case r.Name == rowPath:
		return w.path(r)
	case r.Name == rowQuery || r.Name == "Cookie":
		return selected(r)
	case r.Name == "Host" && slices.Equal(r.Now, []string{w.origin}):
		return "no policy forwards Host: the origin gets its own name"
	case r.Change != dropped && len(r.Now) == 1 && strings.Contains(r.Now[0], w.domain):
		return "the local address is the distribution's name to functions and origins"
	}
	switch r.Change {
	case dropped:
		return w.whyDropped(r.Name)
	case changed:
		return w.whyChanged(r.Name)
	}
	return w.whyAdded(r.Name)
}

func (w requestReasons) path(r *row) string {
	if r.Was != nil && r.Now != nil && strings.HasSuffix(r.Now[0], r.Was[0]) {
		return "the origin's own path stands before it"
	}
	return "the default root object, or the origin's own path"
}

// selected says which cookies or parameters did not go on.
func selected(r *row) string {
	gone := pairsOf(r)
	for _, name := range pairsOf(&row{Name: r.Name, Was: r.Now}) {
		if i := slices.Index(gone, name); i >= 0 {
			gone = slices.Delete(gone, i, i+1)
		}
	}
	slices.Sort(gone)
	gone = slices.Compact(gone)
	if len(gone) == 0 {
		return ""
	}
	return "no policy of the behaviour forwards " + message.Shorten(strings.Join(gone, ", "), 300)
}

// pairsOf are the names of the cookies or the query parameters that a row had.
func pairsOf(r *row) (found []string) {
	separator := "&"
	if r.Name == "Cookie" {
		separator = ";"
	}
	for _, line := range r.Was {
		for pair := range strings.SplitSeq(line, separator) {
			name, _, _ := strings.Cut(strings.TrimSpace(pair), "=")
			if decoded, err := url.QueryUnescape(name); err == nil && r.Name == rowQuery {
				name = decoded
			}
			if name != "" {
				found = append(found, name)
			}
		}
	}
	return found
}

func (w requestReasons) whyDropped(name string) string {
	switch name {
	case "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since":
		return "the cache asks for the whole object, and compares by itself"
	case "Range", "If-Range":
		return "the cache asks whether the whole object is current"
	case "Accept-Encoding":
		return "the cache policy does not compress, and no policy forwards it"
	case "Content-Type", "Content-Encoding", "Content-Language", "Content-Length":
		return "it describes a body, and none goes to the origin"
	}
	switch {
	case strings.HasPrefix(name, "X-Mock-"):
		return "it is for the simulator, and goes no further"
	case slices.Contains(hopByHop, name):
		return "it is for the connection between viewer and CloudFront only"
	case strings.HasPrefix(name, "X-Edge-") || strings.HasPrefix(name, "X-Amz-Cf-"):
		return "names that begin so are CloudFront's own"
	}
	return notForwarded
}

func (w requestReasons) whyChanged(name string) string {
	switch name {
	case "User-Agent":
		return "no policy forwards it: CloudFront sends its own"
	case "Accept-Encoding":
		return "CloudFront asks for the encodings that the cache policy has"
	case "X-Forwarded-For":
		return "CloudFront adds the viewer's address"
	case "Via", "X-Amz-Cf-Id":
		return "CloudFront's own takes its place"
	case "If-None-Match", "If-Modified-Since":
		return "the cache asks whether its object is current"
	}
	return "the origin's custom header of this name takes its place, or a CloudFront-* header that a policy names"
}

func (w requestReasons) whyAdded(name string) string {
	switch name {
	case "User-Agent", "Host", "X-Forwarded-For", "Via", "X-Amz-Cf-Id", "Accept-Encoding", "Content-Length":
		return "CloudFront sends it with every request"
	case "If-None-Match", "If-Modified-Since":
		return "the cache asks whether its object is current"
	}
	if strings.HasPrefix(name, "Cloudfront-") {
		return "a policy of the behaviour names it"
	}
	return "a custom header of the origin"
}

// answerReasons says why a header of the answer is not the same to the viewer.
type answerReasons struct {
	t      *edgesim.Trace
	domain string
	source string // "" between the origin and what CloudFront passes on
}

func (w answerReasons) of(r *row) string {
	if w.source != "" && w.byPolicy(r) {
		return "the behaviour's response headers policy"
	}
	_, compressed := w.t.Header["Content-Encoding"]
	switch r.Name {
	case "Content-Encoding", "Etag", "Content-Length", "Accept-Ranges":
		switch {
		case r.Change == dropped && (w.t.Status == http.StatusNotModified || w.t.Status == http.StatusNoContent):
			return "the answer has no body"
		case compressed && w.source == sourceOrigin && r.Name != "Content-Length" || r.Change == changed && compressed:
			return "CloudFront compressed the answer"
		}
	}
	switch {
	case r.Change == added:
		return w.whyAdded(r.Name)
	case r.Change == dropped:
		return w.whyDropped(r.Name)
	case r.Name == "Vary":
		return "CloudFront keeps the names that go to the origin"
	case onEveryAnswer(r.Name):
		return "CloudFront's own takes its place"
	case r.Name == "Set-Cookie":
		return "the distribution's name is taken out of Domain for the local address"
	case len(r.Was) > 0 && strings.Contains(strings.Join(r.Was, "\n"), w.domain):
		return "the distribution's name is the local address to the viewer"
	}
	return ""
}

// byPolicy reports whether the response headers policy set or removed the header: the simulator notes which.
func (w answerReasons) byPolicy(r *row) bool {
	verb := ": set "
	if r.Change == dropped {
		verb = ": removed "
	}
	for _, st := range w.t.Stages {
		for _, note := range st.Notes {
			_, names, found := strings.Cut(note, verb)
			if found && strings.HasPrefix(note, "response headers policy ") && slices.Contains(strings.Split(names, ", "), r.Name) {
				return true
			}
		}
	}
	return false
}

func (w answerReasons) whyAdded(name string) string {
	switch {
	case name == "Age":
		return "how many seconds it was in the cache"
	case name == "Vary":
		return "CloudFront may compress the answer"
	case onEveryAnswer(name), name == "Server", name == "Date", name == "Content-Length":
		return "CloudFront's own"
	}
	return ""
}

func (w answerReasons) whyDropped(name string) string {
	switch {
	case name == "Set-Cookie":
		return "no policy of the behaviour forwards cookies, so CloudFront takes Set-Cookie out"
	case name == "X-Amz-Id-2" || name == "X-Amz-Request-Id":
		return "S3's own, which CloudFront takes out"
	case name == "Vary":
		return "it names nothing that goes to the origin"
	case slices.Contains(hopByHop, name) || w.listed()[name]:
		return "it is for the connection between origin and CloudFront only"
	}
	return ""
}

// listed are the headers that an origin's Connection names, which are for that connection too (RFC 9110 section 7.6.1).
func (w answerReasons) listed() map[string]bool {
	found := map[string]bool{}
	for _, o := range w.t.Origins {
		for _, line := range o.Received["Connection"] {
			for name := range strings.SplitSeq(line, ",") {
				found[http.CanonicalHeaderKey(strings.TrimSpace(name))] = true
			}
		}
	}
	return found
}
