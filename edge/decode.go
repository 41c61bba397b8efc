package edge

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/awsevent"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// maxEvent is the largest payload that Lambda gives to a function, in bytes: 6 MB
// and a little, as its RequestTooLarge error spells the quota.
//
// See https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
const maxEvent = 6_291_556

// decode decodes an event. It returns an [*EventError] if the text is not JSON, or
// not an event of one record, or has a member of another type than CloudFront
// gives it.
func decode(text string) (*event, error) {
	if len(text) > maxEvent {
		return nil, &EventError{Offset: maxEvent, Reason: "the event has " + strconv.Itoa(len(text)) +
			" bytes; want at most " + strconv.Itoa(maxEvent) + ", Lambda's largest payload"}
	}
	d := decoder{ev: new(event)}
	d.init(text, d.ev.entries[:0])
	d.envelope()
	d.End()
	if err := d.Err(); err != nil {
		reason := err.Reason
		if name := awsevent.Service(text); name != "" {
			reason += " (this looks like an event of " + name + ", not of CloudFront's Lambda@Edge)"
		}
		return nil, &EventError{Offset: err.Offset, Field: jsontext.Path(text, err.Offset), Reason: reason}
	}
	return d.ev, nil
}

// envelope reads {"Records":[{"cf":{...}}]}.
func (d *decoder) envelope() {
	records := -1
	for m := d.Object(); m.Next(); {
		if m.Name != "Records" {
			d.Skip()
			continue
		}
		records = 0
		for e := d.Array(); e.Next(); {
			if records++; e.Index > 0 {
				d.Fail(d.Pos(), "got more than one record; CloudFront sends one an event")
				break
			}
			d.record()
		}
	}
	switch {
	case records < 0:
		d.Fail(0, "the event has no member Records")
	case records == 0:
		d.Fail(0, "the event has no record")
	}
}

func (d *decoder) record() {
	start, found := d.Pos(), false
	for m := d.Object(); m.Next(); {
		if m.Name != "cf" {
			d.Skip()
			continue
		}
		found = true
		d.cf()
	}
	if !found {
		d.Fail(start, "the record has no member cf")
	}
}

func (d *decoder) cf() {
	start, ev := d.Pos(), d.ev
	for m := d.Object(); m.Next(); {
		switch m.Name {
		case "config":
			d.config(&ev.request.Config)
		case "request":
			ev.text = d.request(&ev.request)
		case "response":
			ev.reply = d.reply()
		default:
			d.Skip()
		}
	}
	switch t := ev.request.Config.Trigger; t {
	case ViewerRequest, OriginRequest:
	case OriginResponse, ViewerResponse:
		if ev.reply == nil {
			d.Fail(start, "the event of "+string(t)+" has no response")
		}
	case "":
		d.Fail(start, "the event has no config.eventType")
	default:
		d.Fail(start, "got the event type "+strconv.Quote(jsontext.Shorten(string(t)))+
			"; want viewer-request, origin-request, origin-response or viewer-response")
	}
	if ev.text == "" {
		d.Fail(start, "the event has no request")
	}
	ev.keep()
}

func (d *decoder) config(c *Config) {
	if d.Null() {
		return
	}
	for m := d.Object(); m.Next(); {
		switch m.Name {
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
	}
}

// request reads a request and returns its text, "" for null.
func (d *decoder) request(r *Request) string {
	if d.Null() {
		return ""
	}
	start := d.Pos()
	for m := d.Object(); m.Next(); {
		switch m.Name {
		case "clientIp":
			r.ClientIP = d.StringOrNull()
		case "method":
			r.Method = d.StringOrNull()
		case "uri":
			r.URI = d.StringOrNull()
		case "querystring":
			r.QueryString = d.StringOrNull()
		case "headers":
			r.Header = d.header(&d.ev.headers)
		case "body":
			r.Body = d.body()
		case "origin":
			r.Origin = d.origin()
		default:
			d.Skip()
		}
	}
	return d.Text(start)
}

// body reads a request's body, and keeps a second copy of it.
func (d *decoder) body() *RequestBody {
	if d.Null() {
		return nil
	}
	two := new([2]RequestBody)
	b := &two[0]
	for m := d.Object(); m.Next(); {
		switch m.Name {
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
	}
	two[1] = *b
	d.ev.came.Body = &two[1]
	return b
}

// reply reads a response, nil for null.
func (d *decoder) reply() *reply {
	if d.Null() {
		return nil
	}
	reply := new(reply)
	r, start := &reply.response, d.Pos()
	for m := d.Object(); m.Next(); {
		switch m.Name {
		case "status":
			r.StatusCode = d.status()
		case "statusDescription":
			r.Status = d.StringOrNull()
		case "headers":
			r.Header = d.header(&reply.headers)
		default:
			d.Skip()
		}
	}
	reply.text = d.Text(start)
	r.Request = &d.ev.request
	reply.came = *r
	return reply
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
