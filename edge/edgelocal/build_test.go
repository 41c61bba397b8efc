package main

import (
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const builtProject = `
functions:
  auth:
    code: built
    build: mkdir -p built && ! grep -q BROKEN src/index.mjs && cp src/index.mjs built/
    sources: src
origins:
  site:
    folder: pages
    build: mkdir -p pages && cp content/* pages/
    sources: content
`

// TestBuilds: what a command makes of sources is served, and made anew when they are saved; what fails leaves the version before it.
func TestBuilds(t *testing.T) {
	t.Parallel()
	need(t, "node")
	const passes = "export const handler = async (e) => e.Records[0].cf.request;\n"
	dir := copied(t, "node", map[string]string{
		"lambda/auth": "", "edgelocal.yaml": builtProject, "src/index.mjs": passes, "content/index.html": "first content",
	})
	status, stdout, stderr := inFolder(t, dir, "-check")
	if want := `plays the folder pages, which "mkdir -p pages && cp content/* pages/" makes`; !strings.Contains(stdout, want) || status != exitWrong {
		t.Errorf("-check builds nothing: got %d %s%s, want %q", status, stdout, stderr, want)
	}
	r := start(t, dir, "-watch")
	site := r.line("serving on ")
	r.line("function auth: built in ")
	r.want(site, "first content")
	r.want(site, "Hit from cloudfront")

	time.Sleep(200 * time.Millisecond) // until it watches
	source := filepath.Join(dir, "src", "index.mjs")
	write(t, source, fmt.Sprintf(answer, "BROKEN"))
	r.line(`edgelocal: function auth: build "mkdir -p built`)
	r.want(site, "first content")
	write(t, source, "export const handler = async (e) => {\n  return }}\n")
	if got := r.line("edgelocal: function auth: the function does not start: "); !strings.Contains(got, "SyntaxError") || !strings.Contains(got, "the version before it goes on answering") {
		t.Errorf("a mistake in the syntax: got %q", got)
	}
	r.want(site, "first content")
	write(t, source, fmt.Sprintf(answer, "second version"))
	r.want(site, "second version")
	write(t, filepath.Join(dir, "content", "index.html"), "second content")
	r.line("origin site: built in ")
	r.stop()
}

// TestServerOfAnOrigin: a command that serves an origin is started, waited for and ended.
func TestServerOfAnOrigin(t *testing.T) {
	t.Parallel()
	need(t, "node")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(address)
	dir := copied(t, "", map[string]string{
		"distribution.json": bare(`"ViewerProtocolPolicy": "allow-all"`),
		"server.js":         `console.log("it listens"); require("http").createServer((q, r) => r.end("served " + q.url)).listen(` + port + `, "127.0.0.1");`,
		"edgelocal.yaml":    "origins:\n  app: {url: 'http://" + address + "', command: node server.js}\n",
	})
	r := start(t, dir)
	if got := get(t, r.line("serving on ")+"/x"); !strings.HasPrefix(got, "200 Miss from cloudfront served /x") {
		t.Errorf("got %q", got)
	}
	r.line("origin app | it listens")
	r.stop()
	if _, err := http.Get("http://" + address); err == nil {
		t.Error("the origin's server goes on")
	}

	busy := &http.Server{Handler: http.NotFoundHandler()}
	if l, err = net.Listen("tcp", address); err != nil {
		t.Fatal(err)
	}
	go busy.Serve(l)
	defer busy.Close()
	r = start(t, dir)
	r.line("edgelocal: distribution.json: Origins[0]: origin app: something answers at http://" + address + " already: end it")
	r.stop()
}

// TestSavedCloudFrontFunction: the new code answers, with the cache as it was.
func TestSavedCloudFrontFunction(t *testing.T) {
	t.Parallel()
	need(t, "node")
	const mark = "function handler(event) { event.response.headers['x-version'] = { value: '%s' }; event.response.statusCode = %s; return event.response; }\n"
	dir := copied(t, "", map[string]string{
		"mark.js": fmt.Sprintf(mark, "one", "200"), "public/index.html": "a page", "edgelocal.yaml": "functions:\n  mark: mark.js\n",
		"template.yaml": `
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Mark: {Type: AWS::CloudFront::Function, Properties: {Name: mark, AutoPublish: true, FunctionConfig: {Comment: "", Runtime: cloudfront-js-2.0}, FunctionCode: "function handler(e) { return e.response; }"}}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultRootObject: index.html
        Origins: [{Id: public, DomainName: !GetAtt Bucket.RegionalDomainName, S3OriginConfig: {}}]
        DefaultCacheBehavior:
          TargetOriginId: public
          ViewerProtocolPolicy: allow-all
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          FunctionAssociations: [{EventType: viewer-response, FunctionARN: !GetAtt Mark.FunctionARN}]
`,
	})
	r := start(t, dir, "-watch")
	site := r.line("serving on ")
	r.want(site, "200 Miss")
	time.Sleep(200 * time.Millisecond) // until it watches
	write(t, filepath.Join(dir, "mark.js"), "function handler(event) {")
	r.line("edgelocal: CloudFront Function mark: ")
	r.want(site, "200 Hit")
	write(t, filepath.Join(dir, "mark.js"), fmt.Sprintf(mark, "two", "203"))
	r.want(site, "203 Hit")
	r.line("function mark: another version answers now; what is in the cache stays")
	r.stop()
}
