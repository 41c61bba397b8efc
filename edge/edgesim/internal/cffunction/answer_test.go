package cffunction_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/cffunction"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/google/go-cmp/cmp"
)

// event is one as the table's answers are given to.
func event() *cffunction.Event {
	return &cffunction.Event{
		Domain: "d111111abcdef8.cloudfront.net", DistributionID: "EDFDVBD6EXAMPLE", RequestID: "ID", Now: time.UnixMilli(5), QueryMark: true, Location: "ZRH",
		Request: &message.Request{
			ClientIP: "198.51.100.11", Method: "GET", URI: "/media/index.mpd", Query: "ID=42&NoValue&querymv=val1&querymv=val2,val3&7=x",
			Header: http.Header{"Host": {"video.example.com"}, "Accept": {"application/json", "text/html"}, "X-Cache": {"hidden"},
				"Cookie": {"Cookie1=value1; cookiemv=value3", "cookiemv=value4"}},
		},
	}
}

// response is the same in viewer-response.
func response() *cffunction.Event {
	e := event()
	e.Response = &message.Response{Status: 200, Header: http.Header{
		"Content-Type": {"application/json"}, "Content-Length": {"701"}, "Via": {"1.1 x"}, "X-Edge-Location": {"hidden"},
		"Set-Cookie": {"ID=id1234; Expires=Wed, 05 Apr 2021 07:28:00 GMT", "Cookie1=val1; Secure", "Cookie1=val2"},
	}}
	return e
}

// TestEvent holds the event to functions-event-structure.html, "Example event object".
func TestEvent(t *testing.T) {
	t.Parallel()
	_, got := response().Encode()
	want := `{"version":"1.0",` +
		`"context":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE","eventType":"viewer-response","requestId":"ID"},` +
		`"viewer":{"ip":"198.51.100.11"},` +
		`"request":{"method":"GET","uri":"/media/index.mpd",` +
		`"querystring":{"ID":{"value":"42"},"NoValue":{"value":""},"querymv":{"value":"val1","multiValue":[{"value":"val1"},{"value":"val2,val3"}]},"7":{"value":"x"}},` +
		`"headers":{"accept":{"value":"application/json","multiValue":[{"value":"application/json"},{"value":"text/html"}]},"host":{"value":"video.example.com"}},` +
		`"cookies":{"Cookie1":{"value":"value1"},"cookiemv":{"value":"value3","multiValue":[{"value":"value3"},{"value":"value4"}]}}},` +
		`"response":{"statusCode":200,"statusDescription":"OK",` +
		`"headers":{"content-length":{"value":"701"},"content-type":{"value":"application/json"},"via":{"value":"1.1 x"}},` +
		`"cookies":{"ID":{"value":"id1234","attributes":"Expires=Wed, 05 Apr 2021 07:28:00 GMT"},` +
		`"Cookie1":{"value":"val1","attributes":"Secure","multiValue":[{"value":"val1","attributes":"Secure"},{"value":"val2"}]}}}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// shown is the request or the response in the event.
func shown(e *cffunction.Event, name string) string {
	_, text := e.Encode()
	_, subject, _ := strings.Cut(string(text), `"`+name+`":`)
	subject, _, _ = strings.Cut(subject, `,"response":`)
	return strings.TrimSuffix(subject, "}")
}

// read gives the answer to the event.
func read(e *cffunction.Event, answer, changes string) *cffunction.Outcome {
	e.Encode()
	return cffunction.Read(e, cffunction.Result{Answer: answer, Changes: changes})
}

// TestUnchanged: what a function gives back as it came goes on byte for byte, whether its JSON is the event's own or
// only means the same.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	for _, space := range []string{"", " "} {
		e := event()
		e.Request.Query, e.Request.URI = "b=%20+&a&a=&&ä=\xff&c==", "/%C3%A4/\xff"
		o := read(e, space+shown(e, "request"), "[]")
		if diff := cmp.Diff(e.Request, o.Request); diff != "" || o.Findings != nil {
			t.Errorf("request (-sent +got):\n%s %v", diff, o.Findings)
		}
		e = response()
		o = read(e, space+shown(e, "response"), "")
		if diff := cmp.Diff(e.Response, o.Response); diff != "" || o.Findings != nil {
			t.Errorf("response (-sent +got):\n%s %v", diff, o.Findings)
		}
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	const host = `"headers":{"host":{"value":"video.example.com"}}`
	answer := func(members string) string { return `{"method":"GET","uri":"/a","querystring":{},` + members + `}` }
	query := func(members string) string {
		return `{"method":"GET","uri":"/a",` + host + `,"querystring":` + members + `}`
	}
	tests := []struct{ name, answer, query, header, reason string }{
		{"query-object", query(`{"b":{"value":"1"},"a":{"value":"%20"}}`), "b=1&a=%20", "", "values stay escaped as the function gave them"},
		{"query-string", query(`"b=1&a"`), "b=1&a", "", "AWS's example of a normalised query string returns a string"},
		{"query-bare", query(`{"NoValue":{"value":""},"ID":{"value":"42"}}`), "NoValue&ID=42", "", "as it came"},
		{"query-removed", query(`{}`), "", "", "no parameters"},
		{"query-value-of-several", query(`{"querymv":{"value":"new","multiValue":[{"value":"val1"},{"value":"val2,val3"}]}}`), "querymv=new&querymv=val2,val3", "",
			"a changed value, and an unchanged multiValue: subsequent values remain"},
		{"query-multivalue", query(`{"querymv":{"value":"ignored","multiValue":[{"value":"1"}]}}`), "querymv=1", "", "a changed multiValue: value is ignored"},
		{"query-multivalue-new", query(`{"n":{"value":"1","multiValue":[{"value":"1"},{"value":"2"}]}}`), "n=1&n=2", "", "the same"},
		{"header", answer(`"headers":{"host":{"value":"video.example.com"},"example-header-name":{"value":"x"}}`), "", "Example-Header-Name: x", "capitals after hyphens"},
		{"headers-several", answer(`"headers":{"host":{"value":"video.example.com"},"x-a":{"multiValue":[{"value":"1"},{"value":"2"}]}}`), "", "X-A: 1|2", "multiValue"},
		{"cookies", answer(host + `,"cookies":{"a":{"value":"1"},"b":{"value":"2"}}`), "", "Cookie: a=1; b=2", "cookies are the header Cookie"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			o := read(event(), tc.answer, "")
			if o.Findings.Refused() != nil || o.Request == nil {
				t.Fatalf("refused: %v (%s)", o.Findings, tc.reason)
			}
			if o.Request.Query != tc.query {
				t.Errorf("query string: got %q, want %q (%s)", o.Request.Query, tc.query, tc.reason)
			}
			name, want, _ := strings.Cut(tc.header, ": ")
			if got := strings.Join(o.Request.Header[name], "|"); tc.header != "" && got != want {
				t.Errorf("%s: got %q, want %q (%s)", name, got, want, tc.reason)
			}
			if got := o.Request.Header.Get("X-Cache"); got != "hidden" {
				t.Errorf("what functions do not see is gone: %q", got)
			}
		})
	}
}

func TestRefusedAnswers(t *testing.T) {
	t.Parallel()
	const (
		host       = `"host":{"value":"video.example.com"}`
		structure  = "functions-event-structure.html"
		restricted = "edge-function-restrictions-all.html"
	)
	request := func(headers, members string) string {
		return `{"method":"GET","uri":"/","querystring":{},"headers":{` + headers + `}` + members + `}`
	}
	tests := []struct {
		name     string
		response bool
		answer   string
		field    string
		page     string // a part of the sentence on the page
		source   string
	}{
		{"null", false, `null`, "answer", "invalid value", structure},
		{"string", false, `"/a"`, "answer", "invalid value", structure},
		{"event", false, `{"version":"1.0","request":{}}`, "answer", "invalid value", structure + ": only the request or response object"},
		{"neither", false, `{"headers":{}}`, "answer", "invalid value", structure},
		{"uri-without-slash", false, `{"method":"GET","uri":"a","headers":{` + host + `}}`, "request.uri", "invalid value", structure + ": must begin with a forward slash"},
		{"uri-number", false, `{"method":"GET","uri":1,"headers":{` + host + `}}`, "request.uri", "invalid value", structure},
		{"uri-with-query", false, `{"method":"GET","uri":"/?a=b","headers":{` + host + `}}`, "request.uri", "invalid value", "a path has no ?"},
		{"uri-too-long", false, `{"method":"GET","uri":"/` + strings.Repeat("x", 8191) + `","headers":{` + host + `}}`, "request.uri", "invalid value", restricted},
		{"method", false, `{"method":"HEAD","uri":"/","headers":{` + host + `}}`, "request.method", "invalid value", structure + ": the only read-only field"},
		{"query-space", false, `{"method":"GET","uri":"/","querystring":"a= b","headers":{` + host + `}}`, "request.querystring", "invalid value", restricted},
		{"query-number", false, `{"method":"GET","uri":"/","querystring":{"a":{"value":1}},"headers":{` + host + `}}`, `request.querystring["a"]`, "invalid value", structure},
		{"host-changed", false, request(`"host":{"value":"example.com"}`, ""), `request.headers["host"]`, "read-only header", restricted},
		{"host-deleted", false, request(``, ""), `request.headers["host"]`, "read-only header", restricted},
		{"via-added", false, request(host+`,"via":{"value":"1.1 x"}`, ""), `request.headers["via"]`, "read-only header", restricted},
		{"disallowed", false, request(host+`,"x-forwarded-proto":{"value":"https"}`, ""), `request.headers["x-forwarded-proto"]`, "disallowed header", restricted},
		{"upper-case", false, request(host+`,"X-A":{"value":"1"}`, ""), `request.headers["x-a"]`, "request.headers must have header names in lower case.", structure},
		{"header-as-string", false, request(host+`,"x-a":"1"`, ""), `request.headers["x-a"]`, "invalid value", structure},
		{"header-as-list", false, request(host+`,"x-a":[{"key":"X-A","value":"1"}]`, ""), `request.headers["x-a"]`, "invalid value", structure + ": that is Lambda@Edge's form"},
		{"header-number", false, request(host+`,"x-a":{"value":1}`, ""), `request.headers["x-a"]`, "invalid value", structure},
		{"header-without-value", false, request(host+`,"x-a":{}`, ""), `request.headers["x-a"]`, "invalid value", structure},
		{"header-line-feed", false, request(host+`,"x-a":{"value":"1\n2"}`, ""), `request.headers["x-a"]`, "invalid value", "RFC 9110 section 5.5"},
		{"header-name", false, request(host+`,"x a":{"value":"1"}`, ""), `request.headers["x a"]`, "invalid value", "RFC 9110 section 5.1"},
		{"cookie-line-feed", false, request(host, `,"cookies":{"a":{"value":"1\r\n"}}`), `request.headers["cookie"]`, "invalid value", "RFC 9110 section 5.5"},
		{"multivalue-object", false, request(host+`,"x-a":{"value":"1","multiValue":{}}`, ""), `request.headers["x-a"]`, "invalid value", structure},
		{"headers-too-long", false, request(host+`,"x-a":{"value":"`+strings.Repeat("x", 32768)+`"}`, ""), "request.headers", "invalid value", "cloudfront-limits.html"},

		{"status-string", false, `{"statusCode":"302"}`, "response.statusCode", "invalid value", structure + ": an integer, not a string"},
		{"status-100", false, `{"statusCode":100}`, "response.statusCode", "invalid value", "an interim response is no answer"},
		{"body-number", false, `{"statusCode":200,"body":1}`, "response.body", "invalid value", structure},
		{"body-encoding", false, `{"statusCode":200,"body":{"encoding":"hex","data":"00"}}`, "response.body.encoding", "invalid value", structure + ": the only valid encodings"},
		{"body-base64", false, `{"statusCode":200,"body":{"encoding":"base64","data":"*"}}`, "response.body.data", "invalid value", structure + ": CloudFront returns an error"},
		{"generated-upper-case", false, `{"statusCode":302,"headers":{"Location":{"value":"/"}}}`, `response.headers["location"]`,
			"The CloudFront function returned an invalid value: response.headers must have header names in lower case.", "as seen in public code"},
		{"generated-via", false, `{"statusCode":200,"headers":{"via":{"value":"x"}}}`, `response.headers["via"]`, "read-only header", restricted},

		{"response-request", true, shown(event(), "request"), "response.statusCode", "invalid value", structure},
		{"response-via-deleted", true, `{"statusCode":200,"headers":{}}`, `response.headers["via"]`, "read-only header", restricted},
		{"response-warning", true, `{"statusCode":200,"headers":{"via":{"value":"1.1 x"},"warning":{"value":"x"}}}`, `response.headers["warning"]`, "read-only header", restricted},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := event()
			if tc.response {
				e = response()
			}
			refused := read(e, tc.answer, "").Findings.Refused()
			if refused == nil {
				t.Fatalf("taken, want it refused (%s)", tc.source)
			}
			if refused.Field != tc.field || !strings.Contains(refused.Page, tc.page) {
				t.Errorf("got %s, on the page %q; want %s, %q (%s)", refused, refused.Page, tc.field, tc.page, tc.source)
			}
		})
	}
}

func TestResponses(t *testing.T) {
	t.Parallel()
	const via = `"via":{"value":"1.1 x"}`
	tests := []struct {
		name, answer string
		status       int
		header, body string // body: "-" is the origin's own
		reason       string
	}{
		{"status", `{"statusCode":404,"headers":{` + via + `}}`, 404, "Content-Length: 701", "-", "viewer-response can change the status"},
		{"body", `{"statusCode":200,"headers":{` + via + `,"content-length":{"value":"9"}},"body":"abc"}`, 200, "Content-Length: ", "abc", "the length is counted"},
		{"body-empty", `{"statusCode":200,"headers":{` + via + `},"body":""}`, 200, "", "", "remove the body by setting the value to be empty"},
		{"body-text", `{"statusCode":200,"headers":{` + via + `},"body":{"encoding":"text","data":"ä"}}`, 200, "", "ä", "encoding and data"},
		{"body-base64", `{"statusCode":200,"headers":{` + via + `},"body":{"encoding":"base64","data":"AP8="}}`, 200, "", "\x00\xff", "the same"},
		{"length-changed", `{"statusCode":200,"headers":{` + via + `,"content-length":{"value":"9"}}}`, 200, "Content-Length: 701", "-", "as the body is"},
		{"encoding-changed", `{"statusCode":200,"headers":{` + via + `,"content-encoding":{"value":"gzip"}}}`, 200, "Content-Encoding: gzip", "-", "read-only for Lambda@Edge alone"},
		{"cookies", `{"statusCode":200,"headers":{` + via + `},"cookies":{"a":{"value":"1","attributes":"Path=/; Secure"},"b":{"multiValue":[{"value":"2"},{"value":"3"}]}}}`,
			200, "Set-Cookie: a=1; Path=/; Secure|b=2|b=3", "-", "cookies with attributes"},
		{"cookies-removed", `{"statusCode":200,"headers":{` + via + `},"cookies":{}}`, 200, "Set-Cookie: ", "-", "the same"},
		{"hidden-stays", `{"statusCode":200,"headers":{` + via + `}}`, 200, "X-Edge-Location: hidden", "-", "what functions do not see"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			o := read(response(), tc.answer, "")
			if o.Response == nil || o.Findings != nil {
				t.Fatalf("findings: %v", o.Findings)
			}
			name, want, _ := strings.Cut(tc.header, ": ")
			got := "-"
			if o.NewBody != nil {
				got = string(*o.NewBody)
			}
			if lines := strings.Join(o.Response.Header[name], "|"); o.Response.Status != tc.status || lines != want || got != tc.body {
				t.Errorf("got %d, %s: %q, body %q; want %d, %q, %q (%s)", o.Response.Status, name, lines, got, tc.status, want, tc.body, tc.reason)
			}
		})
	}
}

// FuzzRead: no answer breaks the reader, and what it takes has nothing that breaks a message.
func FuzzRead(f *testing.F) {
	for _, answer := range []string{`{"statusCode":200,"headers":{"a":{"value":"b"}},"body":"x"}`, `{"method":"GET","uri":"/","querystring":{"a":{"value":"1","multiValue":[]}}}`,
		`{"method":"GET","uri":"/","headers":{"host":{"value":"video.example.com"}},"cookies":{"a":{"value":"b","attributes":1}}}`} {
		f.Add(answer, `[{"kind":"updateRequestOrigin","origin":{"domainName":"a.example"}}]`)
	}
	f.Fuzz(func(t *testing.T, answer, changes string) {
		for _, e := range []*cffunction.Event{event(), response()} {
			e.Encode()
			o := cffunction.Read(e, cffunction.Result{Answer: answer, Changes: changes})
			if o.Findings.Refused() != nil {
				continue
			}
			if o.Request == nil && o.Response == nil {
				t.Fatal("neither refused nor read")
			}
			if r := o.Request; r != nil && (!strings.HasPrefix(r.URI, "/") || message.ControlAt(r.URI+r.Query) >= 0) {
				t.Errorf("uri %q, query string %q", r.URI, r.Query)
			}
		}
	})
}
