package edgesim

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
)

// A Trace is the way of one viewer request through the distribution: what each stage got, did and gave, and how
// long it took. Its JSON form is stable and is what the console shows.
//
// A Trace holds everything that the viewer sent, personal data included (client address, cookies, query string):
// it is for the developer's own eyes. [Terminal] prints the parts that are safe to print.
type Trace struct {
	ID         string        `json:"id"`                   // X-Amz-Cf-Id, which is also the requestId of every event of the request
	Time       time.Time     `json:"time"`                 // when the request came, by the simulator's clock
	Duration   time.Duration `json:"duration"`             // until the answer was written, in nanoseconds of real time
	Background bool          `json:"background,omitempty"` // a refresh that no viewer waits for (stale-while-revalidate)

	Viewer    ViewerRequest `json:"viewer"`
	Behavior  string        `json:"behavior,omitempty"` // the path pattern that matched, "*" for the default behaviour
	Stages    []Stage       `json:"stages"`             // in the order in which they ran
	Cache     CacheTrace    `json:"cache"`
	Origins   []OriginTrace `json:"origins,omitempty"` // the requests to origins, in order: two when a group failed over
	Functions int           `json:"functions"`         // how many functions ran

	Status int                 `json:"status"`           // as the viewer got it
	Header map[string][]string `json:"header,omitempty"` // as the viewer got them
	Result string              `json:"result"`           // X-Cache, for instance "Hit from cloudfront"
	Bytes  int64               `json:"bytes"`            // length of the body that the viewer got

	// Warnings are likely mistakes that CloudFront does not refuse, in words: a Set-Cookie that was cached, an
	// answer from the cache that has a nonce in its Content-Security-Policy.
	Warnings []string `json:"warnings,omitempty"`

	// Reason says why the simulator itself answered: the cause of a 502 page, for instance. "" when it did not.
	Reason string `json:"reason,omitempty"`
}

// A ViewerRequest is the viewer's request as it came, before anything is changed: enough to send it again.
type ViewerRequest struct {
	Method string              `json:"method"`
	Target string              `json:"target"` // path and query string, byte for byte
	Host   string              `json:"host"`
	Proto  string              `json:"proto"`
	Client string              `json:"client"` // the address without its port
	Header map[string][]string `json:"header"`
}

// Request is the request of a trace once more, to send it again with [Simulator.Do]. Its body is not kept on the
// trace, so that it has none.
func (v ViewerRequest) Request(ctx context.Context) *http.Request {
	r := (&http.Request{
		Method: v.Method, Host: v.Host, Proto: v.Proto, ProtoMajor: 1, ProtoMinor: 1, RequestURI: v.Target,
		Header: http.Header(v.Header).Clone(), Body: http.NoBody, RemoteAddr: v.Client,
	}).WithContext(ctx)
	path, query, _ := strings.Cut(v.Target, "?")
	r.URL = &url.URL{Path: path, RawQuery: query}
	if r.Header == nil {
		r.Header = http.Header{}
	}
	if strings.HasPrefix(v.Proto, "HTTP/2") {
		r.ProtoMajor, r.ProtoMinor = 2, 0
	}
	return r
}

// An OriginTrace is a request to an origin, and what came back.
type OriginTrace struct {
	Origin string              `json:"origin"` // its domain name, as functions see it
	Method string              `json:"method"`
	Target string              `json:"target"` // path, with the origin's own before it, and query string
	Header map[string][]string `json:"header"` // that were sent, the origin's custom headers among them; Host is one

	Status   int                 `json:"status,omitempty"`   // 0 when no answer came
	Received map[string][]string `json:"received,omitempty"` // the answer's headers as the origin sent them
	Passed   map[string][]string `json:"passed,omitempty"`   // those of them that CloudFront passes on to origin-response, cache and viewer
}

// A StageName names a station on the way of a request.
type StageName string

// The stages, in the order in which a request can pass them.
const (
	StageViewer         StageName = "viewer"          // the request is admitted, its behaviour chosen
	StageViewerRequest  StageName = "viewer-request"  // function
	StageCache          StageName = "cache"           // lookup
	StageOriginRequest  StageName = "origin-request"  // function
	StageOrigin         StageName = "origin"          // the origin is asked
	StageOriginResponse StageName = "origin-response" // function
	StageStore          StageName = "store"           // the answer is kept, or not
	StageErrorPage      StageName = "error-page"      // a custom error response takes the answer's place
	StageViewerResponse StageName = "viewer-response" // function
	StageReply          StageName = "reply"           // the answer is sent
)

// A Stage is one station of a request's way.
type Stage struct {
	Name     StageName     `json:"name"`
	Start    time.Duration `json:"start"`    // since the request came, in nanoseconds
	Duration time.Duration `json:"duration"` // in nanoseconds

	Function string   `json:"function,omitempty"` // the function's name, for the four triggers
	Version  string   `json:"version,omitempty"`  // of the function, where it says so with a method Version() string
	Input    Payload  `json:"input,omitempty"`    // the event that the function got
	Output   Payload  `json:"output,omitempty"`   // what it gave back, byte for byte
	Notes    []string `json:"notes,omitempty"`    // what happened, in words, free of query strings, cookies and addresses
	Logs     []string `json:"logs,omitempty"`     // what a CloudFront Function gave to console.log; may have what the viewer sent
	Error    string   `json:"error,omitempty"`    // why the stage failed; may quote what the viewer sent

	Findings []Finding `json:"findings,omitempty"` // what CloudFront refuses or may refuse in Output, and what should not be kept
	Limits   []Limit   `json:"limits,omitempty"`   // quotas, and how much of them was used
}

// A Finding is one breach of CloudFront's rules in what a function returned, or, on [StageStore], something in an answer for one viewer
// that is kept for all.
type Finding struct {
	Field   string `json:"field"`             // where, for instance `headers["via"]`; origin.s3.region where package edge has found it
	Value   string `json:"value,omitempty"`   // what was there, at most 200 bytes of it
	Reason  string `json:"reason"`            // the rule that it breaks
	Cure    string `json:"cure,omitempty"`    // what to do about it
	Warning bool   `json:"warning,omitempty"` // the documents and practice differ: CloudFront may accept it
	Page    string `json:"page,omitempty"`    // the sentence on CloudFront's error page
}

// String is the finding in one line.
func (f Finding) String() string { return function.Finding(f).String() }

// A Limit is a quota and its use.
type Limit struct {
	Name string `json:"name"`
	Used int    `json:"used"`
	Max  int    `json:"max"`
}

// Percent is the used part of the limit, rounded up; above 100 when it is broken.
func (l Limit) Percent() int {
	if l.Max <= 0 {
		return 0
	}
	return (l.Used*100 + l.Max - 1) / l.Max
}

// A CacheTrace says what the cache did for a request.
type CacheTrace struct {
	Key    string    `json:"key,omitempty"`    // "" when the request never came to the cache
	Parts  []KeyPart `json:"parts,omitempty"`  // what the key is made of
	Policy string    `json:"policy,omitempty"` // the cache policy's name
	Result string    `json:"result,omitempty"` // "hit", "miss", "stale", "refresh", "bypass", "collapsed"
	Reason string    `json:"reason,omitempty"` // why, in words
	Stored bool      `json:"stored,omitempty"` // the answer went into the cache

	Rule    string        `json:"rule,omitempty"`    // the TTL rule that applied, for instance `max-age=60`
	TTL     time.Duration `json:"ttl,omitempty"`     // in nanoseconds
	Expires time.Time     `json:"expires,omitzero"`  // when the object is no longer fresh, by the simulator's clock
	Age     time.Duration `json:"age,omitempty"`     // of the object that was served, in nanoseconds
	Saved   int           `json:"saved,omitempty"`   // function runs that the cache spared
	Evicted int           `json:"evicted,omitempty"` // older objects that had to go to make room
}

// A KeyPart is one part of a cache key.
type KeyPart struct {
	Name  string `json:"name"` // "uri", "method", "header Origin", "cookie session", "query"
	Value string `json:"value"`
}

// A Payload is the bytes of an event or of a function's answer. In JSON it is the value itself when the bytes
// are one JSON value, and a string when they are not (a function may return anything).
type Payload []byte

// MarshalJSON implements [json.Marshaler].
func (p Payload) MarshalJSON() ([]byte, error) {
	if json.Valid(p) {
		return bytes.TrimSpace(p), nil
	}
	return json.Marshal(string(p))
}

// UnmarshalJSON implements [json.Unmarshaler]; it keeps the bytes of the value.
func (p *Payload) UnmarshalJSON(b []byte) error {
	*p = bytes.Clone(b)
	return nil
}

// Stage returns the first stage with the name, or nil when the request did not pass it.
func (t *Trace) Stage(name StageName) *Stage {
	for i := range t.Stages {
		if t.Stages[i].Name == name {
			return &t.Stages[i]
		}
	}
	return nil
}

// Ran reports whether the request passed the stage.
func (t *Trace) Ran(name StageName) bool { return t.Stage(name) != nil }

// Way is the names of the stages in order: what a test usually compares.
func (t *Trace) Way() []StageName {
	way := make([]StageName, len(t.Stages))
	for i, s := range t.Stages {
		way[i] = s.Name
	}
	return way
}
