package edgesim_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestPublishedExamples has functions that do what those do that AWS publishes
// (github.com/aws-samples/amazon-cloudfront-functions, and the Developer Guide's
// service_code_examples_cloudfront_functions_examples.html), in other words.
func TestPublishedExamples(t *testing.T) {
	t.Parallel()
	token := func(payload string) string {
		signed := base64.RawURLEncoding.EncodeToString([]byte(`{"typ":"JWT","alg":"HS256"}`)) + "." + base64.RawURLEncoding.EncodeToString([]byte(payload))
		mac := hmac.New(sha256.New, []byte("key"))
		mac.Write([]byte(signed))
		return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	}
	tests := []struct {
		name     string
		response bool   // on viewer-response
		runtimes string // 1 and 2, of cloudfront-js
		source   string
		checks   []exampleCheck
	}{
		{"add-cache-control-header", true, "12", `function handler(event) {
			var response = event.response;
			if (response.statusCode >= 200 && response.statusCode < 400 && !response.headers['cache-control']) response.headers['cache-control'] = { value: 'public, max-age=63072000' };
			return response;
		}`, []exampleCheck{{"/", "", 200, "Cache-Control", "public, max-age=63072000"}}},
		{"add-security-headers", true, "2", `function handler(event) {
			const headers = event.response.headers;
			headers['strict-transport-security'] = { value: 'max-age=63072000' };
			headers['content-security-policy'] = { value: "default-src 'none'" };
			return event.response;
		}`, []exampleCheck{{"/", "", 200, "Content-Security-Policy", "default-src 'none'"}, {"/", "", 200, "Strict-Transport-Security", "max-age=63072000"}}},
		{"add-cors-header", true, "2", `function handler(event) {
			const request = event.request;
			const response = event.response;
			if (!response.headers['access-control-allow-origin'] && request.headers.origin) response.headers['access-control-allow-origin'] = { value: request.headers.origin.value };
			return response;
		}`, []exampleCheck{{"/", "Origin: https://website.example.com", 200, "Access-Control-Allow-Origin", "https://website.example.com"}, {"/", "", 200, "Access-Control-Allow-Origin", ""}}},
		{"add-origin-header", false, "1", `function handler(event) {
			var headers = event.request.headers;
			if (!headers.origin) headers.origin = { value: 'https://' + headers.host.value };
			return event.request;
		}`, []exampleCheck{{"/", "", 200, "X-Origin", "https://d111111abcdef8.cloudfront.net"}}},
		{"add-true-client-ip-header", false, "12", `function handler(event) {
			event.request.headers['true-client-ip'] = { value: event.viewer.ip };
			return event.request;
		}`, []exampleCheck{{"/", "X-Mock-CloudFront-Viewer-Address: 203.0.113.7:4711", 200, "X-True-Client-Ip", "203.0.113.7"}}},
		{"redirect-based-on-country", false, "2", `function handler(event) {
			const request = event.request;
			const country = request.headers['cloudfront-viewer-country'];
			if (country && country.value === 'DE' && request.uri !== '/de/index.html')
				return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: 'https://' + request.headers.host.value + '/de/index.html' } } };
			return request;
		}`, []exampleCheck{{"/", "X-Mock-CloudFront-Viewer-Country: DE", 302, "X-Cache", "FunctionGeneratedResponse from cloudfront"}, {"/", "X-Mock-CloudFront-Viewer-Country: CH", 200, "X-Path", "/"}}},
		{"url-rewrite-single-page-apps", false, "12", `function handler(event) {
			var request = event.request;
			if (request.uri.endsWith('/')) request.uri += 'index.html';
			else if (!request.uri.includes('.')) request.uri += '/index.html';
			return request;
		}`, []exampleCheck{{"/blog", "", 200, "X-Path", "/blog/index.html"}, {"/blog/?a=%20b", "", 200, "X-Path", "/blog/index.html?a=%20b"}, {"/a.css", "", 200, "X-Path", "/a.css"}}},
		{"normalize-query-string-parameters", false, "2", `function handler(event) {
			const items = [];
			for (const name in event.request.querystring) {
				const item = event.request.querystring[name];
				(item.multiValue || [item]).forEach((one) => items.push(name + '=' + one.value));
			}
			event.request.querystring = items.sort().join('&');
			return event.request;
		}`, []exampleCheck{{"/?b=2&a=3&a=1", "", 200, "X-Path", "/?a=1&a=3&b=2"}}},
		{"preserve-query-strings-on-redirect", false, "2", `function handler(event) {
			const query = event.request.rawQueryString();
			return { statusCode: 301, headers: { location: { value: '/new' + event.request.uri + (query ? '?' + query : '') } } };
		}`, []exampleCheck{{"/a?x=%2F&y", "", 301, "Location", "/new/a?x=%2F&y"}, {"/a", "", 301, "Location", "/new/a"}, {"/a?", "", 301, "Location", "/new/a"}}},
		{"kvs-key-value-pairs", false, "2", `import cf from 'cloudfront';
		const store = cf.kvs();
		async function handler(event) {
			const request = event.request;
			try {
				request.uri = await store.get(request.uri);
			} catch (error) {
				console.log('no key ' + request.uri + ': ' + error);
			}
			return request;
		}`, []exampleCheck{{"/old", "", 200, "X-Path", "/stored"}, {"/none", "", 200, "X-Path", "/none"}}},
		{"kvs-conditional-read", false, "2", `import cf from 'cloudfront';
		async function handler(event) {
			const request = event.request;
			const name = request.cookies['group'] ? request.cookies['group'].value : 'a';
			if (await cf.kvs().exists('group-' + name)) {
				const group = await cf.kvs().get('group-' + name, { format: 'json' });
				request.uri = group.prefix + request.uri;
			}
			return request;
		}`, []exampleCheck{{"/x", "Cookie: group=b", 200, "X-Path", "/b/x"}, {"/x", "", 200, "X-Path", "/x"}}},
		{"verify-jwt", false, "12", `var crypto = require('crypto');
		function handler(event) {
			var parts = event.request.querystring.jwt ? event.request.querystring.jwt.value.split('.') : [];
			var signature = crypto.createHmac('sha256', 'key').update(parts[0] + '.' + parts[1]).digest('base64url');
			if (parts.length !== 3 || signature !== parts[2]) return { statusCode: 401, statusDescription: 'Unauthorized' };
			var payload = JSON.parse(typeof Buffer === 'undefined' ? String.bytesFrom(parts[1], 'base64url') : Buffer.from(parts[1], 'base64url').toString());
			if (payload.exp && payload.exp * 1000 < Date.now()) return { statusCode: 401, statusDescription: 'Unauthorized' };
			delete event.request.querystring.jwt;
			return event.request;
		}`, []exampleCheck{{"/?jwt=" + token(`{"exp":4102444800}`), "", 200, "X-Path", "/"}, {"/?jwt=" + token(`{"exp":1}`), "", 401, "X-Path", ""},
			{"/?jwt=" + token(`{}`) + "x", "", 401, "X-Path", ""}, {"/", "", 401, "X-Path", ""}}},
	}
	for _, tc := range tests {
		for _, version := range tc.runtimes {
			t.Run(tc.name+"/"+string(version), func(t *testing.T) {
				t.Parallel()
				f := edgesim.CloudFrontFunction{Name: tc.name, Source: tc.source, Runtime: "cloudfront-js-" + string(version) + ".0"}
				if version == '2' {
					f.KeyValueStore = &edgesim.KeyValueStore{Pairs: map[string]string{"/old": "/stored", "group-b": `{"prefix":"/b"}`}}
				}
				open := cff(t, f)
				if w := open.Warnings(); len(w) > 0 {
					t.Errorf("warnings: %q", w)
				}
				tryExample(t, open, tc.response, tc.checks)
			})
		}
	}
}

// An exampleCheck is a request with a header, "Name: value", and what of the answer is looked at.
type exampleCheck struct {
	target, send string
	status       int
	header, want string
}

// tryExample asks through the function for an origin that says what it got.
func tryExample(t *testing.T, f *edgesim.OpenCloudFrontFunction, response bool, checks []exampleCheck) {
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Path", r.URL.RequestURI())
		w.Header().Set("X-Origin", r.Header.Get("Origin"))
		w.Header().Set("X-True-Client-Ip", r.Header.Get("True-Client-Ip"))
	})
	b := edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: echo}, CachePolicy: edgesim.CachingDisabled(),
		OriginRequestPolicy: edgesim.AllViewerAndCloudFrontHeaders(), CloudFrontFunctions: edgesim.CloudFrontFunctions{ViewerRequest: f}}
	if response {
		b.CloudFrontFunctions = edgesim.CloudFrontFunctions{ViewerResponse: f}
	}
	s := behind(t, b)
	for _, c := range checks {
		var headers []string
		if name, value, ok := strings.Cut(c.send, ": "); ok {
			headers = []string{name, value}
		}
		resp, trace := get(s, c.target, headers...)
		if got := resp.Header.Get(c.header); resp.StatusCode != c.status || got != c.want {
			t.Errorf("%s (%s): got %d, %s: %q (%s); want %d, %q", c.target, c.send, resp.StatusCode, c.header, got, trace.Reason, c.status, c.want)
		}
	}
}
