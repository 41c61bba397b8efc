package edge_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
)

// readOnlyHeaders are AWS's lists, as edge-function-restrictions-all.html#function-restrictions-read-only-headers spells them.
var readOnlyHeaders = map[edge.Trigger][]string{
	edge.ViewerRequest:  strings.Fields(`CDN-Loop Content-Length Host Transfer-Encoding Via`),
	edge.OriginRequest:  strings.Fields(`Accept-Encoding CDN-Loop Content-Length If-Modified-Since If-None-Match If-Range If-Unmodified-Since Transfer-Encoding Via`),
	edge.OriginResponse: strings.Fields(`Transfer-Encoding Via`),
	edge.ViewerResponse: strings.Fields(`Warning Via Content-Length Content-Encoding Transfer-Encoding`),
}

// readOnlyCases are what handlers do to a message with a read-only header. CloudFront answers 502 where one is left out, too
// (serverless-express issue 369: "tried to delete read-only header, headerName : Transfer-Encoding").
var readOnlyCases = []struct {
	name, reason string
	change       func(h *edge.Header, name string)
	fresh        bool   // the entry is one that the handler has made: its key is spelt anew
	rule         string // "" if the header goes back as it came
}{
	{"untouched", "byte for byte", func(*edge.Header, string) {}, false, ""},
	{"another-set", "an edit of the map leaves the others", func(h *edge.Header, _ string) { h.Set("X-A", "1") }, false, ""},
	{"another-deleted", "the same", func(h *edge.Header, _ string) { h.Del("X-Other") }, false, ""},
	{"same-value", "what it was is no change", func(h *edge.Header, name string) { h.Set(name, h.Get(name)) }, true, ""},
	{"copied", "all that came, in a new header", func(h *edge.Header, _ string) { *h = rebuilt(*h) }, true, ""},
	{"changed", "", func(h *edge.Header, name string) { h.Set(name, "x") }, false, "read-only-changed"},
	{"second-value", "", func(h *edge.Header, name string) { h.Add(name, "x") }, false, "read-only-changed"},
	{"deleted", "", func(h *edge.Header, name string) { h.Del(name) }, false, "read-only-deleted"},
	{"from-scratch", "a header of its own leaves it out", func(h *edge.Header, _ string) { *h = header("X-A", "1") }, false, "read-only-deleted"},
}

// rebuilt returns the fields of h in a header that a handler has made.
func rebuilt(h edge.Header) (fresh edge.Header) {
	for name, value := range h.All() {
		fresh.Add(name, value)
	}
	return fresh
}

func TestReadOnlyHeaders(t *testing.T) {
	for trigger, names := range readOnlyHeaders {
		for _, name := range names {
			came := fmt.Sprintf(`"%s":[{"key":"%s","value":"a, b"}]`, strings.ToLower(name), strings.ToUpper(name))
			headers := `{"x-other":[{"value":"1"}],` + came + `}`
			for _, tt := range readOnlyCases {
				t.Run(string(trigger)+"/"+name+"/"+tt.name, func(t *testing.T) {
					answer, err := onHeaders(trigger, headers, func(h *edge.Header) { tt.change(h, name) })
					if tt.rule != "" {
						wantBreach(t, err, tt.rule, "headers."+strings.ToLower(name))
						return
					}
					want := came
					if tt.fresh {
						answer, want = strings.ToLower(answer), strings.ToLower(came)
					}
					if err != nil || !strings.Contains(answer, want) {
						t.Errorf("%s: got %s, %v; want %s in it", tt.reason, answer, err, want)
					}
				})
			}
		}
	}
}

// onHeaders returns the answer of a function that changes the headers of an event which has these.
func onHeaders(trigger edge.Trigger, headers string, change func(*edge.Header)) (string, error) {
	config, message := `{"eventType":"`+string(trigger)+`"}`, `{"uri":"/","headers":`+headers+`}`
	event, f := eventOf(config, message, ""), functionOf(req(func(r *edge.Request) { change(&r.Header) }))
	if trigger == edge.OriginResponse || trigger == edge.ViewerResponse {
		event = eventOf(config, minimalRequest, `,"response":{"status":"200","headers":`+headers+`}`)
		f = functionOf(res(func(r *edge.Response) { change(&r.Header) }))
	}
	answer, err := f.Invoke(context.Background(), []byte(event))
	return string(answer), err
}

// wantBreach holds an error to be one breach of a rule at a field, or below it.
func wantBreach(t *testing.T, err error, rule, field string) {
	t.Helper()
	breaches := flatten(err)
	if len(breaches) == 1 {
		if e, ok := breaches[0].(*edge.FieldError); ok && e.Rule == rule && strings.HasPrefix(e.Field, field) {
			return
		}
	}
	t.Errorf("got %v; want one breach of %s at %s", err, rule, field)
}

// TestChunked: a message of unknown length keeps its Transfer-Encoding whatever becomes of its body.
func TestChunked(t *testing.T) {
	const chunked = `{"transfer-encoding":[{"key":"Transfer-Encoding","value":"chunked"}]}`
	const request = `{"uri":"/","headers":` + chunked + `,"method":"POST","body":{"inputTruncated":false,"action":"read-only","encoding":"base64","data":"aGk="}}`
	const response = `{"status":"200","headers":` + chunked + `}`
	tests := []struct {
		name, event string
		handle      any
		want        string // what is returned, "" if it is refused for want of the header
	}{
		{"viewer-request-body", eventOf(viewerConfig, request, ""), req(func(r *edge.Request) { r.Body.ReplaceText("x") }),
			strings.Replace(request, `"read-only","encoding":"base64","data":"aGk="`, `"replace","encoding":"text","data":"x"`, 1)},
		{"origin-request-body", eventOf(originConfig, request, ""), req(func(r *edge.Request) { r.Body.ReplaceText("x") }),
			strings.Replace(request, `"read-only","encoding":"base64","data":"aGk="`, `"replace","encoding":"text","data":"x"`, 1)},
		{"viewer-request-answered", eventOf(viewerConfig, request, ""), answer(edge.Response{StatusCode: 200}), `{"status":"200"}`},
		{"origin-request-answered", eventOf(originConfig, request, ""), answer(edge.Response{StatusCode: 200}), `{"status":"200"}`},
		{"request-from-scratch", eventOf(viewerConfig, request, ""), out(func() edge.Outcome { return &edge.Request{URI: "/", Method: "POST"} }), ""},
		{"origin-response-body", eventOf(answerConfig, minimalRequest, `,"response":`+response), res(func(r *edge.Response) { r.Body = edge.Text("x") }),
			response[:len(response)-1] + `,"body":"x","bodyEncoding":"text"}`},
		{"origin-response-emptied", eventOf(answerConfig, minimalRequest, `,"response":`+response), res(func(r *edge.Response) { r.Body = edge.EmptyBody() }),
			response[:len(response)-1] + `,"body":"","bodyEncoding":"text"}`},
		{"origin-response-from-scratch", eventOf(answerConfig, minimalRequest, `,"response":`+response),
			res(func(r *edge.Response) { *r = edge.Response{StatusCode: 200, Body: edge.Text("x")} }), ""},
		{"viewer-response-from-scratch", eventOf(`{"eventType":"viewer-response"}`, minimalRequest, `,"response":`+response),
			res(func(r *edge.Response) { *r = edge.Response{StatusCode: 200} }), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := functionOf(tt.handle).Invoke(t.Context(), []byte(tt.event))
			if tt.want == "" {
				wantBreach(t, err, "read-only-deleted", "headers.transfer-encoding")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
