package edgesim_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// FuzzAgreement holds the two rule books together: package edge has one for what leaves a function, and the simulator one of its own for what
// arrives, as it takes functions of any make. What the first lets out, the second must take.
func FuzzAgreement(f *testing.F) {
	f.Add(uint8(0), "X-A", "1", "/a", "b=c", 200, "text")
	f.Add(uint8(1), "Host", "example.org", "/a b", "b c", 302, "")
	f.Add(uint8(2), "Via", "me", "", "#", 599, "x")
	f.Add(uint8(3), "X-Edge-A", "\r\n", "a", "", 100, "\x00")
	f.Add(uint8(0), "CloudFront-Viewer-Country", "CH", "/%zz?", "%", 204, "x")
	f.Add(uint8(1), "x a", "", "//", "", 600, "é")
	triggers := []edge.Trigger{edge.ViewerRequest, edge.OriginRequest, edge.OriginResponse, edge.ViewerResponse}
	f.Fuzz(func(t *testing.T, n uint8, name, value, uri, query string, status int, text string) {
		onRequest := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			if n&8 != 0 {
				resp := &edge.Response{StatusCode: status, Body: edge.Text(text)}
				resp.Header.Set(name, value)
				return resp, nil
			}
			r.Header.Add(name, value)
			r.URI, r.QueryString = uri, query
			return r, nil
		}
		onResponse := func(_ context.Context, r *edge.Response) error {
			r.Header.Set(name, value)
			r.StatusCode, r.Body = status, edge.Text(text)
			return nil
		}
		function := &edge.Function{ViewerRequest: onRequest, OriginRequest: onRequest, OriginResponse: onResponse, ViewerResponse: onResponse}
		trigger := triggers[n%4]
		s := foreign(t, trigger, raw(func(event []byte) ([]byte, error) { return function.Invoke(context.Background(), event) }))
		_, trace := get(s, "/")
		st := trace.Stage(edgesim.StageName(trigger))
		if st.Output == nil || trace.Result != "LambdaValidationError from cloudfront" {
			return // package edge refused it itself, or the simulator took it
		}
		found, _ := json.Marshal(st.Findings)
		t.Errorf("package edge lets out %s, and the simulator refuses it: %s", st.Output, found)
	})
}
