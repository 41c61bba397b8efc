package requests

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A Result is a step that was done, and what was not as expected.
type Result struct {
	Step
	Mistakes []string
	Took     time.Duration
}

// Run does the steps in order. Only requests have results.
func Run(ctx context.Context, sim *edgesim.Simulator, steps []Step) []Result {
	var results []Result
	for _, s := range steps {
		switch {
		case s.Advance > 0:
			sim.Advance(s.Advance)
		case s.Invalidate != "":
			if _, err := sim.Invalidate(s.Invalidate); err != nil {
				results = append(results, Result{Step: s, Mistakes: []string{err.Error()}})
			}
		default:
			resp, trace := sim.Do(s.request(ctx, sim.DomainName()))
			sim.Wait()
			results = append(results, Result{s, s.Want.compare(resp, trace), trace.Duration})
		}
	}
	return results
}

// request is the viewer's request. Without a header Host it is one for the distribution's own name.
func (s *Step) request(ctx context.Context, domain string) *http.Request {
	v := edgesim.ViewerRequest{Method: s.Method, Target: s.Target, Host: domain, Proto: "HTTP/1.1", Client: "127.0.0.1:50000", Header: http.Header{}}
	for _, f := range s.Header {
		if f.Name == "Host" {
			v.Host = f.Value
			continue
		}
		v.Header[f.Name] = append(v.Header[f.Name], f.Value)
	}
	r := v.Request(ctx)
	if s.Body != "" {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(s.Body)), int64(len(s.Body))
	}
	return r
}

// compare says what is not as expected.
func (w *Want) compare(resp *http.Response, trace *edgesim.Trace) (mistakes []string) {
	wrong := func(format string, args ...any) { mistakes = append(mistakes, fmt.Sprintf(format, args...)) }
	if w.Status != 0 && resp.StatusCode != w.Status {
		wrong("status: got %d, want %d", resp.StatusCode, w.Status)
	}
	if w.Cache != "" && trace.Cache.Result != w.Cache {
		got := trace.Cache.Result
		if got == "" {
			got = "nothing: the request did not come to it"
		}
		wrong("cache: got %s, want %s", got, w.Cache)
	}
	if got := maker(trace); w.From != "" && got != w.From {
		wrong("from: got %s, want %s", got, w.From)
	}
	for _, f := range w.Header {
		got, there := resp.Header[f.Name]
		switch {
		case f.Value == Absent && there:
			wrong("%s: got %q, want none", f.Name, got)
		case f.Value == Absent:
		case !there:
			wrong("%s: got none, want %q", f.Name, f.Value)
		case f.Value != Any && !slices.Contains(got, f.Value):
			wrong("%s: got %q, want %q", f.Name, got, f.Value)
		}
	}
	if len(w.Body) > 0 {
		body, _ := io.ReadAll(resp.Body) // it is in memory
		for _, text := range w.Body {
			if !strings.Contains(string(body), text) {
				wrong("body: got %d bytes without %q", len(body), text)
			}
		}
	}
	if len(mistakes) > 0 && trace.Reason != "" {
		wrong("reason: %s", trace.Reason)
	}
	return mistakes
}

// maker is who made an answer.
func maker(t *edgesim.Trace) string {
	generated := strings.HasPrefix(t.Result, "LambdaGeneratedResponse") || strings.HasPrefix(t.Result, "FunctionGeneratedResponse")
	switch {
	case slices.Contains([]string{"hit", "refresh", "collapsed"}, t.Cache.Result):
		return "cache"
	case t.Cache.Result == "stale" && strings.Contains(t.Result, "Hit"): // else the origin had another object
		return "cache"
	case t.Reason != "":
		return "cloudfront"
	case t.Ran(edgesim.StageOrigin):
		return "origin"
	case t.Ran(edgesim.StageOriginRequest):
		return string(edge.OriginRequest)
	case generated:
		return string(edge.ViewerRequest)
	}
	return "cloudfront"
}
