package console

import (
	"encoding/json"
	"slices"
	"sync"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A record is a request that is kept.
type record struct {
	seq     int64 // counts up; the oldest record has the smallest
	id      string
	summary summary
	trace   *edgesim.Trace // nil when even without events it would be larger than all that may be kept
	bytes   int64          // about what it takes
}

// A summary is a request's line in the list, and what its way in the diagram is drawn from.
type summary struct {
	Seq        int64  `json:"seq"`
	ID         string `json:"id"`
	Time       string `json:"time"`
	Method     string `json:"method"`
	Target     string `json:"target"`
	Status     int    `json:"status"`
	Result     string `json:"result"` // X-Cache
	Cache      string `json:"cache,omitempty"`
	Duration   int64  `json:"duration"` // nanoseconds
	Functions  int    `json:"functions"`
	Saved      int    `json:"saved"`
	Background bool   `json:"background,omitempty"`
	Problem    bool   `json:"problem,omitempty"` // CloudFront's own error page, or a stage that failed
	Noise      bool   `json:"noise,omitempty"`   // what browsers ask for by themselves
	Warnings   int    `json:"warnings,omitempty"`
	Warning    string `json:"warning,omitempty"` // the trace's own, the first of them
	Behavior   string `json:"behavior,omitempty"`
	Stages     []step `json:"stages"`
}

// A step is a stage as the diagram needs it.
type step struct {
	Name   edgesim.StageName `json:"name"`
	Ran    bool              `json:"ran,omitempty"` // a function ran
	Failed bool              `json:"failed,omitempty"`
}

// newRecord makes a record of at most a number of bytes. What is too large is kept without its events.
func newRecord(t *edgesim.Trace, most int64) record {
	r := record{id: t.ID, summary: summarize(t), trace: t}
	if r.bytes = r.size(); r.bytes <= most {
		return r
	}
	bare := *t
	bare.Stages = make([]edgesim.Stage, len(t.Stages))
	for i, st := range t.Stages {
		if len(st.Input)+len(st.Output) > 0 {
			st.Notes = append([]string{"the event and the answer are too large to be kept"}, st.Notes...)
		}
		st.Input, st.Output = nil, nil
		bare.Stages[i] = st
	}
	r.trace = &bare
	if r.bytes = r.size(); r.bytes > most {
		r.trace = nil
		r.bytes = r.size()
	}
	return r
}

// detail is the trace's JSON; nil when it is not kept. It has no part that could fail to be written.
func (r *record) detail() json.RawMessage {
	if r.trace == nil {
		return nil
	}
	b, err := json.Marshal(r.trace)
	if err != nil {
		return nil
	}
	return b
}

// timeFormat is ISO 8601 with milliseconds, which JavaScript and HTTP Archives have.
const timeFormat = "2006-01-02T15:04:05.000Z07:00"

func summarize(t *edgesim.Trace) summary {
	s := summary{
		ID: t.ID, Time: t.Time.Format(timeFormat), Method: message.Shorten(t.Viewer.Method, 32), Target: message.Shorten(t.Viewer.Target, 1024),
		Status: t.Status, Result: t.Result, Cache: t.Cache.Result, Duration: int64(t.Duration),
		Functions: t.Functions, Saved: t.Cache.Saved, Background: t.Background, Problem: t.Reason != "", Stages: []step{},
		Noise: byItself.MatchString(t.Viewer.Target), Warnings: len(t.Warnings), Behavior: message.Shorten(t.Behavior, 256),
	}
	if len(t.Warnings) > 0 {
		s.Warning = message.Shorten(t.Warnings[0], 300)
	}
	for _, st := range t.Stages {
		s.Stages = append(s.Stages, step{st.Name, st.Function != "", st.Error != ""})
		s.Problem = s.Problem || st.Error != ""
		for _, f := range st.Findings {
			if f.Warning {
				s.Warnings++
			}
		}
	}
	return s
}

// A ring keeps the newest records within two bounds, and wakes those who wait for more.
type ring struct {
	mu      sync.Mutex
	records []record // oldest first
	bytes   int64
	seq     int64
	changed chan struct{} // closed at the next change; nil while nobody waits
}

func (k *ring) add(r record, most int, mostBytes int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seq++
	r.seq, r.summary.Seq = k.seq, k.seq
	k.records = append(k.records, r)
	k.bytes += r.bytes
	old := 0
	for len(k.records)-old > most || k.bytes > mostBytes && len(k.records)-old > 1 {
		k.bytes -= k.records[old].bytes
		k.records[old] = record{} // the array stays until append makes a new one
		old++
	}
	k.records = k.records[old:]
	k.wake()
}

// clear forgets all records.
func (k *ring) clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.records, k.bytes = nil, 0
	k.wake()
}

// touch wakes those who wait, though no record came.
func (k *ring) touch() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.wake()
}

// wake is called with the lock held.
func (k *ring) wake() {
	if k.changed != nil {
		close(k.changed)
		k.changed = nil
	}
}

// since gives the summaries of the records after seq, the number of the oldest record that is kept, and a channel that is closed at the next change.
func (k *ring) since(seq int64) (newer []summary, oldest int64, changed <-chan struct{}) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.changed == nil {
		k.changed = make(chan struct{})
	}
	for i := len(k.records) - 1; i >= 0 && k.records[i].seq > seq; i-- {
		newer = append(newer, k.records[i].summary)
	}
	oldest = k.seq + 1
	if len(k.records) > 0 {
		oldest = k.records[0].seq
	}
	return newer, oldest, k.changed
}

// all gives the records, newest first. What they point to does not change.
func (k *ring) all() []record {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := slices.Clone(k.records)
	slices.Reverse(all)
	return all
}

// find gives the trace of a request as JSON, newest first: a background refresh has an id of its own.
func (k *ring) find(id string) (json.RawMessage, bool) {
	for _, r := range k.all() {
		if r.id == id {
			return r.detail(), r.trace != nil
		}
	}
	return nil, false
}
