package edgetest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func redact(t testing.TB, event string) string {
	t.Helper()
	out, err := edgetest.Redact([]byte(event))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// requestEvent is an origin-request event with these members in its request.
func requestEvent(members string) string {
	return `{"Records":[{"cf":{"config":{"eventType":"origin-request"},"request":{` + members + `}}}]}`
}

func headerEvent(name, value string) string {
	return requestEvent(fmt.Sprintf(`"headers":{%q:[{"key":%[1]q,"value":%q}]}`, name, value))
}

func TestRedactHeaders(t *testing.T) {
	for _, tt := range []struct{ name, header, value, want, reason string }{
		{"host", "host", "www.github.com", "hhh.hh.example", "a reserved name of the same length, its dots kept"},
		{"host-port", "host", "www.github.com:8443", "hhh.hh.example:8443", "a port is no name"},
		{"host-no-port", "host", "user:geheim", "hhh.example", "what is no port may be a secret"},
		{"host-short", "host", "t.co", "h.example", "no reserved name is that short"},
		{"host-reserved", "host", "www.example.com", "www.example.com", "RFC 2606 names stay"},
		{"host-address", "host", "93.184.215.14:80", "203.0.113.100:80", "RFC 5737"},
		{"host-bucket", "host", "my-companys-bucket-7.s3.eu-west-1.amazonaws.com", "amzn-s3-demo-bucketx.s3.eu-west-1.amazonaws.com", "the bucket's name is the owner's, the rest is not"},
		{"host-short-bucket", "host", "logs.s3.amazonaws.com", "amzn-s3-demo-b.s3.amazonaws.com", "AWS reserves names from 14 bytes on"},
		{"host-distribution", "host", "d3adb33fcafe42.cloudfront.net", "d111111abcdef8.cloudfront.net", "AWS's example"},
		{"host-function-url", "host", "qwertyuiop.lambda-url.us-east-1.on.aws", "a1b2c3d4e5.lambda-url.us-east-1.on.aws", "the first label is the owner's"},
		{"forwarded-for", "x-forwarded-for", "93.184.215.14, 8.8.8.88, 93.184.215.14", "203.0.113.100, 192.0.2.2, 203.0.113.100", "equal by equal, lengths kept where they can be"},
		{"forwarded-for-odd", "x-forwarded-for", "unknown,_x1", "xxxxxxx,_x0", "no address is filled"},
		{"viewer-address", "cloudfront-viewer-address", "93.184.215.14:46532", "203.0.113.100:46532", "an address and a port"},
		{"viewer-address-6", "cloudfront-viewer-address", "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:46532", "[2001:db8:a1b2:a1b2:a1b2:a1b2:a1b2:0001]:46532", "RFC 3849"},
		{"cookie", "cookie", "session=AbC-123.x; theme=dark; bare;=v", "session=XxX-000.x; theme=xxxx; xxxx;=x", "names stay"},
		{"set-cookie", "set-cookie", "id=s3cret; Domain=shop.tld.de; Path=/a; Expires=Thu, 14 Oct 2027 09:30:00 GMT; SameSite=Lax; odd=1",
			"id=x0xxxx; Domain=hhh.example; Path=/a; Expires=Thu, 14 Oct 2027 09:30:00 GMT; SameSite=Lax; xxx=0", "attributes stay but for the domain"},
		{"authorization", "authorization", "Bearer eyJhbGci.eyJ", "Bearer xxXxxXxx.xxX", "the scheme stays"},
		{"authorization-bare", "authorization", "abc123", "xxx000", "without a scheme all of it is the credential"},
		{"referer", "referer", "https://joe:pw@www.github.com:8443/a/b?q=geheim&z#frag", "https://xxx:xx@hhh.hh.example:8443/a/b?q=xxxxxx&x#xxxx", "the path stays"},
		{"referer-text", "referer", "my secret", "xx xxxxxx", "what is no URL is filled"},
		{"location-path", "location", "/next?token=abc", "/next?token=xxx", "a path"},
		{"origin", "origin", "null", "null", "the opaque origin"},
		{"user-agent", "user-agent", "Mozilla/5.0 (X11)", "Mozilla/5.0 (X11)", "functions decide by it"},
		{"country", "cloudfront-viewer-country", "CH", "CH", "functions decide by it"},
		{"city", "cloudfront-viewer-city", "Z%C3%BCrich", "X%C3%A9xxxx", "percent-encoded text stays that, the character its length"},
		{"latitude", "cloudfront-viewer-latitude", "-47.37000", "-00.00000", "a place"},
		{"fingerprint", "cloudfront-viewer-ja3-fingerprint", "e7d705a3286e19ea42f587b344ee6865", "x0x000x0000x00xx00x000x000xx0000", "a viewer"},
		{"unknown", "x-internal-user", "Jürgen 日本 😎 7%", "Xéxxxx €€ 😀 0%", "what nobody knows is filled, by length"},
		{"via-cloudfront", "via", "2.0 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)", "2.0 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)", "a server of CloudFront's"},
		{"via-proxy", "via", "1.1 proxy.corp", "0.0 xxxxx.xxxx", "a server of the origin's owner"},
		{"upper-case", "Authorization", "Basic abc", "Basic xxx", "names of headers have no case"},
		{"client-hints", "sec-ch-ua-platform", `"Linux"`, `"Linux"`, "functions decide by it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := redact(t, headerEvent(tt.header, tt.value))
			if diff := cmp.Diff(headerEvent(tt.header, tt.want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

func TestRedactMembers(t *testing.T) {
	for _, tt := range []struct{ name, members, want, reason string }{
		{"client-ip", `"clientIp":"93.184.215.14"`, `"clientIp":"203.0.113.100"`, "RFC 5737"},
		{"client-ip-6", `"clientIp":"2a02::1"`, `"clientIp":"2001:db8::1"`, "RFC 3849"},
		{"same-address", `"clientIp":"8.8.8.8", "headers":{"x-forwarded-for":[{"value":"8.8.8.8"}]}`,
			`"clientIp":"192.0.2.1", "headers":{"x-forwarded-for":[{"value":"192.0.2.1"}]}`, "equal by equal in the whole event"},
		{"same-host", `"headers":{"host":[{"value":"shop.tld.de"}],"referer":[{"value":"https://shop.tld.de/"},{"value":"https://blog.tld.de/"}]}`,
			`"headers":{"host":[{"value":"hhh.example"}],"referer":[{"value":"https://hhh.example/"},{"value":"https://hh1.example/"}]}`, "equal by equal, others by others"},
		{"query", `"querystring":"user=joe%40tld.de&&tok%65n=%41b+c&bare"`, `"querystring":"user=xxx%40xxx.xx&&tok%65n=%58x+x&xxxx"`, "names and separators stay"},
		{"query-escapes", `"querystring":"a=%c3%bc%2Fb%ff%7&b=%"`, `"querystring":"a=%C3%A9%2Fx%78%0&b=%"`, "in either case, and what is no UTF-8 or no escape"},
		{"two-buckets", `"headers":{"host":[{"value":"my-first-bucket-of-all.s3.amazonaws.com"}],"x":[]},"origin":{"s3":{"domainName":"my-second-bucket-here.s3.amazonaws.com","path":"/p"}}`,
			`"headers":{"host":[{"value":"amzn-s3-demo-bucketxxx.s3.amazonaws.com"}],"x":[]},"origin":{"s3":{"domainName":"amzn-s3-demo-bucketx1.s3.amazonaws.com","path":"/p"}}`, "two names stay two"},
		{"uri", `"uri":"/a%20b/7"`, `"uri":"/a%20b/7"`, "a path stays"},
		{"body", `"body":{"data":"bmFtZT1KJUMzJUJDcmdlbg==","encoding":"base64","action":"read-only"}`,
			`"body":{"data":"eHh4eD1YJUMzJUE5eHh4eA==","encoding":"base64","action":"read-only"}`, "base64 of as many bytes"},
		{"body-binary", `"body":{"data":"iVBORw=="}`, `"body":{"data":"eHh4eA=="}`, "nothing of a picture stays"},
		{"body-text", `"body":{"encoding":"text","data":"hello, joe"}`, `"body":{"encoding":"text","data":"xxxxx, xxx"}`, "letters and digits"},
		{"custom-headers", `"origin":{"custom":{"customHeaders":{"accept":[{"key":"accept","value":"key 1"}]},"domainName":"shop.tld.de","port":8443}}`,
			`"origin":{"custom":{"customHeaders":{"accept":[{"key":"accept","value":"xxx 0"}]},"domainName":"hhh.example","port":8443}}`, "an origin's custom headers are secrets, whatever their name"},
		{"unknown-origin", `"origin":{"new":{"name":"joe","n":[1.50,"x7"]}}`, `"origin":{"new":{"name":"xxx","n":[1.50,"x0"]}}`, "strings nobody knows are filled, numbers stay"},
		{"unknown-member", `"account": "joe"  , "n" : 30.0`, `"account": "xxx"  , "n" : 30.0`, "white space stays"},
		{"null", `"querystring":null,"headers":null,"origin":null,"body":null`, `"querystring":null,"headers":null,"origin":null,"body":null`, "null stays"},
		{"escapes", `"account":"\u004aoe\/\ud83d\ude00"`, `"account":"Xxx/😀"`, "what changes is written without needless escapes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(requestEvent(tt.want), redact(t, requestEvent(tt.members))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

// TestRedactOriginInViewerRequest: CloudFront sends none there, and a fixture that has one is redacted all the same.
func TestRedactOriginInViewerRequest(t *testing.T) {
	event := func(host string) string {
		return strings.Replace(requestEvent(`"origin":{"custom":{"domainName":"`+host+`"}}`), "origin-request", "viewer-request", 1)
	}
	if diff := cmp.Diff(event("hhh.example"), redact(t, event("shop.tld.de"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRedactConfig(t *testing.T) {
	event := func(domain, id, request string) string {
		return fmt.Sprintf(`{"Records":[{"cf":{"config":{"distributionDomainName":%q,"distributionId":%q,"eventType":"viewer-response","requestId":%q},"request":{},"response":{"status":"404","statusDescription":"Not Found"}}}]}`, domain, id, request)
	}
	got := redact(t, event("d3adb33fcafe4.cloudfront.net", "E2QWRTYUIOPAS1", strings.Repeat("Zy", 27)+"9=="))
	want := event("d111111abcdef.cloudfront.net", "EEEEEEEEXAMPLE", "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRedactRefuses(t *testing.T) {
	for _, event := range []string{"", "{}", `{"Records":[]}`, requestEvent(`"uri":1`)} {
		if out, err := edgetest.Redact([]byte(event)); err == nil || out != nil || !strings.HasPrefix(err.Error(), "edgetest: Redact: edge: event, byte ") {
			t.Errorf("%s: got %q, %v; want an error that says where", event, out, err)
		}
	}
}

// TestRedactAddresses holds addresses to their length.
func TestRedactAddresses(t *testing.T) {
	for _, addr := range []string{
		"10.0.0.10", "10.0.0.100", "10.10.0.100", "10.10.10.100", "10.10.100.100", "10.100.100.100",
		"a:b:c:d::ef", "a:b:c:d::ef1", "fe80::1:2:3:4", "fe80::1:2:3:45", "fe80::1:2:3:456", "fe80::1:2:3:4567", "fe80::1:2:3:45:678", "fe80::1:2:3:45:6789",
		"2606:4700::6810:84e5", "2606:4700:4400::6812:84e5", "2606:4700:4400:1::6812:84e5", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2606:2800:021f:cb07:6820:80da:af6b:8b2c",
	} {
		var got string
		f := &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			got = r.ClientIP
			return r, nil
		}}
		if _, err := f.Invoke(t.Context(), []byte(redact(t, requestEvent(`"clientIp":"`+addr+`"`)))); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(addr) || got == addr {
			t.Errorf("got %s for %s; want another of the same length", got, addr)
		}
	}
}

// TestRedactKeepsEvents holds that Redact changes nothing of the shape of the
// captured events, that a function does not fail for it, and that it is done after
// one time.
func TestRedactKeepsEvents(t *testing.T) {
	for _, name := range eventNames(t) {
		event := readEvent(t, name)
		kept := bytes.Clone(event)
		out, err := edgetest.Redact(event)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(event, kept) {
			t.Errorf("%s: Redact wrote into the event", name)
		}
		checkRedacted(t, name, event, out)
	}
}

// checkRedacted holds a redacted event to the laws.
func checkRedacted(t *testing.T, name string, event, out []byte) {
	t.Helper()
	if _, err := passThrough().Invoke(t.Context(), out); err != nil {
		t.Errorf("%s: the redacted event is none: %v\n%s", name, err, out)
		return
	}
	if diff := cmp.Diff(shape(t, event), shape(t, out)); diff != "" {
		t.Errorf("%s: the shape has changed (-was +is):\n%s", name, diff)
	}
	again, err := edgetest.Redact(out)
	if err != nil || !bytes.Equal(again, out) {
		t.Errorf("%s: redacting again changes it (%v):\n%s\n%s", name, err, out, again)
	}
}

// shape returns an event with all strings that are values cut out.
func shape(t *testing.T, event []byte) any {
	t.Helper()
	var v any
	d := json.NewDecoder(bytes.NewReader(event))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	var cut func(v any) any
	cut = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for name, member := range v {
				v[name] = cut(member)
			}
		case []any:
			for i, element := range v {
				v[i] = cut(element)
			}
		case string:
			return "string"
		}
		return v
	}
	return cut(v)
}

func FuzzRedact(f *testing.F) {
	for _, name := range eventNames(f) {
		if event := readEvent(f, name); len(event) < 16<<10 { // the fuzzer takes minutes to shorten a large one
			f.Add(event)
		}
	}
	f.Add([]byte(headerEvent("set-cookie", "a;Domain=:;b=%4")))
	f.Add([]byte(headerEvent("referer", "x://@[::1]:?#%")))
	f.Fuzz(func(t *testing.T, event []byte) {
		out, err := edgetest.Redact(event)
		if err != nil {
			if _, eventErr := passThrough().Invoke(t.Context(), event); eventErr == nil {
				t.Errorf("Redact refuses an event: %v\n%s", err, event)
			}
			return
		}
		checkRedacted(t, "fuzz", event, out)
	})
}
