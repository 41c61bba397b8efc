package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// Bounds of the live streams.
const (
	mostStreams = 32                    // open pages
	pace        = 60 * time.Millisecond // between two messages: a page under load gets several requests in one
	heartbeat   = 15 * time.Second      // so that both ends see when the other is gone
	patience    = 10 * time.Second      // with a page that does not read
)

// A state is what the page shows besides requests.
type state struct {
	Now    time.Time     `json:"now"`    // the simulator's clock
	Domain string        `json:"domain"` // of the distribution
	Site   string        `json:"site,omitempty"`
	Oldest int64         `json:"oldest"` // the requests before this one are no longer kept
	Most   int           `json:"most"`
	Stats  edgesim.Stats `json:"stats"`
}

// stream sends the requests that are kept and those that come, as Server-Sent Events (HTML, "Server-sent events"): a "requests" message with
// new ones, newest first, and a "state" message. It reads from the ring, so that a slow page costs no memory.
func (a *api) stream(w http.ResponseWriter, r *http.Request) {
	if a.streams.Add(1) > mostStreams {
		a.streams.Add(-1)
		fail(w, http.StatusServiceUnavailable, "console: too many open pages; close some")
		return
	}
	defer a.streams.Add(-1)
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{}) // there is nothing more to read
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(event string, v any) error {
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		control.SetWriteDeadline(time.Now().Add(patience))
		if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data); err != nil {
			return err
		}
		return control.Flush()
	}
	seen := int64(0)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		newer, oldest, changed := a.console.kept.since(seen)
		if len(newer) > 0 {
			seen = newer[0].Seq
			if send("requests", newer) != nil {
				return
			}
		}
		if send("state", a.state(oldest)) != nil {
			return
		}
		select {
		case <-changed:
		case <-beat.C:
		case <-r.Context().Done():
			return
		}
		select {
		case <-time.After(pace):
		case <-r.Context().Done():
			return
		}
	}
}

func (a *api) state(oldest int64) state {
	return state{
		Now: a.sim.Now(), Domain: a.sim.DomainName(), Site: a.console.Site, Oldest: oldest, Most: a.console.requests(), Stats: a.sim.Stats(),
	}
}
