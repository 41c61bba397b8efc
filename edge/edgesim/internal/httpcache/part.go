package httpcache

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// CloudFront keeps the parts of objects that it gets for ranges of objects that are not in the cache, and serves from the cache the ranges
// that it has (RangeGETs.html). A part is an entry beside the object's own: its Object is the object's key.

// mostParts is how many parts of one object are kept.
const mostParts = 1000

// IsPart reports whether a 206 is a part that can be kept: an answer to a Range header alone, for one range or several.
func IsPart(request, h http.Header) bool {
	several := strings.HasPrefix(h.Get("Content-Type"), "multipart/byteranges")
	return len(request["Range"]) == 1 && len(request["If-Range"]) == 0 && (several || h.Get("Content-Range") != "")
}

// Place makes the entry of a 206 a part of the object under its key, which stands where Content-Range says. Several parts in one body, and
// bytes that are more or less than Content-Range says, have no place: they serve the same Range header only.
func (e *Entry) Place(request http.Header) {
	e.Object = e.Key
	e.Key = sameRange(e.Object, request)
	g, size, ok := message.ContentRange(e.Header)
	if ok && g.Last-g.First+1 == int64(len(e.Body)) {
		e.Part, e.Size = g, size
		e.Key = e.Object + "\npart=" + e.Header.Get("Content-Range")
	}
}

// sameRange is the key of what an origin sent for a Range header.
func sameRange(object string, request http.Header) string {
	return object + "\nrange=" + strings.ReplaceAll(request.Get("Range"), " ", "")
}

// Part is what a request asks for with its Range header, made of fresh parts of the object under the key; nil when they have less.
func (s *Store) Part(key string, request http.Header, now time.Time) *Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	var fresh []*Entry
	for _, e := range s.parts[key] {
		if e.FreshAt(now) {
			fresh = append(fresh, e)
		}
	}
	for _, same := range representations(fresh) {
		if e := join(same, request); e != nil {
			for _, part := range same {
				s.recent.MoveToFront(s.byKey[part.Key])
			}
			return e
		}
	}
	same := sameRange(key, request)
	if i := slices.IndexFunc(fresh, func(e *Entry) bool { return e.Key == same }); i >= 0 && len(request["If-Range"]) == 0 {
		return fresh[i]
	}
	return nil
}

// representations groups the parts that have a place: together what has the same strong validator, the rest each alone, because parts
// without one may be of different objects (RFC 9111 section 3.4).
func representations(parts []*Entry) [][]*Entry {
	type validator struct {
		etag string
		size int64
	}
	var groups [][]*Entry
	at := map[validator]int{}
	for _, e := range parts {
		v := validator{e.ETag, e.Size}
		i, seen := at[v]
		switch {
		case e.Size == 0: // no place
		case seen && strings.HasPrefix(e.ETag, `"`):
			groups[i] = append(groups[i], e)
		default:
			at[v] = len(groups)
			groups = append(groups, []*Entry{e})
		}
	}
	slices.Reverse(groups) // the newest first
	return groups
}

// join makes the answer to a request from parts of one representation, nil when they have not all of it.
func join(parts []*Entry, request http.Header) *Entry {
	size := parts[0].Size
	ranges, ok := message.Ranges(request, size)
	if !ok || len(ranges) == 0 || !message.RangeApplies(request, parts[0].Header) {
		return nil
	}
	slices.SortFunc(parts, func(a, b *Entry) int { return cmp.Compare(a.Part.First, b.Part.First) })
	bodies := map[message.Range][]byte{}
	for _, g := range ranges {
		bodies[g] = read(parts, g)
		if int64(len(bodies[g])) != g.Last-g.First+1 {
			return nil
		}
	}
	e := *slices.MinFunc(parts, func(a, b *Entry) int { return a.Expires().Compare(b.Expires()) })
	e.Header = e.Header.Clone()
	e.Body = message.Partial(e.Header, ranges, size, func(g message.Range) []byte { return bodies[g] })
	return &e
}

// read gives the bytes of a range from parts in ascending order, as far as they have them.
func read(parts []*Entry, g message.Range) (body []byte) {
	next := g.First
	for _, e := range parts {
		if e.Part.First > next || e.Part.Last < next || next > g.Last {
			continue
		}
		end := min(e.Part.Last, g.Last)
		piece := e.Body[next-e.Part.First : end-e.Part.First+1]
		if next == g.First {
			body = piece[:len(piece):len(piece)] // an append copies
		} else {
			body = append(body, piece...)
		}
		next = end + 1
	}
	return body
}
