package edge_test

import (
	"context"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge"
)

// FuzzAnswer puts any text into any place of an answer: Invoke refuses it, or what
// it returns is JSON and UTF-8.
func FuzzAnswer(f *testing.F) {
	for place := range byte(len(places)) {
		for _, text := range []string{"", "/a", "a b", "\"\\", "é", "\xff", "\x00", "\r\n", "\u2028", "replace", "text"} {
			f.Add(place, text)
		}
	}
	f.Fuzz(func(t *testing.T, place byte, text string) {
		p := places[int(place)%len(places)]
		function := &edge.Function{
			ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return p.request(r, text), nil },
			OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return p.request(r, text), nil },
			OriginResponse: func(_ context.Context, r *edge.Response) error {
				p.response(r, text)
				return nil
			},
		}
		function.ViewerResponse = function.OriginResponse
		for trigger, event := range ruleEvents {
			isResponse := trigger == edge.OriginResponse || trigger == edge.ViewerResponse
			if isResponse && p.response == nil || !isResponse && p.request == nil {
				continue
			}
			answer, err := function.Invoke(context.Background(), []byte(event))
			if err == nil && (!json.Valid(answer) || !utf8.Valid(answer)) {
				t.Errorf("%s, %s set to %q: got %q; want JSON in UTF-8", trigger, p.name, text, answer)
			}
		}
	})
}

// A place is where a handler can put text.
type place struct {
	name     string
	request  func(*edge.Request, string) edge.Outcome
	response func(*edge.Response, string)
}

var places = []place{
	inRequest("uri", func(r *edge.Request, s string) { r.URI = s }),
	inRequest("querystring", func(r *edge.Request, s string) { r.QueryString = s }),
	inRequest("header name", func(r *edge.Request, s string) { r.Header.Set(s, "x") }),
	inRequest("header value", func(r *edge.Request, s string) { r.Header.Set("x-a", s) }),
	inRequest("body action", func(r *edge.Request, s string) { r.Body = &edge.RequestBody{Action: s} }),
	inRequest("body encoding", func(r *edge.Request, s string) { r.Body = &edge.RequestBody{Action: "replace", Encoding: s} }),
	inRequest("body data", func(r *edge.Request, s string) {
		r.Body = &edge.RequestBody{Action: "replace", Encoding: "text", Data: s}
	}),
	inRequest("body ignored", func(r *edge.Request, s string) { r.Body = &edge.RequestBody{Action: "read-only", Encoding: s, Data: s} }),
	inOrigin("custom domain", func(s string) edge.Origin { return &edge.CustomOrigin{DomainName: s} }),
	inOrigin("custom path", func(s string) edge.Origin { return &edge.CustomOrigin{DomainName: "a.example", Path: s} }),
	inOrigin("custom protocol", func(s string) edge.Origin { return &edge.CustomOrigin{DomainName: "a.example", Protocol: s} }),
	inOrigin("custom ssl", func(s string) edge.Origin {
		return &edge.CustomOrigin{DomainName: "a.example", SSLProtocols: []string{s}}
	}),
	inOrigin("custom header", func(s string) edge.Origin {
		return &edge.CustomOrigin{DomainName: "a.example", CustomHeaders: header("x-a", s, s, "b")}
	}),
	inOrigin("s3 domain", func(s string) edge.Origin { return &edge.S3Origin{DomainName: s} }),
	inOrigin("s3 path", func(s string) edge.Origin { return &edge.S3Origin{DomainName: "a.example", Path: s} }),
	inOrigin("s3 region", func(s string) edge.Origin { return &edge.S3Origin{DomainName: "a.example", Region: s} }),
	inOrigin("s3 auth method", func(s string) edge.Origin { return &edge.S3Origin{DomainName: "a.example", AuthMethod: s} }),
	inResponse("status", func(r *edge.Response, s string) { r.Status = s }),
	inResponse("response header name", func(r *edge.Response, s string) { r.Header.Set(s, "x") }),
	inResponse("response header value", func(r *edge.Response, s string) { r.Header.Add("x-a", s) }),
	inResponse("text body", func(r *edge.Response, s string) { r.Body = edge.Text(s) }),
	inResponse("binary body", func(r *edge.Response, s string) { r.Body = edge.Binary([]byte(s)) }),
}

func inRequest(name string, set func(*edge.Request, string)) place {
	return place{name: name, request: func(r *edge.Request, s string) edge.Outcome { set(r, s); return r }}
}

func inOrigin(name string, origin func(string) edge.Origin) place {
	return inRequest(name, func(r *edge.Request, s string) { r.SetOrigin(origin(s)) })
}

// inResponse is a place in a response, generated or edited.
func inResponse(name string, set func(*edge.Response, string)) place {
	return place{
		name: name,
		request: func(_ *edge.Request, s string) edge.Outcome {
			r := &edge.Response{StatusCode: 200}
			set(r, s)
			return r
		},
		response: set,
	}
}
