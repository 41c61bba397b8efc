package edgesim_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// raw is a foreign function: it answers with the JSON that f makes of the event.
type raw func(event []byte) ([]byte, error)

func (f raw) Invoke(_ context.Context, event []byte) ([]byte, error) { return f(event) }

// returns is a foreign function that always gives the same.
func returns(answer string) raw {
	return func([]byte) ([]byte, error) { return []byte(answer), nil }
}

// foreign puts a function of another make on a trigger.
func foreign(t testing.TB, trigger edge.Trigger, f edgesim.Function, change ...func(*edgesim.Config)) *edgesim.Simulator {
	t.Helper()
	var all edgesim.Functions
	a := edgesim.Association{Function: f, Name: "foreign", IncludeBody: strings.HasSuffix(string(trigger), "request")}
	switch trigger {
	case edge.ViewerRequest:
		all.ViewerRequest = a
	case edge.OriginRequest:
		all.OriginRequest = a
	case edge.OriginResponse:
		all.OriginResponse = a
	case edge.ViewerResponse:
		all.ViewerResponse = a
	}
	return behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200, "Content-Type", "text/plain", "Etag", `"1"`)}, Functions: all,
		AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}}, change...)
}

// edit is a foreign function that changes its request or response, given as a tree of JSON.
func edit(change func(message map[string]any)) raw {
	return func(event []byte) ([]byte, error) {
		var e struct {
			Records []struct {
				CF struct {
					Config            struct{ EventType string }
					Request, Response map[string]any
				}
			}
		}
		if err := json.Unmarshal(event, &e); err != nil {
			return nil, err
		}
		message := e.Records[0].CF.Request
		if strings.HasSuffix(e.Records[0].CF.Config.EventType, "response") {
			message = e.Records[0].CF.Response
		}
		change(message)
		return json.Marshal(message)
	}
}

func header(message map[string]any, name, value string) {
	message["headers"].(map[string]any)[name] = []any{map[string]any{"key": name, "value": value}}
}

// sees is a function that notes the framing of the message that it gets, and then changes it.
func sees(to *string, change func(map[string]any)) edgesim.Association {
	return edgesim.Association{Function: edit(func(m map[string]any) {
		*to = framing(headersOf(m), nil)
		if change != nil {
			change(m)
		}
	})}
}

// headersOf are the headers of a message of an event.
func headersOf(m map[string]any) http.Header {
	h := http.Header{}
	for name, lines := range m["headers"].(map[string]any) {
		for _, line := range lines.([]any) {
			h.Add(name, line.(map[string]any)["value"].(string))
		}
	}
	return h
}
