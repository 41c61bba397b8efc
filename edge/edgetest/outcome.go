package edgetest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
)

// readOutcome reads what a function returns in a request trigger. As CloudFront
// does, it takes what has a status for a response (AWS's guide,
// lambda-generating-http-responses.html).
func readOutcome(c edge.Config, answer []byte) (edge.Outcome, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(answer, &members); err != nil {
		return nil, fmt.Errorf("edgetest: the function returned no JSON object: %w", err)
	}
	if _, is := members["status"]; is {
		r, err := readResponse(c, answer)
		if err != nil {
			return nil, err
		}
		r.Request = nil // it is nil in a response that a request handler makes
		return r, nil
	}
	r, err := readRequest(c, answer)
	if err != nil {
		return nil, err // not r, which as an Outcome would not be nil
	}
	return r, nil
}

// readRequest lets edge decode the request, from an event that has it.
func readRequest(c edge.Config, answer []byte) (*edge.Request, error) {
	event, err := wrap(struct {
		Config  configJSON      `json:"config"`
		Request json.RawMessage `json:"request"`
	}{newConfigJSON(c), answer})
	if err != nil {
		return nil, err
	}
	var got *edge.Request
	reader := continuing(func(r *edge.Request) { got = r }, nil)
	if _, err := reader.Invoke(context.Background(), event); err != nil {
		return nil, fmt.Errorf("edgetest: what the function returned cannot be read: %w", err)
	}
	return got, nil
}

// readResponse lets edge decode the response but for its body, which no event has.
func readResponse(c edge.Config, answer []byte) (*edge.Response, error) {
	if c.Trigger != edge.ViewerResponse {
		c.Trigger = edge.OriginResponse
	}
	event, err := wrap(struct {
		Config   configJSON      `json:"config"`
		Request  struct{}        `json:"request"`
		Response json.RawMessage `json:"response"`
	}{Config: newConfigJSON(c), Response: answer})
	if err != nil {
		return nil, err
	}
	var got *edge.Response
	reader := continuing(nil, func(r *edge.Response) { got = r })
	if _, err := reader.Invoke(context.Background(), event); err != nil {
		return nil, fmt.Errorf("edgetest: what the function returned cannot be read: %w", err)
	}
	got.Body, err = readBody(answer)
	return got, err
}

// readBody reads the body of a response that a function returns.
func readBody(answer []byte) (edge.Body, error) {
	var members struct {
		Body         *string `json:"body"`
		BodyEncoding string  `json:"bodyEncoding"`
	}
	if err := json.Unmarshal(answer, &members); err != nil {
		return edge.Body{}, fmt.Errorf("edgetest: the function returned a body that cannot be read: %w", err)
	}
	switch {
	case members.Body == nil:
		return edge.Body{}, nil
	case *members.Body == "":
		return edge.EmptyBody(), nil
	case members.BodyEncoding != "base64":
		return edge.Text(*members.Body), nil
	}
	data, err := base64.StdEncoding.DecodeString(*members.Body)
	if err != nil {
		return edge.Body{}, errors.New("edgetest: the function returned a body that is not base64")
	}
	return edge.Binary(data), nil
}

// continuing returns a function that lets everything go on as it is. The two
// functions, if not nil, are shown what passes.
func continuing(seeRequest func(*edge.Request), seeResponse func(*edge.Response)) *edge.Function {
	request := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if seeRequest != nil {
			seeRequest(r)
		}
		return r, nil
	}
	response := func(_ context.Context, r *edge.Response) error {
		if seeResponse != nil {
			seeResponse(r)
		}
		return nil
	}
	return &edge.Function{
		ViewerRequest: request, OriginRequest: request, OriginResponse: response, ViewerResponse: response,
	}
}
