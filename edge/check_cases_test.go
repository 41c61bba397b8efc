package edge_test

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// ruleEvents has an event for each trigger to break rules with.
var ruleEvents = map[edge.Trigger]string{
	edge.ViewerRequest: eventOf(viewerConfig, `{"clientIp":"203.0.113.178","method":"POST","querystring":"a=1","uri":"/",
		"headers":{"host":[{"key":"Host","value":"d111111abcdef8.cloudfront.net"}],"via":[{"key":"Via","value":"1.1 x"},{"key":"Via","value":"1.1 y"}]},
		"body":{"inputTruncated":false,"action":"read-only","encoding":"base64","data":"aGk="}}`, ""),
	edge.OriginRequest: eventOf(originConfig, `{"clientIp":"203.0.113.178","method":"GET","querystring":"","uri":"/",
		"headers":{"host":[{"key":"Host","value":"origin.example.net"}],"x-both":[{"value":"1"}]},
		"origin":{"custom":{"customHeaders":{"x-secret":[{"value":"s"}],"x-both":[{"value":"2"}]},"domainName":"origin.example.net","keepaliveTimeout":5,
		"path":"","port":443,"protocol":"https","readTimeout":30,"responseCompletionTimeout":30,"sslProtocols":["TLSv1.2"]}}}`, ""),
	edge.OriginResponse: eventOf(answerConfig, minimalRequest, `,"response":{"status":"200","statusDescription":"OK",
		"headers":{"transfer-encoding":[{"value":"chunked"}],"content-length":[{"value":"7"}]}}`),
	edge.ViewerResponse: eventOf(`{"eventType":"viewer-response"}`, minimalRequest, `,"response":{"status":"200","statusDescription":"OK",
		"headers":{"via":[{"value":"1.1 x"}],"content-length":[{"value":"7"}]}}`),
}

// A ruleCase breaks a rule with one change and keeps it with another.
type ruleCase struct {
	rule    string
	trigger edge.Trigger
	field   string
	value   string
	breaks  any // func(*edge.Request), func(*edge.Response), or func() edge.Outcome
	keeps   any
}

type (
	req = func(*edge.Request)
	res = func(*edge.Response)
	out = func() edge.Outcome
)

func custom(change func(*edge.CustomOrigin)) req {
	return func(r *edge.Request) { change(r.Origin.(*edge.CustomOrigin)) }
}

func bucket(o edge.S3Origin) req {
	if o.DomainName == "" {
		o.DomainName = "amzn-s3-demo-bucket.s3.eu-west-1.amazonaws.com"
	}
	return func(r *edge.Request) { r.SetOrigin(&o) }
}

func answer(r edge.Response) out { return func() edge.Outcome { return &r } }

func header(pairs ...string) (h edge.Header) {
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

var ruleCases = []ruleCase{
	{"outcome", edge.ViewerRequest, "", "", out(func() edge.Outcome { return nil }), answer(edge.Response{StatusCode: 200})},
	{"outcome", edge.OriginRequest, "", "", out(func() edge.Outcome { return (*edge.Request)(nil) }), answer(edge.Response{StatusCode: 200})},
	{"outcome", edge.OriginRequest, "", "", out(func() edge.Outcome { return (*edge.Response)(nil) }), answer(edge.Response{StatusCode: 200})},

	{"status-range", edge.ViewerRequest, "status", "199", answer(edge.Response{StatusCode: 199}), answer(edge.Response{StatusCode: 200})},
	{"status-range", edge.OriginRequest, "status", "600", answer(edge.Response{StatusCode: 600}), answer(edge.Response{StatusCode: 599})},
	{"status-range", edge.OriginRequest, "status", "0", answer(edge.Response{}), answer(edge.Response{StatusCode: 302})},
	{"status-range", edge.OriginResponse, "status", "100", res(func(r *edge.Response) { r.StatusCode = 100 }), res(func(r *edge.Response) { r.StatusCode = 404 })},
	{"status-fixed", edge.ViewerResponse, "status", "404", res(func(r *edge.Response) { r.StatusCode = 404 }), res(func(r *edge.Response) { r.StatusCode = 200 })},
	{"status-text", edge.ViewerRequest, "statusDescription", "OK\r\nX: y", answer(edge.Response{StatusCode: 200, Status: "OK\r\nX: y"}), answer(edge.Response{StatusCode: 200, Status: "Fine"})},
	{"status-text", edge.OriginResponse, "statusDescription", "\xff", res(func(r *edge.Response) { r.Status = "\xff" }), res(func(r *edge.Response) { r.Status = "Grüezi" })},
	{"no-content-body", edge.ViewerRequest, "body", "", answer(edge.Response{StatusCode: 204, Body: edge.Text("x")}), answer(edge.Response{StatusCode: 204})},
	{"no-content-body-origin", edge.OriginRequest, "body", "", answer(edge.Response{StatusCode: 204, Body: edge.Text("x")}), answer(edge.Response{StatusCode: 204, Body: edge.EmptyBody()})},

	{"header-name", edge.ViewerRequest, "headers", "x y", req(func(r *edge.Request) { r.Header.Set("X Y", "1") }), req(func(r *edge.Request) { r.Header.Set("X-Y", "1") })},
	{"header-name", edge.ViewerResponse, "headers", "", res(func(r *edge.Response) { r.Header.Set("", "1") }), res(func(r *edge.Response) { r.Header.Set("X!", "1") })},
	{"header-name", edge.OriginRequest, "origin.custom.customHeaders", "a:b", custom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("a:b", "1") }), custom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("a-b", "1") })},
	{"header-value", edge.ViewerRequest, "headers.x-a[1].value", "a\r\nb", req(func(r *edge.Request) { r.Header.Add("x-a", "1"); r.Header.Add("x-a", "a\r\nb") }), req(func(r *edge.Request) { r.Header.Set("x-a", "a\tb é") })},
	{"header-value", edge.OriginResponse, "headers.x-a[0].value", "\x7f", res(func(r *edge.Response) { r.Header.Set("x-a", "\x7f") }), res(func(r *edge.Response) { r.Header.Set("x-a", "") })},
	{"header-value", edge.OriginRequest, "headers.location[0].value", "\xff", answer(edge.Response{StatusCode: 302, Header: header("location", "\xff")}), answer(edge.Response{StatusCode: 302, Header: header("location", "/é")})},
	{"header-uri", edge.ViewerRequest, "headers.location[0].value", "/é", answer(edge.Response{StatusCode: 302, Header: header("location", "/é")}), answer(edge.Response{StatusCode: 302, Header: header("location", "/%C3%A9")})},
	{"header-uri", edge.OriginResponse, "headers.link[1].value", "</é>; rel=preload", res(func(r *edge.Response) { r.Header.Add("Link", "</a>"); r.Header.Add("Link", "</é>; rel=preload") }), res(func(r *edge.Response) { r.Header.Set("X-Title", "é") })},
	{"header-uri", edge.OriginRequest, "headers.referer[0].value", "https://a.example/é", req(func(r *edge.Request) { r.Header.Set("referer", "https://a.example/é") }), req(func(r *edge.Request) { r.Header.Set("Content-Disposition", "é") })},
	{"header-disallowed", edge.ViewerRequest, "headers.x-edge-a", "", req(func(r *edge.Request) { r.Header.Set("X-Edge-A", "1") }), req(func(r *edge.Request) { r.Header.Set("X-Edges", "1") })},
	{"header-disallowed", edge.OriginRequest, "headers.connection", "", answer(edge.Response{StatusCode: 200, Header: header("Connection", "close")}), answer(edge.Response{StatusCode: 200, Header: header("Connections", "1")})},
	{"header-disallowed", edge.ViewerResponse, "headers.x-cache", "", res(func(r *edge.Response) { r.Header.Set("x-cache", "Hit") }), res(func(r *edge.Response) { r.Header.Set("x-cached", "Hit") })},
	{"read-only-added", edge.ViewerRequest, "headers.content-length", "3", req(func(r *edge.Request) { r.Header.Set("content-length", "3") }), req(func(r *edge.Request) { r.Header.Set("content-type", "text/plain") })},
	{"read-only-added", edge.OriginRequest, "headers.content-length", "3", answer(edge.Response{StatusCode: 200, Header: header("Content-Length", "3")}), answer(edge.Response{StatusCode: 200, Header: header("Content-Type", "text/plain")})},
	{"read-only-changed", edge.ViewerRequest, "headers.via[1].value", "2", req(func(r *edge.Request) { r.Header.Del("via"); r.Header.Add("via", "1.1 x"); r.Header.Add("via", "2") }), req(func(r *edge.Request) { r.Header.Del("via"); r.Header.Add("via", "1.1 x"); r.Header.Add("via", "1.1 y") })},
	{"read-only-changed", edge.ViewerRequest, "headers.host[0].value", "evil.example", req(func(r *edge.Request) { r.Header.Set("Host", "evil.example") }), req(func(r *edge.Request) { r.Header.Set("Host", "d111111abcdef8.cloudfront.net") })},
	{"read-only-changed", edge.ViewerResponse, "headers.content-length[0].value", "8", res(func(r *edge.Response) { r.Header.Set("content-length", "8") }), res(func(r *edge.Response) { r.Header.Set("content-language", "de") })},
	{"read-only-deleted", edge.OriginResponse, "headers.transfer-encoding", "", res(func(r *edge.Response) { r.Header = header("x-a", "1") }), res(func(r *edge.Response) { r.Header.Del("content-length") })},
	{"read-only-deleted", edge.ViewerRequest, "headers.host", "", req(func(r *edge.Request) { r.Header.Del("host") }), req(func(r *edge.Request) { r.Header.Del("cookie") })},
	{"viewer-country", edge.ViewerRequest, "headers.cloudfront-viewer-country", "", req(func(r *edge.Request) { r.Header.Set("CloudFront-Viewer-Country", "CH") }), req(func(r *edge.Request) { r.Header.Set("CloudFront-Viewer-City", "Bern") })},
	{"set-cookie-request", edge.OriginRequest, "headers.set-cookie", "", req(func(r *edge.Request) { r.Header.Set("set-cookie", "a=1") }), req(func(r *edge.Request) { r.Header.Set("cookie", "a=1") })},
	{"stale-content-length", edge.OriginResponse, "headers.content-length[0].value", "7", res(func(r *edge.Response) { r.Body = edge.Text("hello") }), res(func(r *edge.Response) { r.Body = edge.Text("hello"); r.Header.Del("content-length") })},

	{"response-size", edge.ViewerRequest, "", "", answer(edge.Response{StatusCode: 200, Body: edge.Text(strings.Repeat("a", 40<<10))}), answer(edge.Response{StatusCode: 200, Body: edge.Text(strings.Repeat("a", 40<<10-60))})},
	{"response-size", edge.OriginRequest, "", "", answer(edge.Response{StatusCode: 200, Body: edge.Binary(make([]byte, 800<<10))}), answer(edge.Response{StatusCode: 200, Body: edge.Binary(make([]byte, 700<<10))})},
	{"response-size", edge.OriginResponse, "", "", res(func(r *edge.Response) { r.Body = edge.Text(strings.Repeat("a", 1<<20)) }), res(func(r *edge.Response) { r.Body = edge.Text(strings.Repeat("a", 1<<20-200)) })},
	{"response-body", edge.ViewerRequest, "body", "", answer(edge.Response{StatusCode: 200, Body: edge.Text("\x00")}), answer(edge.Response{StatusCode: 200, Body: edge.Binary([]byte{0})})},
	{"response-body", edge.OriginRequest, "body", "", answer(edge.Response{StatusCode: 200, Body: edge.Text("\xff")}), answer(edge.Response{StatusCode: 200, Body: edge.Binary([]byte("\xff"))})},
	{"viewer-response-body", edge.ViewerResponse, "body", "", res(func(r *edge.Response) { r.Body = edge.EmptyBody() }), res(func(r *edge.Response) { r.Body = edge.Body{} })},

	{"member-read-only", edge.ViewerRequest, "method", "GET", req(func(r *edge.Request) { r.Method = "GET" }), req(func(r *edge.Request) { r.Method = "POST" })},
	{"member-read-only", edge.OriginRequest, "clientIp", "192.0.2.1", req(func(r *edge.Request) { r.ClientIP = "192.0.2.1" }), req(func(r *edge.Request) { r.ClientIP = "203.0.113.178" })},
	{"member-read-only", edge.ViewerRequest, "body.inputTruncated", "true", req(func(r *edge.Request) { r.Body.InputTruncated = true }), req(func(r *edge.Request) { r.Body.InputTruncated = false })},
	{"uri-slash", edge.ViewerRequest, "uri", "index.html", req(func(r *edge.Request) { r.URI = "index.html" }), req(func(r *edge.Request) { r.URI = "/index.html" })},
	{"uri-format", edge.OriginRequest, "uri", "/a b", req(func(r *edge.Request) { r.URI = "/a b" }), req(func(r *edge.Request) { r.URI = "/a%20b/é" })},
	{"uri-query", edge.ViewerRequest, "uri", "/a?b", req(func(r *edge.Request) { r.URI = "/a?b" }), req(func(r *edge.Request) { r.URI = "/a%3Fb" })},
	{"query-format", edge.ViewerRequest, "querystring", "a=b c", req(func(r *edge.Request) { r.QueryString = "a=b c" }), req(func(r *edge.Request) { r.QueryString = "a=b+c&&%" })},
	{"query-format", edge.OriginRequest, "querystring", "a#b", req(func(r *edge.Request) { r.QueryString = "a#b" }), req(func(r *edge.Request) { r.QueryString = "a%23b" })},
	{"query-mark", edge.ViewerRequest, "querystring", "?a=1", req(func(r *edge.Request) { r.QueryString = "?a=1" }), req(func(r *edge.Request) { r.QueryString = "a=?1" })},
	{"url-length", edge.ViewerRequest, "uri", "", req(func(r *edge.Request) { r.URI = "/" + strings.Repeat("a", 8188) }), req(func(r *edge.Request) { r.URI = "/" + strings.Repeat("a", 8187) })},
	{"length", edge.OriginRequest, "headers", "", req(func(r *edge.Request) { r.Header.Set("x-a", strings.Repeat("a", 33_000)) }), req(func(r *edge.Request) { r.Header.Set("x-a", strings.Repeat("a", 32_000)) })},
	{"length-2023", edge.OriginRequest, "headers", "", req(func(r *edge.Request) { r.Header.Set("x-a", strings.Repeat("a", 21_000)) }), req(func(r *edge.Request) { r.Header.Set("x-a", strings.Repeat("a", 20_000)) })},
	{"length", edge.OriginResponse, "headers", "", res(func(r *edge.Response) { r.Header.Set("x-a", strings.Repeat("a", 33_000)) }), res(func(r *edge.Response) { r.Header.Set("x-a", strings.Repeat("a", 32_000)) })},

	{"body-action", edge.ViewerRequest, "body.action", "Replace", req(func(r *edge.Request) { r.Body.Action = "Replace" }), req(func(r *edge.Request) { r.Body.Replace([]byte("x")) })},
	{"body-encoding", edge.ViewerRequest, "body.encoding", "utf8", req(func(r *edge.Request) { r.Body.Action, r.Body.Encoding = "replace", "utf8" }), req(func(r *edge.Request) { r.Body.ReplaceText("x") })},
	{"body-base64", edge.ViewerRequest, "body.data", "hello", req(func(r *edge.Request) { r.Body.Action, r.Body.Data = "replace", "hello" }), req(func(r *edge.Request) { r.Body.Action, r.Body.Data = "replace", "aGVsbG8=" })},
	{"body-base64", edge.ViewerRequest, "body.data", "aGVs\nbG8=", req(func(r *edge.Request) { r.Body.Action, r.Body.Data = "replace", "aGVs\nbG8=" }), req(func(r *edge.Request) { r.Body.Action, r.Body.Data = "replace", "" })},
	{"body-text", edge.ViewerRequest, "body", "", req(func(r *edge.Request) { r.Body.ReplaceText("\xff") }), req(func(r *edge.Request) { r.Body.Replace([]byte("\xff")) })},
	{"body-text", edge.ViewerRequest, "body", "", req(func(r *edge.Request) { r.Body.ReplaceText("\x00") }), req(func(r *edge.Request) { r.Body.Replace([]byte("\x00")) })},
	{"body-text", edge.ViewerRequest, "body", "", req(func(r *edge.Request) { r.Body.Encoding = "\xff" }), req(func(r *edge.Request) { r.Body.Replace(nil) })},
	{"body-size", edge.ViewerRequest, "body.data", "", req(func(r *edge.Request) { r.Body.ReplaceText(strings.Repeat("a", 40<<10+1)) }), req(func(r *edge.Request) { r.Body.ReplaceText(strings.Repeat("a", 40<<10)) })},
	{"body-size", edge.ViewerRequest, "body.data", "", req(func(r *edge.Request) { r.Body.Replace(make([]byte, 40<<10+3)) }), req(func(r *edge.Request) { r.Body.Replace(make([]byte, 39<<10)) })},
	{"body-size-unclear", edge.ViewerRequest, "body.data", "", req(func(r *edge.Request) { r.Body.Replace(make([]byte, 40<<10)) }), req(func(r *edge.Request) { r.Body.Replace(make([]byte, 39_900)) })},
	{"body-ignored", edge.ViewerRequest, "body.data", "", req(func(r *edge.Request) { r.Body.Data = "eA==" }), req(func(r *edge.Request) { r.Body.Replace([]byte("x")) })},
	{"body-added", edge.OriginRequest, "body", "", req(func(r *edge.Request) { r.Body = new(edge.RequestBody); r.Body.ReplaceText("x") }), req(func(r *edge.Request) { r.Body = nil })},

	{"origin-trigger", edge.ViewerRequest, "origin", "", req(func(r *edge.Request) { r.Origin = &edge.S3Origin{DomainName: "b.s3.amazonaws.com"} }), req(func(r *edge.Request) { r.Origin = nil })},
	{"origin-kind", edge.OriginRequest, "origin", "nil", req(func(r *edge.Request) { r.Origin = nil }), bucket(edge.S3Origin{})},
	{"origin-kind", edge.OriginRequest, "origin", "a nil *edge.S3Origin", req(func(r *edge.Request) { r.Origin = (*edge.S3Origin)(nil) }), bucket(edge.S3Origin{})},
	{"origin-kind", edge.OriginRequest, "origin", "a nil *edge.CustomOrigin", req(func(r *edge.Request) { r.Origin = (*edge.CustomOrigin)(nil) }), bucket(edge.S3Origin{})},
	{"origin-host", edge.OriginRequest, "headers.host", "origin.example.net", custom(func(o *edge.CustomOrigin) { o.DomainName = "other.example.net" }), req(func(r *edge.Request) { r.SetOrigin(&edge.CustomOrigin{DomainName: "other.example.net"}) })},
	{"origin-domain", edge.OriginRequest, "origin.custom.domainName", "192.0.2.1", custom(func(o *edge.CustomOrigin) { o.DomainName = "192.0.2.1" }), custom(func(o *edge.CustomOrigin) { o.DomainName = "192.0.2.1.example.net" })},
	{"origin-domain", edge.OriginRequest, "origin.custom.domainName", "a.example:8080", custom(func(o *edge.CustomOrigin) { o.DomainName = "a.example:8080" }), custom(func(o *edge.CustomOrigin) { o.Port = 8080 })},
	{"origin-domain", edge.OriginRequest, "origin.s3.domainName", "::1", bucket(edge.S3Origin{DomainName: "::1"}), bucket(edge.S3Origin{})},
	{"origin-domain", edge.OriginRequest, "origin.custom.domainName", "", custom(func(o *edge.CustomOrigin) { o.DomainName = "" }), custom(func(o *edge.CustomOrigin) { o.DomainName = "a" })},
	{"origin-domain-length", edge.OriginRequest, "origin.custom.domainName", strings.Repeat("a", 64) + "... (254 bytes)", custom(func(o *edge.CustomOrigin) { o.DomainName = strings.Repeat("a", 254) }), custom(func(o *edge.CustomOrigin) { o.DomainName = strings.Repeat("a", 253) })},
	{"origin-domain-length", edge.OriginRequest, "origin.s3.domainName", strings.Repeat("a", 64) + "... (129 bytes)", bucket(edge.S3Origin{DomainName: strings.Repeat("a", 129)}), bucket(edge.S3Origin{DomainName: strings.Repeat("a", 128)})},
	{"s3-domain-case", edge.OriginRequest, "origin.s3.domainName", "Bucket.s3.amazonaws.com", bucket(edge.S3Origin{DomainName: "Bucket.s3.amazonaws.com"}), bucket(edge.S3Origin{DomainName: "bucket.s3.amazonaws.com"})},
	{"origin-text", edge.OriginRequest, "origin.s3.region", "\xff", bucket(edge.S3Origin{Region: "\xff"}), bucket(edge.S3Origin{Region: "eu-west-1"})},
	{"origin-text", edge.OriginRequest, "origin.s3.authMethod", "a\nb", bucket(edge.S3Origin{AuthMethod: "a\nb"}), bucket(edge.S3Origin{})},
	{"origin-text", edge.OriginRequest, "origin.custom.sslProtocols[0]", "\xff", custom(func(o *edge.CustomOrigin) { o.SSLProtocols = []string{"\xff"} }), custom(func(o *edge.CustomOrigin) { o.SSLProtocols = nil })},
	{"origin-path", edge.OriginRequest, "origin.custom.path", "/", custom(func(o *edge.CustomOrigin) { o.Path = "/" }), custom(func(o *edge.CustomOrigin) { o.Path = "/production" })},
	{"origin-path", edge.OriginRequest, "origin.custom.path", "production", custom(func(o *edge.CustomOrigin) { o.Path = "production" }), custom(func(o *edge.CustomOrigin) { o.Path = "/" + strings.Repeat("a", 254) })},
	{"origin-path", edge.OriginRequest, "origin.s3.path", "/a%zz", bucket(edge.S3Origin{Path: "/a%zz"}), bucket(edge.S3Origin{Path: "/" + strings.Repeat("a", 255)})},
	{"origin-port", edge.OriginRequest, "origin.custom.port", "81", custom(func(o *edge.CustomOrigin) { o.Port = 81 }), custom(func(o *edge.CustomOrigin) { o.Port = 65535 })},
	{"origin-protocol", edge.OriginRequest, "origin.custom.protocol", "HTTPS", custom(func(o *edge.CustomOrigin) { o.Protocol = "HTTPS" }), custom(func(o *edge.CustomOrigin) { o.Protocol = "http" })},
	{"origin-ssl-protocols", edge.OriginRequest, "origin.custom.sslProtocols[1]", "TLSv1.3", custom(func(o *edge.CustomOrigin) { o.SSLProtocols = []string{"TLSv1.2", "TLSv1.3"} }), custom(func(o *edge.CustomOrigin) { o.SSLProtocols[0] = "TLSv1.1" })},
	{"origin-keepalive", edge.OriginRequest, "origin.custom.keepaliveTimeout", "121", custom(func(o *edge.CustomOrigin) { o.KeepaliveTimeout = 121 }), custom(func(o *edge.CustomOrigin) { o.KeepaliveTimeout = 120 })},
	{"origin-read-timeout", edge.OriginRequest, "origin.custom.readTimeout", "121", custom(func(o *edge.CustomOrigin) { o.ReadTimeout, o.ResponseCompletionTimeout = 121, 0 }), custom(func(o *edge.CustomOrigin) { o.ReadTimeout = 1 })},
	{"origin-completion-timeout", edge.OriginRequest, "origin.s3.responseCompletionTimeout", "9", bucket(edge.S3Origin{ReadTimeout: 10, ResponseCompletionTimeout: 9}), bucket(edge.S3Origin{ReadTimeout: 10, ResponseCompletionTimeout: 10})},
	{"s3-auth-method", edge.OriginRequest, "origin.s3.authMethod", "origin-access-control", bucket(edge.S3Origin{AuthMethod: "origin-access-control"}), bucket(edge.S3Origin{AuthMethod: "none"})},
	{"s3-identity-region", edge.OriginRequest, "origin.s3.region", "", bucket(edge.S3Origin{AuthMethod: "origin-access-identity"}), bucket(edge.S3Origin{AuthMethod: "none"})},
	{"s3-identity-switch", edge.OriginRequest, "origin.s3.authMethod", "origin-access-identity", bucket(edge.S3Origin{AuthMethod: "origin-access-identity", Region: "eu-west-1"}), bucket(edge.S3Origin{})},
	{"custom-header", edge.OriginRequest, "origin.custom.customHeaders.cookie", "", custom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("Cookie", "a=1") }), custom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("X-Cookie", "a=1") })},
	{"custom-header", edge.OriginRequest, "origin.s3.customHeaders.x-amz-a", "", bucket(edge.S3Origin{CustomHeaders: header("X-Amz-A", "1")}), bucket(edge.S3Origin{CustomHeaders: header("X-A", "1")})},
	{"custom-header-twice", edge.OriginRequest, "origin.custom.customHeaders.x-secret", "", req(func(r *edge.Request) { r.Header.Set("X-Secret", "1") }), req(func(r *edge.Request) { r.Header.Set("X-Public", "1") })},
	{"custom-header-size", edge.OriginRequest, "origin.custom.customHeaders.x-a", "", custom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("X-A", strings.Repeat("a", 1784)) }), custom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set("X-A", strings.Repeat("a", 1783)) })},
}
