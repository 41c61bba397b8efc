package edgejson_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgejson"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func TestResponse(t *testing.T) {
	got, err := edgejson.Response(201, map[string]any{"n": 1, "s": "</script>"})
	if err != nil {
		t.Fatal(err)
	}
	want := edge.JSONResponse(201, `{"n":1,"s":"\u003c/script\u003e"}`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r, err := edgejson.Response(200, func() {}); r != nil || err == nil {
		t.Errorf("got %v, %v; want an error: a function is no JSON", r, err)
	}
}

func ExampleResponse() {
	type health struct {
		Status  string `json:"status"`
		Version string `json:"version"`
	}
	serve := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if r.URI != "/health" {
			return r, nil
		}
		answer, err := edgejson.Response(200, health{"ok", "1.4.2"})
		if err != nil {
			return nil, err
		}
		answer.Header.Set("Cache-Control", "no-store")
		return answer, nil
	}

	f := &edge.Function{ViewerRequest: serve}
	out, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", "/health"))
	if err != nil {
		fmt.Println(err)
		return
	}
	answer := out.(*edge.Response)
	fmt.Println(answer.Header.Get("Content-Type"))
	fmt.Println(string(answer.Body.Bytes()))
	// Output:
	// application/json
	// {"status":"ok","version":"1.4.2"}
}
