package edgesim_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
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
		{"kvs-jwt-verify", false, "2", `import crypto from 'crypto';
		import cf from 'cloudfront';
		const refused = { statusCode: 401, statusDescription: 'Unauthorized' };
		function equal(a, b) {
			let difference = a.length ^ b.length;
			for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
			return difference === 0;
		}
		async function handler(event) {
			const request = event.request;
			try {
				const parts = request.querystring.jwt.value.split('.');
				const wanted = crypto.createHmac('sha256', await cf.kvs().get('jwt.secret')).update(parts[0] + '.' + parts[1]).digest('base64url');
				if (!equal(parts[2], wanted)) return refused;
				const claims = JSON.parse(Buffer.from(parts[1], 'base64url'));
				if (claims.nbf && Date.now() < claims.nbf * 1000 || claims.exp && Date.now() > claims.exp * 1000) return refused;
			} catch (error) {
				return refused;
			}
			delete request.querystring.jwt;
			return request;
		}`, []exampleCheck{{"/?a=b&jwt=" + token(`{"nbf":1,"exp":4102444800}`), "", 200, "X-Path", "/?a=b"}, {"/?jwt=" + token(`{"nbf":4102444800}`), "", 401, "X-Path", ""},
			{"/?jwt=a.b.c", "", 401, "X-Path", ""}, {"/", "", 401, "X-Cache", "FunctionGeneratedResponse from cloudfront"}}},
		{"enforce-domain-redirect", false, "2", `function handler(event) {
			const wanted = 'www.example.com';
			if (event.request.headers.host.value === wanted) return event.request;
			return { statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: ` + "`https://${wanted}`" + ` } } };
		}`, []exampleCheck{{"/a", "", 301, "Location", "https://www.example.com"}, {"/a", "Host: www.example.com", 200, "X-Path", "/a"}}},
		{"redirect_maintain_uri_querystring", false, "1", `function handler(event) {
			var request = event.request;
			var pairs = Object.keys(request.querystring).map(function (name) {
				var item = request.querystring[name];
				if (item.multiValue) return name + '=' + item.multiValue.map(function (one) { return one.value }).join(',');
				return item.value === '' ? name : name + '=' + item.value;
			});
			return { statusCode: 302, headers: { location: { value: 'https://www.example.com' + request.uri + (pairs.length ? '?' + pairs.join('&') : '') } } };
		}`, []exampleCheck{{"/a", "", 302, "Location", "https://www.example.com/a"}, {"/a?x=1&y&z=2&z=3", "", 302, "Location", "https://www.example.com/a?x=1&y&z=2,3"}}},
		{"query-param-validator", false, "2", `function refuse(text) {
			return { statusCode: 400, statusDescription: 'Bad Request', headers: { 'x-reason': { value: text } } };
		}
		function handler(event) {
			const query = event.request.querystring;
			if (!query.param1 || !query.param2) return refuse('missing');
			if (/[A-Z]/.test(query.param1.value + query.param2.value)) return refuse('upper case');
			return event.request;
		}`, []exampleCheck{{"/?param1=a&param2=b", "", 200, "X-Path", "/?param1=a&param2=b"}, {"/?param1=a", "", 400, "X-Reason", "missing"}, {"/?param1=A&param2=b", "", 400, "X-Reason", "upper case"}}},
		{"normalize-accept-encoding", false, "2", `function handler(event) {
			var headers = event.request.headers;
			var accepted = headers['accept-encoding'] ? headers['accept-encoding'].value : '';
			if (accepted.indexOf('br') >= 0) headers['x-encoding'] = { value: 'br' };
			else if (accepted.indexOf('gzip') >= 0) headers['x-encoding'] = { value: 'gzip' };
			return event.request;
		}`, []exampleCheck{{"/", "Accept-Encoding: gzip, deflate, br", 200, "X-Encoding", "br"}, {"/", "Accept-Encoding: gzip", 200, "X-Encoding", "gzip"}, {"/", "", 200, "X-Encoding", ""}}},
		{"ab-test-with-cookie", true, "1", `function handler(event) {
			var given = event.request.cookies.group;
			var group = given ? given.value : Math.random() < 0 ? 'b' : 'a';
			event.response.cookies.group = { value: group, attributes: 'Path=/; Secure; Max-Age=3600' };
			return event.response;
		}`, []exampleCheck{{"/", "Cookie: group=b", 200, "Set-Cookie", "group=b; Path=/; Secure; Max-Age=3600"}, {"/", "", 200, "Set-Cookie", "group=a; Path=/; Secure; Max-Age=3600"}}},
		{"select-origin-based-on-country", false, "2", `import cf from 'cloudfront';
		const regions = { DE: 'eu-central-1', JP: 'ap-northeast-1' };
		function handler(event) {
			const country = event.request.headers['cloudfront-viewer-country'];
			const region = country && regions[country.value];
			if (region) cf.updateRequestOrigin({
				domainName: 'amzn-s3-demo-bucket.s3.' + region + '.amazonaws.com',
				originAccessControlConfig: { enabled: true, region, signingBehavior: 'always', signingProtocol: 'sigv4', originType: 's3' },
			});
			return event.request;
		}`, []exampleCheck{{"/a", "X-Mock-CloudFront-Viewer-Country: DE", 200, "X-From", "eu-central-1"}, {"/a", "X-Mock-CloudFront-Viewer-Country: CH", 200, "X-From", "own"}}},
		{"select-vpc-origin-for-migration", false, "2", `import cf from 'cloudfront';
		async function handler(event) {
			const request = event.request;
			const routing = await cf.kvs().get('routing', { format: 'json' });
			let hash = 0;
			for (let i = 0; i < event.viewer.ip.length; i++) hash = (hash << 5) - hash + event.viewer.ip.charCodeAt(i) & 0xffff;
			const asked = request.headers['x-route-origin'];
			if (asked ? asked.value === 'private' : hash % 100 < routing.percentage) cf.selectRequestOriginById('reserve');
			return request;
		}`, []exampleCheck{{"/", "X-Route-Origin: private", 200, "X-From", "reserve"}, {"/", "X-Route-Origin: public", 200, "X-From", "own"}, {"/", "", 200, "X-From", "reserve"}}},
		{"create-origin-group", false, "2", `import cf from 'cloudfront';
		function handler(event) {
			cf.createRequestOriginGroup({
				originIds: [{ originId: 'broken' }, { originId: 'reserve' }], selectionCriteria: 'default', failoverCriteria: { statusCodes: [500, 503] },
			});
			return event.request;
		}`, []exampleCheck{{"/a", "", 200, "X-From", "reserve"}}},
	}
	for _, tc := range tests {
		for _, version := range tc.runtimes {
			t.Run(tc.name+"/"+string(version), func(t *testing.T) {
				t.Parallel()
				f := edgesim.CloudFrontFunction{Name: tc.name, Source: tc.source, Runtime: "cloudfront-js-" + string(version) + ".0"}
				if version == '2' {
					f.KeyValueStore = &edgesim.KeyValueStore{Pairs: map[string]string{"/old": "/stored", "group-b": `{"prefix":"/b"}`, "jwt.secret": "key", "routing": `{"percentage":100}`}}
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
	echo := func(name, domain string, status int) *edgesim.CustomOrigin {
		return &edgesim.CustomOrigin{DomainName: domain, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-From", name)
			w.Header().Set("X-Path", r.URL.RequestURI())
			for _, sent := range []string{"Origin", "True-Client-Ip", "Encoding"} {
				w.Header().Set("X-"+sent, r.Header.Get(sent)+r.Header.Get("X-"+sent))
			}
			w.WriteHeader(status)
		})}
	}
	b := edgesim.Behavior{Origin: echo("own", "", 200), CachePolicy: edgesim.CachingDisabled(),
		OriginRequestPolicy: edgesim.AllViewerAndCloudFrontHeaders(), CloudFrontFunctions: edgesim.CloudFrontFunctions{ViewerRequest: f}}
	if response {
		b.CloudFrontFunctions = edgesim.CloudFrontFunctions{ViewerResponse: f}
	}
	s := behind(t, b, func(c *edgesim.Config) {
		c.Distribution.Aliases = []string{"www.example.com"}
		c.Distribution.Origins = map[string]edgesim.Origin{"reserve": echo("reserve", "reserve.example.com", 200), "broken": echo("broken", "broken.example.com", 503),
			"eu": echo("eu-central-1", "amzn-s3-demo-bucket.s3.eu-central-1.amazonaws.com", 200)}
	})
	for _, c := range checks {
		r := httptest.NewRequest(http.MethodGet, c.target, nil)
		r.Host = edgesim.DefaultDomainName
		if name, value, ok := strings.Cut(c.send, ": "); name == "Host" {
			r.Host = value
		} else if ok {
			r.Header.Set(name, value)
		}
		resp, trace := s.Do(r)
		if got := resp.Header.Get(c.header); resp.StatusCode != c.status || got != c.want {
			t.Errorf("%s (%s): got %d, %s: %q (%s); want %d, %q", c.target, c.send, resp.StatusCode, c.header, got, trace.Reason, c.status, c.want)
		}
	}
}
