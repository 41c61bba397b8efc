package cffunction_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/cffunction"
	"github.com/google/go-cmp/cmp"
)

// TestChanges reads the examples of helper-functions-origin-modification.html.
func TestChanges(t *testing.T) {
	t.Parallel()
	path := "/v2"
	tests := []struct {
		name, call string
		want       cffunction.Change
	}{
		{"bucket", `{"kind":"updateRequestOrigin","origin":{"domainName":"b.s3.us-east-1.amazonaws.com","customHeaders":{},
			"originAccessControlConfig":{"enabled":true,"signingBehavior":"always","signingProtocol":"sigv4","originType":"s3"}}}`,
			cffunction.Change{Kind: cffunction.Update, Hosts: []string{"b.s3.us-east-1.amazonaws.com"}, Domain: "b.s3.us-east-1.amazonaws.com", CustomHeaders: http.Header{}}},
		{"balancer", `{"kind":"updateRequestOrigin","origin":{"domainName":"lb.example","timeouts":{"readTimeout":30,"connectionTimeout":5},"customHeaders":{"x-stage":"production"}}}`,
			cffunction.Change{Kind: cffunction.Update, Hosts: []string{"lb.example"}, Domain: "lb.example", Read: 30 * time.Second, CustomHeaders: http.Header{"X-Stage": {"production"}}}},
		{"host", `{"kind":"updateRequestOrigin","origin":{"domainName":"www.example.com","hostHeader":"test.example.com","sni":"test.example.net","allowedCertificateNames":["*.example.com"]}}`,
			cffunction.Change{Kind: cffunction.Update, Hosts: []string{"test.example.com"}, Domain: "www.example.com"}},
		{"path-and-protocol", `{"kind":"updateRequestOrigin","origin":{"originPath":"/v2","customOriginConfig":{"port":8080,"protocol":"http","sslProtocols":["TLSv1.2"]}}}`,
			cffunction.Change{Kind: cffunction.Update, Hosts: []string{""}, Path: &path, Port: 8080, Protocol: "http", SSLProtocols: []string{"TLSv1.2"}}},
		{"select", `{"kind":"selectRequestOriginById","id":"myALB-prod"}`, cffunction.Change{Kind: cffunction.Select, IDs: []string{"myALB-prod"}, Hosts: []string{""}}},
		{"select-host", `{"kind":"selectRequestOriginById","id":"a","overrides":{"hostHeader":"test.example.com"}}`,
			cffunction.Change{Kind: cffunction.Select, IDs: []string{"a"}, Hosts: []string{"test.example.com"}}},
		{"group", `{"kind":"createRequestOriginGroup","group":{"originIds":[{"originId":"a","originOverrides":{"hostHeader":"h.example"}},{"originId":"b"}],"failoverCriteria":{"statusCodes":[500]}}}`,
			cffunction.Change{Kind: cffunction.Group, IDs: []string{"a", "b"}, Hosts: []string{"h.example", ""}, Statuses: []int{500}}},
		{"group-of-strings", `{"kind":"createRequestOriginGroup","group":{"originIds":["a","b"],"failoverCriteria":{"statusCodes":[500]}}}`,
			cffunction.Change{Kind: cffunction.Group, IDs: []string{"a", "b"}, Hosts: []string{"", ""}, Statuses: []int{500}}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			o := read(event(), shown(event(), "request"), "["+tc.call+"]")
			if o.Findings != nil || len(o.Changes) != 1 {
				t.Fatalf("findings: %v", o.Findings)
			}
			if diff := cmp.Diff(tc.want, o.Changes[0]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestHostWithAccessControl: a live distribution was seen to refuse both together, which no page of AWS says.
func TestHostWithAccessControl(t *testing.T) {
	t.Parallel()
	for access, want := range map[string]int{`,"originAccessControlConfig":{"enabled":true}`: 1, `,"originAccessControlConfig":{"enabled":false}`: 0, ``: 0} {
		o := read(event(), shown(event(), "request"), `[{"kind":"updateRequestOrigin","origin":{"hostHeader":"a.example"`+access+`}}]`)
		if len(o.Findings) != want || o.Findings.Refused() != nil {
			t.Errorf("%s: findings %v, want %d warnings", access, o.Findings, want)
		}
	}
}

func TestRefusedChanges(t *testing.T) {
	t.Parallel()
	update := func(members string) string { return `{"kind":"updateRequestOrigin","origin":{` + members + `}}` }
	tests := []struct{ name, call, field string }{
		{"colon", update(`"domainName":"a.example:8080"`), "updateRequestOrigin.domainName"},
		{"address", update(`"domainName":"192.0.2.1"`), "updateRequestOrigin.domainName"},
		{"url", update(`"domainName":"a.example/b"`), "updateRequestOrigin.domainName"},
		{"host-colon", update(`"hostHeader":"a.example:80"`), "updateRequestOrigin.hostHeader"},
		{"path", update(`"originPath":"/a/"`), "updateRequestOrigin.originPath"},
		{"header-upper-case", update(`"customHeaders":{"X-A":"1"}`), `updateRequestOrigin.customHeaders["x-a"]`},
		{"header-disallowed", update(`"customHeaders":{"x-real-ip":"1"}`), `updateRequestOrigin.customHeaders["x-real-ip"]`},
		{"header-of-the-viewer", update(`"customHeaders":{"accept":"1"}`), `updateRequestOrigin.customHeaders["accept"]`},
		{"attempts", update(`"connectionAttempts":4`), "updateRequestOrigin.connectionAttempts"},
		{"read-timeout", update(`"timeouts":{"readTimeout":121}`), "updateRequestOrigin.timeouts.readTimeout"},
		{"protocol", update(`"customOriginConfig":{"port":80,"protocol":"ftp","sslProtocols":["TLSv1.2"]}`), "updateRequestOrigin.customOriginConfig"},
		{"type", update(`"domainName":1`), "updateRequestOrigin"},
		{"select-nothing", `{"kind":"selectRequestOriginById"}`, "selectRequestOriginById"},
		{"one-origin", `{"kind":"createRequestOriginGroup","group":{"originIds":["a"],"failoverCriteria":{"statusCodes":[500]}}}`, "createRequestOriginGroup.originIds"},
		{"no-statuses", `{"kind":"createRequestOriginGroup","group":{"originIds":["a","b"]}}`, "createRequestOriginGroup.failoverCriteria"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			refused := read(event(), shown(event(), "request"), "["+tc.call+"]").Findings.Refused()
			if refused == nil || refused.Field != tc.field || !strings.HasSuffix(refused.Page, "for origin rewrite.") {
				t.Errorf("got %v, want %s refused", refused, tc.field)
			}
		})
	}
}
