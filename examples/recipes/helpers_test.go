package recipes_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/google/go-cmp/cmp"
)

// A row is a request of a viewer, and what the viewer must get.
type row struct {
	name   string
	target string   // the path and the query; a method may stand before it
	header []string // name and value in turn; Host too
	want   string   // see check
	reason string
}

// play makes the simulator of a distribution.
func play(t *testing.T, d edgesim.Distribution) *edgesim.Simulator {
	t.Helper()
	sim, err := edgesim.New(edgesim.Config{Distribution: d})
	if err != nil {
		t.Fatal(err)
	}
	return sim
}

// behind makes a simulator with one behaviour.
func behind(t *testing.T, b edgesim.Behavior) *edgesim.Simulator {
	t.Helper()
	return play(t, edgesim.Distribution{DefaultBehavior: b})
}

// check sends the rows' requests in order. A viewer gets the status, the values of the headers in show, and the body.
func check(t *testing.T, sim *edgesim.Simulator, show string, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			got, trace := ask(t, sim, show, r)
			if diff := cmp.Diff(r.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s%s", r.reason, diff, trace.Reason)
			}
		})
	}
}

// ask sends one request.
func ask(t *testing.T, sim *edgesim.Simulator, show string, r row) (string, *edgesim.Trace) {
	t.Helper()
	method, target, ok := strings.Cut(r.target, " ")
	if !ok {
		method, target = http.MethodGet, r.target
	}
	request := httptest.NewRequest(method, target, nil)
	request.Host = "localhost:8080"
	for i := 0; i < len(r.header); i += 2 {
		if r.header[i] == "Host" {
			request.Host = r.header[i+1]
			continue
		}
		request.Header.Add(r.header[i], r.header[i+1])
	}
	response, trace := sim.Do(request)
	parts := []string{fmt.Sprint(response.StatusCode)}
	for _, name := range strings.Fields(show) {
		value, _ := strings.CutSuffix(response.Header.Get(name), " from cloudfront")
		parts = append(parts, value)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(append(parts, brief(string(body))), " | "), trace
}

// brief is what tells a body from others: of a bucket's error the key, of one of CloudFront's pages the sentence.
func brief(body string) string {
	if key := regexp.MustCompile("<Key>.*</Key>").FindString(body); key != "" {
		return key
	}
	if sentence := regexp.MustCompile(`(?s)<HR noshade size="1px">\n(.*?)\.`).FindStringSubmatch(body); sentence != nil {
		return sentence[1]
	}
	return strings.TrimSpace(body)
}

// bucket has objects with their own names as content.
func bucket(names ...string) *edgesim.S3Origin {
	objects := fstest.MapFS{}
	for _, name := range names {
		objects[name] = &fstest.MapFile{Data: []byte(name)}
	}
	return &edgesim.S3Origin{FS: objects, ListBucket: true}
}

// server is a custom origin that answers with what say makes of a request.
func server(domain string, say func(*http.Request) string) *edgesim.CustomOrigin {
	return &edgesim.CustomOrigin{DomainName: domain, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, say(r))
	})}
}

// path is the path that a server was asked for.
func path(r *http.Request) string { return r.URL.Path }
