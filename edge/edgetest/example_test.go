package edgetest_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// exampleFunction is the function under test of the examples.
func exampleFunction() *edge.Function {
	return &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			if r.URI == "/teapot" {
				return &edge.Response{StatusCode: 418, Body: edge.Text("short and stout")}, nil
			}
			r.URI = strings.ToLower(r.URI)
			return r, nil
		},
		ViewerResponse: func(_ context.Context, r *edge.Response) error {
			r.Header.Set("X-Frame-Options", "DENY")
			return nil
		},
	}
}

func ExampleRequest() {
	for _, target := range []string{"/teapot", "/About?x=1"} {
		r := edgetest.NewRequest(edge.ViewerRequest, "GET", target)
		out, err := edgetest.Request(exampleFunction(), r)
		switch out := out.(type) {
		case *edge.Response:
			fmt.Printf("%d %s\n", out.StatusCode, out.Body.Bytes())
		case *edge.Request:
			fmt.Printf("goes on as %s?%s\n", out.URI, out.QueryString)
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// 418 short and stout
	// goes on as /about?x=1
}

// A test fails where CloudFront would show its 502 page.
func ExampleRequest_refused() {
	f := &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Set("Host", "www.example.com")
		return r, nil
	}}
	_, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", "/"))
	if breach, ok := errors.AsType[*edge.FieldError](err); ok {
		fmt.Println(breach.Field, breach.Rule)
	}
	// Output: headers.host[0].value read-only-changed
}

func ExampleResponse() {
	r := edgetest.NewResponse(edge.ViewerResponse, 200, "/index.html")
	r.Header.Set("Cache-Control", "max-age=60")
	out, err := edgetest.Response(exampleFunction(), r)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.StatusCode, out.Header.Get("X-Frame-Options"), out.Header.Get("Cache-Control"))
	// Output: 200 DENY max-age=60
}

// In a test, this is one line and t.Error.
func ExampleTestFunction() {
	fmt.Println(edgetest.TestFunction(exampleFunction(), edgetest.Events()))

	careless := &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		_, rest, _ := strings.Cut(r.Header.Get("Referer"), "://")
		host := rest[:strings.Index(rest, "/")] // not every viewer sends one
		r.Header.Set("X-From", host)
		return r, nil
	}}
	err := edgetest.TestFunction(careless, edgetest.Events())
	fmt.Println(strings.SplitN(err.Error(), "\n", 2)[0])
	// Output:
	// <nil>
	// edgetest: viewer-request-body-binary.json: it does not answer: the handler panicked: runtime error: slice bounds out of range [:-1]
}

func ExampleEvents() {
	event, err := fs.ReadFile(edgetest.Events(), "viewer-request-demo-index-query.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	answer, err := exampleFunction().Invoke(context.Background(), event)
	fmt.Println(strings.Contains(string(answer), `"querystring": "username=octocat"`), err)
	// Output: true <nil>
}

func ExampleRedact() {
	event := `{"Records":[{"cf":{"config":{"eventType":"viewer-request"},"request":{
  "clientIp": "93.184.215.14",
  "headers": {
    "host": [{"key": "Host", "value": "shop.acme.tld"}],
    "cookie": [{"key": "Cookie", "value": "session=4f9aQ; theme=dark"}]
  },
  "querystring": "q=hat%20size&page=2", "uri": "/search"
}}}]}`
	redacted, err := edgetest.Redact([]byte(event))
	fmt.Printf("%s %v\n", redacted, err)
	// Output:
	// {"Records":[{"cf":{"config":{"eventType":"viewer-request"},"request":{
	//   "clientIp": "203.0.113.100",
	//   "headers": {
	//     "host": [{"key": "Host", "value": "hhhhh.example"}],
	//     "cookie": [{"key": "Cookie", "value": "session=0x0xX; theme=xxxx"}]
	//   },
	//   "querystring": "q=xxx%20xxxx&page=0", "uri": "/search"
	// }}}]} <nil>
}

// Events that were written by hand, files of another project's tests, say, are completed before they are tried.
func ExampleComplete() {
	theirs := fstest.MapFS{"about.json": {Data: []byte(`{"Records":[{"cf":{"request":{"uri":"/About","method":"GET","headers":{}}}}]}`)}}
	for name, file := range theirs {
		event, added, err := edgetest.Complete(file.Data, edge.ViewerRequest)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(name, "has got", strings.Join(added, ", "))
		theirs[name] = &fstest.MapFile{Data: event}
	}
	fmt.Println(edgetest.TestFunction(exampleFunction(), theirs))
	// Output:
	// about.json has got request.headers.host, request.clientIp, request.querystring, config
	// <nil>
}
