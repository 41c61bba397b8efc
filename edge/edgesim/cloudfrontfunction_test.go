package edgesim_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/google/go-cmp/cmp"
)

// cff opens a CloudFront Function.
func cff(t testing.TB, f edgesim.CloudFrontFunction) *edgesim.OpenCloudFrontFunction {
	t.Helper()
	need(t, "node")
	o, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

// onViewer is a change of a configuration: the functions on viewer-request and viewer-response; nil is none.
func onViewer(request, response *edgesim.OpenCloudFrontFunction) func(*edgesim.Config) {
	return func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.CloudFrontFunctions = edgesim.CloudFrontFunctions{ViewerRequest: request, ViewerResponse: response}
	}
}

// TestCloudFrontFunction holds what the viewer gets, and which stages a request passes.
func TestCloudFrontFunction(t *testing.T) {
	t.Parallel()
	request := cff(t, edgesim.CloudFrontFunction{Source: `function handler(event) {
		var request = event.request;
		switch (request.uri) {
		case '/generated': return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/new' } }, cookies: { a: { value: '1', attributes: 'Secure' } } };
		case '/teapot': return { statusCode: 418, body: { encoding: 'base64', data: 'aGk=' } };
		case '/throw': throw new TypeError('no such table');
		case '/header': request.headers['x-forwarded-proto'] = { value: 'https' }; break;
		case '/upper': request.headers['X-A'] = { value: '1' }; break;
		case '/string': return { statusCode: '200' };
		case '/rewritten': request.uri = '/other'; console.log('secret ' + request.querystring.a.value); break;
		}
		return request;
	}`})
	response := cff(t, edgesim.CloudFrontFunction{Name: "respond", Source: `function handler(event) {
		var response = event.response;
		response.headers['x-uri'] = { value: event.request.uri };
		if (event.request.uri === '/body') { response.statusCode = 203; response.body = 'replaced'; }
		if (event.request.uri === '/removed') response.body = '';
		if (event.request.uri === '/via') delete response.headers.via;
		return response;
	}`})
	origin := &origin{serve: func(_ int64, w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/missing" {
			w.WriteHeader(404)
		}
		w.Write([]byte("origin " + r.RequestURI))
	}}
	w := serving(t, origin, edgesim.CachingDisabled(), onViewer(request, response))
	both := []edgesim.StageName{edgesim.StageViewer, edgesim.StageViewerRequest, edgesim.StageCache, edgesim.StageOrigin, edgesim.StageViewerResponse, edgesim.StageReply}
	early := []edgesim.StageName{edgesim.StageViewer, edgesim.StageViewerRequest, edgesim.StageReply}
	tests := []struct {
		target, source string
		status         int
		result, body   string
		header         string
		way            []edgesim.StageName
	}{
		{"/plain", "functions-event-structure.html", 200, "Miss from cloudfront", "origin /plain", "X-Uri: /plain", both},
		{"/rewritten?a=b", "uri", 200, "Miss from cloudfront", "origin /other", "X-Uri: /other", both},
		{"/generated", "function-code-generate-response", 302, "FunctionGeneratedResponse from cloudfront", "", "Location: /new", early},
		{"/teapot", "the same", 418, "FunctionGeneratedResponse from cloudfront", "hi", "Server: CloudFront", early},
		{"/throw", "http-503-service-unavailable.html", 503, "FunctionExecutionError from cloudfront", "is invalid or could not run.", "", early},
		{"/header", "edge-function-restrictions-all.html: 502", 502, "FunctionValidationError from cloudfront", "tried to add a disallowed header.", "", early},
		{"/upper", "functions-event-structure.html", 502, "FunctionValidationError from cloudfront", "request.headers must have header names in lower case.", "", early},
		{"/string", "the same", 502, "FunctionValidationError from cloudfront", "response.statusCode.", "", early},
		{"/body", "the same, Status code and body", 203, "Miss from cloudfront", "replaced", "Content-Length: 8", both},
		{"/removed", "the same", 200, "Miss from cloudfront", "", "Content-Length: 0", both},
		{"/via", "edge-function-restrictions-all.html", 502, "FunctionValidationError from cloudfront", "read-only header.", "", both},
		{"/missing", "edge-function-restrictions-all.html, HTTP status codes", 404, "Error from cloudfront", "origin /missing", "X-Uri: ", both},
	}
	for _, tc := range tests {
		resp, trace := get(w.Simulator, tc.target)
		got := body(t, resp)
		if resp.StatusCode != tc.status || resp.Header.Get("X-Cache") != tc.result || !strings.Contains(got, tc.body) || tc.body == "" && got != "" {
			t.Errorf("%s: got %d, %s, %q (%s); want %d, %s, %q (%s)", tc.target, resp.StatusCode, resp.Header.Get("X-Cache"), got, trace.Reason, tc.status, tc.result, tc.body, tc.source)
		}
		if name, want, ok := strings.Cut(tc.header, ": "); ok && resp.Header.Get(name) != want {
			t.Errorf("%s: %s: got %q, want %q (%s)", tc.target, name, resp.Header.Get(name), want, tc.source)
		}
		if diff := cmp.Diff(tc.way, trace.Way()); diff != "" {
			t.Errorf("%s: way (-want +got):\n%s", tc.target, diff)
		}
	}
}

// TestFunctionLogs: what a function logs is on the trace, and not on a terminal.
func TestFunctionLogs(t *testing.T) {
	t.Parallel()
	f := cff(t, edgesim.CloudFrontFunction{Source: `function handler(event) { console.log('for ' + event.request.querystring.a.value); return event.request }`})
	var out bytes.Buffer
	terminal := &edgesim.Terminal{Writer: &out}
	w := serving(t, says(200), caching(0, 60, 600), onViewer(f, nil), func(c *edgesim.Config) { c.Observe = terminal.Print })
	_, trace := get(w.Simulator, "/?a=secret")
	if diff := cmp.Diff([]string{"for secret"}, trace.Stage(edgesim.StageViewerRequest).Logs); diff != "" {
		t.Errorf("logs (-want +got):\n%s", diff)
	}
	if strings.Contains(out.String(), "secret") || !strings.Contains(out.String(), "viewer-request") {
		t.Errorf("the terminal shows %s", out.String())
	}
}

// TestCloudFrontFunctionAndCache: the function runs for hits too, what it makes of the request is the cache key, and it
// sees the CloudFront-* headers of the policies.
func TestCloudFrontFunctionAndCache(t *testing.T) {
	t.Parallel()
	f := cff(t, edgesim.CloudFrontFunction{Source: `function handler(event) {
		var request = event.request;
		if (request.headers['cloudfront-viewer-country'].value === 'DE') request.headers['cloudfront-viewer-country'] = { value: 'AT' };
		delete request.querystring.utm;
		return request;
	}`})
	policy := caching(0, 60, 600)
	policy.Headers, policy.QueryStrings = []string{"CloudFront-Viewer-Country"}, edgesim.All()
	origin := &origin{serve: func(_ int64, w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(r.Header.Get("CloudFront-Viewer-Country") + r.URL.RawQuery))
	}}
	w := serving(t, origin, policy, onViewer(f, nil))
	for _, tc := range []struct{ target, country, want, result string }{
		{"/?a=1&utm=x", "AT", "ATa=1", "Miss from cloudfront"},
		{"/?utm=y&a=1", "DE", "ATa=1", "Hit from cloudfront"},
		{"/?a=1", "CH", "CHa=1", "Miss from cloudfront"},
	} {
		resp, trace := get(w.Simulator, tc.target, "X-Mock-CloudFront-Viewer-Country", tc.country)
		if got := body(t, resp); got != tc.want || resp.Header.Get("X-Cache") != tc.result || trace.Functions != 1 {
			t.Errorf("%s from %s: got %q, %s, %d runs; want %q, %s, 1", tc.target, tc.country, got, resp.Header.Get("X-Cache"), trace.Functions, tc.want, tc.result)
		}
	}
}

// TestFunctionChoosesOrigin holds the calls of helper-functions-origin-modification.html to what the origins get.
func TestFunctionChoosesOrigin(t *testing.T) {
	t.Parallel()
	named := func(name string, status int) *edgesim.CustomOrigin {
		return &edgesim.CustomOrigin{DomainName: name + ".example", Path: "/" + name, CustomHeaders: http.Header{"X-Secret": {name}},
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(status)
				w.Write([]byte(name + " " + r.URL.Path + " " + r.Host + " " + r.Header.Get("X-Secret") + r.Header.Get("X-Stage")))
			})}
	}
	bucket := &edgesim.S3Origin{FS: fstest.MapFS{"index.html": {Data: []byte("bucket")}}, DomainName: "b.s3.eu-west-1.amazonaws.com"}
	first, second, broken := named("first", 200), named("second", 200), named("broken", 503)
	f := cff(t, edgesim.CloudFrontFunction{Source: `import cf from 'cloudfront';
	function handler(event) {
		switch (event.request.uri) {
		case '/update': cf.updateRequestOrigin({ domainName: 'second.example' }); break;
		case '/settings': cf.updateRequestOrigin({ originPath: '/v2', customHeaders: { 'x-stage': 'test' }, hostHeader: 'host.example' }); break;
		case '/select': cf.selectRequestOriginById('two'); break;
		case '/select-host': cf.selectRequestOriginById('two', { hostHeader: 'host.example' }); break;
		case '/both': cf.selectRequestOriginById('two'); cf.updateRequestOrigin({ originPath: '/v3' }); break;
		case '/group': cf.createRequestOriginGroup({ originIds: [{ originId: 'broken' }, { originId: 'two' }], failoverCriteria: { statusCodes: [503] } }); break;
		case '/index.html': cf.updateRequestOrigin({ domainName: 'b.s3.eu-west-1.amazonaws.com', customHeaders: {}, originPath: '' }); break;
		case '/unknown': cf.selectRequestOriginById('three'); break;
		case '/address': cf.updateRequestOrigin({ domainName: '192.0.2.1' }); break;
		}
		return event.request;
	}`})
	s := behind(t, edgesim.Behavior{Origin: first, CachePolicy: edgesim.CachingDisabled(), OriginRequestPolicy: edgesim.AllViewer(),
		CloudFrontFunctions: edgesim.CloudFrontFunctions{ViewerRequest: f}}, func(c *edgesim.Config) {
		c.Distribution.Origins = map[string]edgesim.Origin{"two": second, "broken": broken, "bucket": bucket}
	})
	const viewer = "d111111abcdef8.cloudfront.net"
	tests := []struct {
		target string
		status int
		want   string
		reason string
	}{
		{"/none", 200, "first /first/none " + viewer + " first", "the policy sends the viewer's Host"},
		{"/update", 200, "second /first/update second.example first", "what is not named is inherited; without hostHeader the Host is the domain name"},
		{"/settings", 200, "first /v2/settings host.example test", "the settings of the behaviour's origin"},
		{"/select", 200, "second /second/select " + viewer + " second", "the same settings as the origin has"},
		{"/select-host", 200, "second /second/select-host host.example second", "overrides"},
		{"/both", 200, "second /v3/both " + viewer + " second", "calls build upon each other"},
		{"/group", 200, "second /second/group " + viewer + " second", "failover"},
		{"/index.html", 200, "bucket", "from a server to a bucket"},
		{"/unknown", 502, "for origin rewrite.", "an origin of another distribution"},
		{"/address", 502, "for origin rewrite.", "no IP address"},
	}
	for _, tc := range tests {
		resp, trace := get(s, tc.target)
		if got := body(t, resp); resp.StatusCode != tc.status || !strings.Contains(got, tc.want) {
			t.Errorf("%s: got %d %q (%s), want %d %q (%s)", tc.target, resp.StatusCode, got, trace.Reason, tc.status, tc.want, tc.reason)
		}
	}
}

// TestOriginIsNotInTheKey: two routes on one path share an object, as people have seen on a live distribution.
func TestOriginIsNotInTheKey(t *testing.T) {
	t.Parallel()
	f := cff(t, edgesim.CloudFrontFunction{Source: `import cf from 'cloudfront';
	function handler(event) { if (event.request.headers['x-route']) cf.selectRequestOriginById('two'); return event.request }`})
	w := serving(t, says(200, "X-From", "one"), caching(0, 60, 600), onViewer(f, nil), func(c *edgesim.Config) {
		c.Distribution.Origins = map[string]edgesim.Origin{"two": &edgesim.CustomOrigin{Handler: says(200, "X-From", "two")}}
	})
	get(w.Simulator, "/", "X-Route", "2")
	if resp, _ := get(w.Simulator, "/"); resp.Header.Get("X-From") != "two" || resp.Header.Get("X-Cache") != "Hit from cloudfront" {
		t.Errorf("got %q, %s; want the other route's object", resp.Header.Get("X-From"), resp.Header.Get("X-Cache"))
	}
}

func TestCloudFrontFunctionMistakes(t *testing.T) {
	t.Parallel()
	const source = "function handler(event) { return event.request }"
	store := &edgesim.KeyValueStore{}
	tests := []struct {
		name string
		f    edgesim.CloudFrontFunction
		want string
	}{
		{"nothing", edgesim.CloudFrontFunction{}, "0 bytes"},
		{"too-large", edgesim.CloudFrontFunction{Source: strings.Repeat(" ", 10<<10) + source}, "10240 are allowed"},
		{"runtime", edgesim.CloudFrontFunction{Source: source, Runtime: "cloudfront-js-3.0"}, `got "cloudfront-js-3.0"`},
		{"store-with-1.0", edgesim.CloudFrontFunction{Source: source, Runtime: "cloudfront-js-1.0", KeyValueStore: store}, "need the runtime cloudfront-js-2.0"},
		{"no-file", edgesim.CloudFrontFunction{Path: "no/such/rewrite.js"}, "CloudFront Function rewrite: open no/such/rewrite.js"},
		{"both", edgesim.CloudFrontFunction{Path: "doc.go", Source: source}, "both Path and Source"},
		{"no-node", edgesim.CloudFrontFunction{Source: source, Node: "no-such-node"}, "run in Node.js"},
	}
	for _, tc := range tests {
		if _, err := tc.f.Open(); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got error %v, want one with %q", tc.name, err, tc.want)
		}
	}
	if _, err := edgesim.ReadKeyValueStore([]byte("{}")); err == nil || !strings.Contains(err.Error(), "key value store: no data") {
		t.Errorf("a store without data: got error %v", err)
	}
}

// TestOneKindOfFunction holds edge-function-restrictions-all.html, "Combining CloudFront Functions with Lambda@Edge".
func TestOneKindOfFunction(t *testing.T) {
	t.Parallel()
	own := new(edgesim.OpenCloudFrontFunction)
	lambda := edgesim.Association{Function: returns(`{}`)}
	tests := []struct {
		name    string
		own     edgesim.CloudFrontFunctions
		lambda  edgesim.Functions
		allowed bool
	}{
		{"same-trigger", edgesim.CloudFrontFunctions{ViewerRequest: own}, edgesim.Functions{ViewerRequest: lambda}, false},
		{"other-viewer-trigger", edgesim.CloudFrontFunctions{ViewerRequest: own}, edgesim.Functions{ViewerResponse: lambda}, false},
		{"viewer-response", edgesim.CloudFrontFunctions{ViewerResponse: own}, edgesim.Functions{ViewerRequest: lambda}, false},
		{"origin-triggers", edgesim.CloudFrontFunctions{ViewerRequest: own, ViewerResponse: own}, edgesim.Functions{OriginRequest: lambda, OriginResponse: lambda}, true},
	}
	for _, tc := range tests {
		_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
			Origin: &edgesim.CustomOrigin{Handler: says(200)}, CloudFrontFunctions: tc.own, Functions: tc.lambda,
		}}})
		if tc.allowed != (err == nil) || err != nil && !strings.Contains(err.Error(), "DefaultBehavior: CloudFrontFunctions: ") {
			t.Errorf("%s: got error %v, want it allowed: %t", tc.name, err, tc.allowed)
		}
	}
}

// TestClosedFunction: a function that was closed is CloudFront's 503, and not a crash.
func TestClosedFunction(t *testing.T) {
	t.Parallel()
	f := cff(t, edgesim.CloudFrontFunction{Source: "function handler(event) { return event.request }"})
	w := serving(t, says(200), nil, onViewer(f, nil))
	f.Close()
	if resp, trace := get(w.Simulator, "/"); resp.StatusCode != 503 || !strings.Contains(trace.Reason, "closed") {
		t.Errorf("got %d (%s), want 503", resp.StatusCode, trace.Reason)
	}
}

func BenchmarkCloudFrontFunction(b *testing.B) {
	f := cff(b, edgesim.CloudFrontFunction{Source: `function handler(event) {
	var request = event.request;
	request.headers['x-a'] = { value: 'b' };
	return request;
}`})
	w := serving(b, says(200, "Cache-Control", "max-age=600"), caching(0, 60, 600), onViewer(f, nil))
	for b.Loop() {
		if resp, trace := get(w.Simulator, "/"); resp.StatusCode != 200 {
			b.Fatal(resp.StatusCode, trace.Reason)
		}
	}
}

// TestCloudFrontFunctionBody holds [edgesim.Unknowns.CloudFrontFunctionBody] in both positions.
func TestCloudFrontFunctionBody(t *testing.T) {
	t.Parallel()
	f := cff(t, edgesim.CloudFrontFunction{Source: "function handler() { return { statusCode: 200, body: 'x'.repeat(100) } }"})
	for limit, want := range map[int]int{0: 200, 100: 200, 99: 502} {
		w := serving(t, says(200), nil, onViewer(f, nil), func(c *edgesim.Config) { c.Unknowns.CloudFrontFunctionBody = limit })
		if resp, trace := get(w.Simulator, "/"); resp.StatusCode != want {
			t.Errorf("with the limit %d: got %d (%s), want %d", limit, resp.StatusCode, trace.Reason, want)
		}
	}
}

// TestRunsDoNotMix: each of many requests at once gets the answer that the function made for it.
func TestRunsDoNotMix(t *testing.T) {
	t.Parallel()
	f := cff(t, edgesim.CloudFrontFunction{Source: "async function handler(event) { return { statusCode: 200, body: await event.request.uri } }"})
	w := serving(t, says(200), nil, onViewer(f, nil))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 10 {
				target := fmt.Sprintf("/%d/%d", i, j)
				if resp, trace := get(w.Simulator, target); body(t, resp) != target {
					t.Errorf("%s: got another's answer, or none: %s", target, trace.Reason)
				}
			}
		})
	}
	group.Wait()
}
