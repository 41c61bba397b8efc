package console

import (
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// Where an answer's headers come from.
const (
	sourceOrigin     = "origin"
	sourceCache      = "cache"
	sourceFunction   = "function"
	sourcePage       = "error-page" // a custom error page that came from the cache
	sourceCloudFront = "CloudFront"
)

// A journey is what became of a request's headers on the way to the origins, and of the answer's on the way back.
type journey struct {
	Source  string        `json:"source"` // of the answer that the viewer got
	Origin  int           `json:"origin"` // of Origins, the one whose answer it is; -1 when it is nobody's
	Answer  []row         `json:"answer"`
	Origins []originVisit `json:"origins"`
}

// An originVisit is one request to an origin. Answer is nil where the journey's own begins there.
type originVisit struct {
	Origin  string `json:"origin"`
	Method  string `json:"method"`
	Target  string `json:"target"`
	Status  int    `json:"status,omitempty"`
	Page    bool   `json:"page,omitempty"` // for a custom error page
	Request []row  `json:"request"`
	Answer  []row  `json:"answer,omitempty"`
}

// A visit is where on the trace an origin was asked.
type visit struct {
	stage int // its place on the trace
	page  bool
}

// follow reads the journey off a trace. domain is the distribution's.
func follow(t *edgesim.Trace, domain string) journey {
	visits := visitsOf(t)
	j := journey{Origin: -1, Origins: []originVisit{}}
	j.Source, j.Origin = sourceOf(t, visits)
	for i, o := range t.Origins {
		v := originVisit{Origin: o.Origin, Method: o.Method, Target: o.Target, Status: o.Status, Page: visits[i].page}
		first := requestFields(t.Viewer.Header, t.Viewer.Target)
		first["Host"] = []string{t.Viewer.Host}
		why := sure(t, requestReasons{t, domain, o.Origin, visits[i].page}.of)
		v.Request = compare(first, requestChanges(t.Stages, visits[i].stage), requestFields(o.Header, o.Target), why)
		if i != j.Origin && o.Status != 0 {
			v.Answer = compare(o.Received, nil, o.Passed, answerReasons{t: t, domain: domain}.of)
		}
		j.Origins = append(j.Origins, v)
	}
	j.Answer = answerRows(t, domain, j, visits)
	return j
}

// pageStages reports for each stage whether it is a custom error page's: from the second lookup in the cache to the stage that puts the page
// in the answer's place.
func pageStages(stages []edgesim.Stage) (of []bool) {
	of = make([]bool, len(stages))
	lookups, in := 0, false
	for i, st := range stages {
		switch st.Name {
		case edgesim.StageCache:
			lookups++
			in = lookups > 1
		case edgesim.StageErrorPage:
			in = false
		}
		of[i] = in
	}
	return of
}

// visitsOf finds the stage of each request to an origin. An origin whose name does not resolve has a stage, but was not asked; the others
// begin with a note of what was asked.
func visitsOf(t *edgesim.Trace) []visit {
	pages := pageStages(t.Stages)
	visits := make([]visit, len(t.Origins))
	next := 0
	for i, st := range t.Stages {
		if st.Name != edgesim.StageOrigin || next == len(visits) || len(st.Notes) == 0 {
			continue
		}
		path, _, _ := strings.Cut(t.Origins[next].Target, "?")
		if strings.HasPrefix(st.Notes[0], t.Origins[next].Method+" "+path) {
			visits[next] = visit{i, pages[i]}
			next++
		}
	}
	return visits
}

// requestChanges is what functions did to a request before the origin of that stage was asked.
func requestChanges(stages []edgesim.Stage, origin int) (changes []change) {
	for i, st := range stages[:origin] {
		last := i == origin-1 // origin-request runs once for each origin
		if st.Name == edgesim.StageViewerRequest || st.Name == edgesim.StageOriginRequest && last {
			if c, ok := changeOf(&stages[i]); ok {
				changes = append(changes, c)
			}
		}
	}
	return changes
}

// sourceOf tells whose answer the viewer got, and which of the origins', if one's.
func sourceOf(t *edgesim.Trace, visits []visit) (source string, origin int) {
	if t.Header == nil {
		return "", -1 // nobody waited for it
	}
	own, page := lastVisit(t, visits, false), lastVisit(t, visits, true)
	if t.Ran(edgesim.StageErrorPage) {
		switch {
		case page < 0:
			return sourcePage, -1
		case t.Origins[page].Status != 0:
			return sourceOrigin, page
		}
		return sourceCloudFront, -1
	}
	word, _, _ := strings.Cut(t.Result, " ")
	reply := t.Stage(edgesim.StageReply)
	switch {
	case word == "Hit" || word == "RefreshHit":
		return sourceCache, -1
	case t.Reason != "" && (reply == nil || reply.Error == "") || word == "Redirect":
		return sourceCloudFront, -1
	case word == "LambdaGeneratedResponse" || t.Ran(edgesim.StageOriginRequest) && own < 0:
		return sourceFunction, -1
	case own < 0 || t.Origins[own].Status == 0:
		return sourceCache, -1
	}
	return sourceOrigin, own
}

// lastVisit is the newest request to an origin, for a custom error page or not; -1 when there was none.
func lastVisit(t *edgesim.Trace, visits []visit, page bool) int {
	for i := len(visits) - 1; i >= 0; i-- {
		if visits[i].page == page {
			return i
		}
	}
	return -1
}

// answerRows compares what the origin, the cache or a function gave with what the viewer got.
func answerRows(t *edgesim.Trace, domain string, j journey, visits []visit) []row {
	if t.Header == nil {
		return []row{}
	}
	after := len(t.Stages) // the functions behind it had a part in the answer
	first := fields{}
	switch j.Source {
	case sourceOrigin:
		first, after = t.Origins[j.Origin].Received, visits[j.Origin].stage
	case sourceFunction:
		after = 0
	case sourceCache, sourcePage:
		first, after = cached(t), 0
	case sourceCloudFront:
		first = t.Header // all of them are its own
	}
	var changes []change
	for i := after; i < len(t.Stages); i++ {
		st := &t.Stages[i]
		answers := st.Name == edgesim.StageViewerResponse || st.Name == edgesim.StageOriginResponse && j.Source == sourceOrigin ||
			j.Source == sourceFunction && (st.Name == edgesim.StageViewerRequest || st.Name == edgesim.StageOriginRequest)
		if c, ok := changeOf(st); answers && ok && !isRequest(c) {
			changes = append(changes, c)
		}
	}
	return compare(first, changes, t.Header, sure(t, answerReasons{t: t, domain: domain, source: j.Source}.of))
}

// sure gives why, unless a function's event is not kept, so that what looks like CloudFront's doing may be the function's.
func sure(t *edgesim.Trace, why func(*row) string) func(*row) string {
	for _, st := range t.Stages {
		if st.Function != "" && len(st.Input) == 0 {
			return func(*row) string { return "or a function, whose event was too large to be kept" }
		}
	}
	return why
}

// isRequest reports whether a function passed a request on.
func isRequest(c change) bool { return c.before[rowPath] != nil }

// cached are the headers that came from the cache: what viewer-response got, or the viewer's without what CloudFront puts on every answer.
func cached(t *edgesim.Trace) fields {
	f := fields{}
	for name, values := range t.Header {
		if !onEveryAnswer(name) {
			f[name] = values
		}
	}
	for i := range t.Stages {
		if c, ok := changeOf(&t.Stages[i]); ok && t.Stages[i].Name == edgesim.StageViewerResponse {
			f = c.before
		}
	}
	for name := range f {
		if onEveryAnswer(name) {
			delete(f, name)
		}
	}
	return f
}

// onEveryAnswer reports whether CloudFront itself puts the header on answers.
func onEveryAnswer(name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Via", "X-Cache", "X-Amz-Cf-Pop", "X-Amz-Cf-Id", "Age":
		return true
	}
	return false
}

// headers tells what became of a request's headers: GET /api/headers?id=...
func (a *api) headers(w http.ResponseWriter, r *http.Request) {
	if t, ok := a.findTrace(w, r.URL.Query().Get("id")); ok {
		reply(w, http.StatusOK, follow(t, a.sim.DomainName()))
	}
}
