package edgetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/textproto"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge"
)

// The event as JSON, after lambda-event-structure.html of AWS's guide. Package edge
// writes answers only, and the shape of an event is written down here for a second
// time so that one checks the other.
type (
	configJSON struct {
		DomainName text         `json:"distributionDomainName"`
		ID         text         `json:"distributionId"`
		Trigger    edge.Trigger `json:"eventType"`
		RequestID  text         `json:"requestId"`
	}
	requestJSON struct {
		ClientIP    text       `json:"clientIp"`
		Headers     headerJSON `json:"headers"`
		Method      text       `json:"method"`
		Body        *bodyJSON  `json:"body,omitempty"`
		Origin      any        `json:"origin,omitempty"`
		QueryString text       `json:"querystring"`
		URI         text       `json:"uri"`
	}
	bodyJSON struct {
		Action         text `json:"action"`
		Data           text `json:"data"`
		Encoding       text `json:"encoding"`
		InputTruncated bool `json:"inputTruncated"`
	}
	customJSON struct {
		CustomHeaders             headerJSON `json:"customHeaders"`
		DomainName                text       `json:"domainName"`
		KeepaliveTimeout          int        `json:"keepaliveTimeout"`
		Path                      text       `json:"path"`
		Port                      int        `json:"port"`
		Protocol                  text       `json:"protocol"`
		ReadTimeout               int        `json:"readTimeout"`
		ResponseCompletionTimeout int        `json:"responseCompletionTimeout"`
		SSLProtocols              []string   `json:"sslProtocols"`
	}
	s3JSON struct {
		AuthMethod                text       `json:"authMethod"`
		CustomHeaders             headerJSON `json:"customHeaders"`
		DomainName                text       `json:"domainName"`
		Path                      text       `json:"path"`
		Region                    text       `json:"region"`
		ReadTimeout               int        `json:"readTimeout,omitempty"`
		ResponseCompletionTimeout int        `json:"responseCompletionTimeout,omitempty"`
	}
	responseJSON struct {
		Headers     headerJSON `json:"headers"`
		Status      string     `json:"status"`
		Description text       `json:"statusDescription"`
	}
	headerJSON map[string][]entryJSON
	entryJSON  struct {
		Key   text `json:"key"`
		Value text `json:"value"`
	}
)

// A text is a string that must be UTF-8: encoding/json would change it silently.
type text string

func (s text) MarshalJSON() ([]byte, error) {
	if !utf8.ValidString(string(s)) {
		return nil, fmt.Errorf("%q is not UTF-8", string(s))
	}
	return marshal(string(s))
}

// marshal is json.Marshal without its escapes for HTML, which make events hard to
// read.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// wrap returns the event of which cf is the inside.
func wrap(cf any) ([]byte, error) {
	type record struct {
		CF any `json:"cf"`
	}
	return marshal(struct{ Records []record }{[]record{{cf}}})
}

// newEvent returns the event in which CloudFront would send the request, and the
// response in the response triggers.
func newEvent(r *edge.Request, response *edge.Response) ([]byte, error) {
	request, err := newRequestJSON(r)
	if err != nil {
		return nil, err
	}
	var answered *responseJSON
	if response != nil {
		answered = &responseJSON{
			newHeaderJSON(response.Header), fmt.Sprint(response.StatusCode), text(response.Status),
		}
	}
	event, err := wrap(struct {
		Config   configJSON    `json:"config"`
		Request  *requestJSON  `json:"request"`
		Response *responseJSON `json:"response,omitempty"`
	}{newConfigJSON(r.Config), request, answered})
	if err != nil {
		return nil, fmt.Errorf("edgetest: no event can be made of this: %w", err)
	}
	return event, nil
}

func newConfigJSON(c edge.Config) configJSON {
	return configJSON{text(c.DistributionDomainName), text(c.DistributionID), c.Trigger, text(c.RequestID)}
}

func newRequestJSON(r *edge.Request) (*requestJSON, error) {
	out := &requestJSON{
		ClientIP: text(r.ClientIP), Headers: newHeaderJSON(r.Header), Method: text(r.Method),
		QueryString: text(r.QueryString), URI: text(r.URI),
	}
	if b := r.Body; b != nil {
		out.Body = &bodyJSON{text(b.Action), text(b.Data), text(b.Encoding), b.InputTruncated}
	}
	switch o := r.Origin.(type) {
	case nil:
	case *edge.CustomOrigin:
		out.Origin = map[string]any{"custom": customJSON{
			newHeaderJSON(o.CustomHeaders), text(o.DomainName), o.KeepaliveTimeout, text(o.Path), o.Port,
			text(o.Protocol), o.ReadTimeout, o.ResponseCompletionTimeout, append([]string{}, o.SSLProtocols...),
		}}
	case *edge.S3Origin:
		out.Origin = map[string]any{"s3": s3JSON{
			text(o.AuthMethod), newHeaderJSON(o.CustomHeaders), text(o.DomainName), text(o.Path),
			text(o.Region), o.ReadTimeout, o.ResponseCompletionTimeout,
		}}
	default:
		return nil, errors.New("edgetest: an origin of an unknown kind cannot be sent again; pass the event's JSON to Invoke")
	}
	return out, nil
}

func newHeaderJSON(h edge.Header) headerJSON {
	out := make(headerJSON)
	for name, value := range h.All() {
		out[name] = append(out[name], entryJSON{text(textproto.CanonicalMIMEHeaderKey(name)), text(value)})
	}
	return out
}
