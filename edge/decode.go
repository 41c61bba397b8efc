package edge

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// maxEvent is the largest payload that Lambda gives to a function, in bytes: 6 MB
// and a little, as its RequestTooLarge error spells the quota.
//
// See https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
const maxEvent = 6_291_556

// An event is a decoded event with all that is needed to write the answer as
// edits of what came. Everything in it shares the text of the event.
type event struct {
	config   Config
	request  Request
	response Response

	// What came, to find out what a handler changes: a handler's request and
	// response, its body and its origin are other copies.
	came struct {
		request  Request
		response Response
	}

	// The objects as they came, "" if absent.
	requestText, responseText string
}

// decode decodes an event. It returns an [*EventError] if the text is not JSON, or
// not an event of one record, or has a member of another type than CloudFront
// gives it.
func decode(text string) (*event, error) {
	if len(text) > maxEvent {
		return nil, &EventError{Offset: maxEvent, Reason: "the event has " + strconv.Itoa(len(text)) +
			" bytes; want at most " + strconv.Itoa(maxEvent) + ", Lambda's largest payload"}
	}
	d := decoder{ev: new(event)}
	d.Init(text)
	d.envelope()
	d.End()
	if err := d.Err(); err != nil {
		reason := err.Reason
		if name := otherService(text); name != "" {
			reason += " (this looks like an event of " + name + ", not of CloudFront's Lambda@Edge)"
		}
		return nil, &EventError{Offset: err.Offset, Field: jsontext.Path(text, err.Offset), Reason: reason}
	}
	return d.ev, nil
}

// A decoder walks an event. Names match exactly: encoding/json would take URI for
// uri. A member that is null counts as absent.
type decoder struct {
	jsontext.Scanner
	ev *event
}

// envelope reads {"Records":[{"cf":{...}}]}.
func (d *decoder) envelope() {
	records := -1
	d.Object(func(name string) {
		if name != "Records" {
			d.Skip()
			return
		}
		records = 0
		d.Array(func(i int) {
			if records++; i > 0 {
				d.Fail(d.Pos(), "got more than one record; CloudFront sends one an event")
				return
			}
			d.record()
		})
	})
	switch {
	case records < 0:
		d.Fail(0, "the event has no member Records")
	case records == 0:
		d.Fail(0, "the event has no record")
	}
}

func (d *decoder) record() {
	start, found := d.Pos(), false
	d.Object(func(name string) {
		if name != "cf" {
			d.Skip()
			return
		}
		found = true
		d.cf()
	})
	if !found {
		d.Fail(start, "the record has no member cf")
	}
}

func (d *decoder) cf() {
	start := d.Pos()
	d.Object(func(name string) {
		switch name {
		case "config":
			d.config(&d.ev.config)
		case "request":
			d.ev.requestText = d.object(func() { d.request(&d.ev.request, &d.ev.came.request) })
		case "response":
			d.ev.responseText = d.object(func() { d.response(&d.ev.response) })
		default:
			d.Skip()
		}
	})
	ev := d.ev
	switch t := ev.config.Trigger; t {
	case ViewerRequest, OriginRequest:
	case OriginResponse, ViewerResponse:
		if ev.responseText == "" {
			d.Fail(start, "a "+string(t)+" event without a response")
		}
	case "":
		d.Fail(start, "the event has no config.eventType")
	default:
		d.Fail(start, "got the event type "+strconv.Quote(jsontext.Shorten(string(t)))+
			"; want viewer-request, origin-request, origin-response or viewer-response")
	}
	if ev.requestText == "" {
		d.Fail(start, "the event has no request")
	}
	ev.link()
}

// link gives the request and the response what belongs to them, and completes the
// copies that a handler cannot reach. The copy of the request has its body and its
// origin already.
func (ev *event) link() {
	ev.request.Config = ev.config
	ev.response.Request = &ev.request
	body, origin := ev.came.request.Body, ev.came.request.Origin
	ev.came.request, ev.came.response = ev.request, ev.response
	ev.came.request.Body, ev.came.request.Origin = body, origin
}

// object reads an object with read and returns its text; "" for null.
func (d *decoder) object(read func()) string {
	if d.Null() {
		return ""
	}
	start := d.Pos()
	read()
	return d.Text(start)
}

func (d *decoder) config(c *Config) {
	d.object(func() {
		d.Object(func(name string) {
			switch name {
			case "eventType":
				c.Trigger = Trigger(d.StringOrNull())
			case "distributionId":
				c.DistributionID = d.StringOrNull()
			case "distributionDomainName":
				c.DistributionDomainName = d.StringOrNull()
			case "requestId":
				c.RequestID = d.StringOrNull()
			default:
				d.Skip()
			}
		})
	})
}

// request reads a request, and a second copy of its body and its origin into came.
func (d *decoder) request(r, came *Request) {
	d.Object(func(name string) {
		switch name {
		case "clientIp":
			r.ClientIP = d.StringOrNull()
		case "method":
			r.Method = d.StringOrNull()
		case "uri":
			r.URI = d.StringOrNull()
		case "querystring":
			r.QueryString = d.StringOrNull()
		case "headers":
			r.Header = d.header(12)
		case "body":
			d.object(func() {
				two := new([2]RequestBody)
				d.body(&two[0])
				two[1] = two[0]
				r.Body, came.Body = &two[0], &two[1]
			})
		case "origin":
			d.object(func() { r.Origin, came.Origin = d.origin() })
		default:
			d.Skip()
		}
	})
}

func (d *decoder) body(b *RequestBody) {
	d.Object(func(name string) {
		switch name {
		case "inputTruncated":
			b.InputTruncated = d.Bool()
		case "action":
			b.Action = d.StringOrNull()
		case "encoding":
			b.Encoding = d.StringOrNull()
		case "data":
			b.Data = d.StringOrNull()
		default:
			d.Skip()
		}
	})
}

func (d *decoder) response(r *Response) {
	d.Object(func(name string) {
		switch name {
		case "status":
			r.StatusCode = d.status()
		case "statusDescription":
			r.Status = d.StringOrNull()
		case "headers":
			r.Header = d.header(12)
		default:
			d.Skip()
		}
	})
}

// status reads a status code: a string in AWS's structure, a number in some of
// AWS's examples.
func (d *decoder) status() int {
	if c := d.Peek(); c != '"' {
		return d.Int()
	}
	start := d.Pos()
	text := d.String()
	code, err := strconv.Atoi(text)
	if err != nil || len(text) != 3 || code < 100 {
		d.Fail(start, "got the status "+strconv.Quote(jsontext.Shorten(text))+"; want three digits")
		return 0
	}
	return code
}
