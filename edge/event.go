package edge

import "github.com/edgehelpers/lambdaedge/edge/internal/header"

// An event is a decoded event with all that is needed to write the answer as
// edits of what came. Everything in it shares the text of the event.
type event struct {
	request Request

	// The request as it came, to find out what a handler changes: this copy has a body
	// and an origin of its own.
	came    Request
	text    string          // of the request, as it came
	headers header.Original // of the request

	reply *reply // nil in the request triggers

	// Room for a custom origin, so that an event with one is one allocation too.
	custom customPair

	// Room for the entries of the header maps of most events. It has no pointers, and stands last, where the collector does not look.
	entries [20]header.Entry
}

// A reply is the response of an event.
type reply struct {
	response Response
	came     Response // as it came
	text     string   // as it came
	headers  header.Original
}

// trigger returns the trigger that the event came with.
func (ev *event) trigger() Trigger { return ev.came.Config.Trigger }

// keep completes the copy of the request, which has its body and its origin already.
func (ev *event) keep() {
	body, origin := ev.came.Body, ev.came.Origin
	ev.came = ev.request
	ev.came.Body, ev.came.Origin = body, origin
}
