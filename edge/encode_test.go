package edge_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
)

// TestEdits holds each kind of change to the very text that goes back: what is
// not named here must be as it came.
func TestEdits(t *testing.T) {
	const request = `{ "clientIp":"203.0.113.178", "headers":{"host":[{"key":"Host","value":"a.example"}],"X-Mixed":[{"key":"x-MIXED","value":"1"}],
"cookie":[{"value":"a=1","new":true},{"key":"Cookie","value":"b=2"}],"empty":[]}, "method":"GET", "uri":"/\u0061", "querystring":null, "unknown":{"n":1.50}`
	origin := func(kind string) string { return request + `, "origin":` + kind + `}` }
	const custom = `{"custom":{"customHeaders":{},"domainName":"a.example","future":[1e2],"port":4.43e2,"responseCompletionTimeout":60}}`
	tests := []struct {
		name          string
		config, event string
		change        req
		want, reason  string
	}{
		{"uri", viewerConfig, request + `}`, func(r *edge.Request) { r.URI = "/b" },
			`{ "clientIp":"203.0.113.178", "headers":{"host":[{"key":"Host","value":"a.example"}],"X-Mixed":[{"key":"x-MIXED","value":"1"}],
"cookie":[{"value":"a=1","new":true},{"key":"Cookie","value":"b=2"}],"empty":[]}, "method":"GET", "uri":"/b", "querystring":null, "unknown":{"n":1.50}}`,
			"one member"},
		{"query-was-null", viewerConfig, `{"uri":"/","querystring":null}`, func(r *edge.Request) { r.QueryString = "a=1" },
			`{"uri":"/","querystring":"a=1"}`, "a null becomes a string"},
		{"query-was-absent", viewerConfig, `{"uri":"/"}`, func(r *edge.Request) { r.QueryString = "a=1" },
			`{"uri":"/","querystring":"a=1"}`, "a new member is last"},
		{"headers-were-absent", viewerConfig, `{"uri":"/"}`, func(r *edge.Request) { r.Header.Set("x-a", "1") },
			`{"uri":"/","headers":{"x-a":[{"key":"X-A","value":"1"}]}}`, "a new map"},
		{"headers-were-null", viewerConfig, `{"headers":null,"uri":"/"}`, func(r *edge.Request) { r.Header.Set("x-a", "1") },
			`{"headers":{"x-a":[{"key":"X-A","value":"1"}]},"uri":"/"}`, "a new map in its place"},
		{"header-set", viewerConfig, `{"headers":{"a":[{"key":"a","value":"1"}],"b":[{"key":"b","value":"2"}]},"uri":"/"}`,
			func(r *edge.Request) { r.Header.Set("A", "3") },
			`{"headers":{"a":[{"key":"A","value":"3"}],"b":[{"key":"b","value":"2"}]},"uri":"/"}`, "a name keeps its place"},
		{"header-added", viewerConfig, request + `}`, func(r *edge.Request) { r.Header.Add("cookie", "c=3") },
			`{ "clientIp":"203.0.113.178", "headers":{"host":[{"key":"Host","value":"a.example"}],"X-Mixed":[{"key":"x-MIXED","value":"1"}],
"cookie":[{"value":"a=1","new":true},{"key":"Cookie","value":"b=2"},{"key":"Cookie","value":"c=3"}],"empty":[]}, "method":"GET", "uri":"/\u0061", "querystring":null, "unknown":{"n":1.50}}`,
			"the entries that came keep their text"},
		{"header-mixed-deleted", viewerConfig, `{"headers":{"X-Mixed":[{"value":"1"}],"a":[]},"uri":"/"}`, func(r *edge.Request) { r.Header.Del("x-mixed") },
			`{"headers":{"a":[]},"uri":"/"}`, "whatever its case"},
		{"header-mixed-set", viewerConfig, `{"headers":{"X-Mixed":[{"value":"1"}]},"uri":"/"}`, func(r *edge.Request) { r.Header.Set("x-mixed", "2") },
			`{"headers":{"X-Mixed":[{"key":"X-Mixed","value":"2"}]},"uri":"/"}`, "the map has one member for it, not two"},
		{"body-replaced", viewerConfig, `{"uri":"/","body":{"inputTruncated":false,"action":"read-only","encoding":"base64","data":"aGk=","x":0}}`,
			func(r *edge.Request) { r.Body.ReplaceText("hello") },
			`{"uri":"/","body":{"inputTruncated":false,"action":"replace","encoding":"text","data":"hello","x":0}}`, "unknown members stay"},
		{"origin-edited", originConfig, origin(custom), func(r *edge.Request) { r.Origin.(*edge.CustomOrigin).ReadTimeout = 9 },
			origin(`{"custom":{"customHeaders":{},"domainName":"a.example","future":[1e2],"port":4.43e2,"responseCompletionTimeout":60,"readTimeout":9}}`),
			"members that nobody knows and spellings of numbers stay"},
		{"origin-copied", originConfig, origin(custom), func(r *edge.Request) {
			o := *r.Origin.(*edge.CustomOrigin)
			o.ResponseCompletionTimeout = 0
			r.Origin = &o
		}, origin(`{"custom":{"customHeaders":{},"domainName":"a.example","future":[1e2],"port":4.43e2,"responseCompletionTimeout":0}}`),
			"a copy is still the origin that came"},
		{"origin-replaced", originConfig, origin(custom), func(r *edge.Request) { r.Origin = &edge.CustomOrigin{DomainName: "b.example"} },
			origin(`{"custom":{"customHeaders":{},"path":"","domainName":"b.example","keepaliveTimeout":5,"port":443,"protocol":"https","readTimeout":30,"sslProtocols":["TLSv1.2"]}}`),
			"a new origin has nothing of the old one"},
		{"origin-other-kind", originConfig, origin(custom), func(r *edge.Request) {
			r.Origin = &edge.S3Origin{DomainName: "b.s3.amazonaws.com", CustomHeaders: header("x-a", "1")}
		}, origin(`{"s3":{"customHeaders":{"x-a":[{"key":"X-A","value":"1"}]},"path":"","region":"","authMethod":"none","domainName":"b.s3.amazonaws.com"}}`), ""},
		{"origin-unknown", originConfig, origin(`{"vpc":{"id":1.0}}`), func(r *edge.Request) { r.URI = "/\u0061" },
			origin(`{"vpc":{"id":1.0}}`), "an unknown kind goes back as it came"},
		{"origin-unknown-copied", originConfig, `{"uri":"/","origin":{"vpc":{"id":1.0}}}`, func(r *edge.Request) { o := r.Origin; r.Origin = nil; r.Origin = o; r.URI = "/b" },
			`{"uri":"/b","origin":{"vpc":{"id":1.0}}}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			handle := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { tt.change(r); return r, nil }
			f := &edge.Function{ViewerRequest: handle, OriginRequest: handle}
			got, err := f.Invoke(t.Context(), []byte(eventOf(tt.config, tt.event, "")))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
			if !json.Valid(got) {
				t.Errorf("not JSON: %s", got)
			}
		})
	}
}

func TestResponseEdits(t *testing.T) {
	const response = `{"headers":{"a":[{"key":"a","value":"1"}]},"status":200,"statusDescription":null,"more":{}}`
	tests := []struct {
		name   string
		change res
		want   string
	}{
		{"none", func(*edge.Response) {}, response},
		{"status", func(r *edge.Response) { r.StatusCode = 404 },
			`{"headers":{"a":[{"key":"a","value":"1"}]},"status":"404","statusDescription":null,"more":{}}`},
		{"same-status", func(r *edge.Response) { r.StatusCode = 200 }, response},
		{"description", func(r *edge.Response) { r.Status = "Gone" },
			`{"headers":{"a":[{"key":"a","value":"1"}]},"status":200,"statusDescription":"Gone","more":{}}`},
		{"text", func(r *edge.Response) { r.Body = edge.Text("<p>\"é\"\n") },
			response[:len(response)-1] + `,"body":"<p>\"é\"\n","bodyEncoding":"text"}`},
		{"binary", func(r *edge.Response) { r.Body = edge.Binary([]byte{0xff, 0}) },
			response[:len(response)-1] + `,"body":"/wA=","bodyEncoding":"base64"}`},
		{"empty", func(r *edge.Response) { r.Body = edge.EmptyBody() },
			response[:len(response)-1] + `,"body":"","bodyEncoding":"text"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := &edge.Function{OriginResponse: func(_ context.Context, r *edge.Response) error { tt.change(r); return nil }}
			got, err := f.Invoke(t.Context(), []byte(eventOf(answerConfig, minimalRequest, `,"response":`+response)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestGenerated(t *testing.T) {
	tests := []struct {
		name string
		r    edge.Response
		want string
	}{
		{"status-only", edge.Response{StatusCode: 200}, `{"status":"200"}`},
		{"all", edge.Response{StatusCode: 404, Status: "Not Found", Header: header("x-b", "1", "Set-Cookie", "a=1", "set-cookie", "b=2"), Body: edge.Text("gone")},
			`{"status":"404","statusDescription":"Not Found","headers":{"x-b":[{"key":"X-B","value":"1"}],"set-cookie":[{"key":"Set-Cookie","value":"a=1"},{"key":"Set-Cookie","value":"b=2"}]},"body":"gone","bodyEncoding":"text"}`},
		{"binary", edge.Response{StatusCode: 200, Body: edge.Binary([]byte("hi"))}, `{"status":"200","body":"aGk=","bodyEncoding":"base64"}`},
		{"empty-body", edge.Response{StatusCode: 204, Body: edge.EmptyBody()}, `{"status":"204"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := &edge.Function{ViewerRequest: func(context.Context, *edge.Request) (edge.Outcome, error) { return &tt.r, nil }}
			got, err := f.Invoke(t.Context(), []byte(eventOf(viewerConfig, minimalRequest, "")))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
