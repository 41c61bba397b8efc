package csphttp_test

import (
	"bytes"
	"fmt"
	"html/template"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphttp"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

// A server whose pages have scripts with a nonce, and that collects what browsers
// report.
func Example() {
	policy, err := csphttp.New(csphttp.Config{
		Enforced:  csp.StrictByNonce,
		ReportURL: "https://www.example.com/csp-report",
	})
	if err != nil {
		log.Fatal(err)
	}
	page := template.Must(template.New("page").Parse(`<!DOCTYPE html>
<title>Hello</title>
<script nonce="{{.Nonce}}">greet({{.Name}})</script>
`))

	mux := http.NewServeMux()
	mux.Handle("/", policy.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page.Execute(w, struct{ Nonce, Name string }{csphttp.Nonce(r.Context()), r.FormValue("name")})
	})))
	mux.Handle("/csp-report", &csphttp.Collector{Log: cspreport.Log{Writer: new(bytes.Buffer)}}) // os.Stdout, or a file

	// A browser asks for the page. The nonce is another one each time.
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest("GET", "/?name=%22Z%C3%BCrich", nil))
	_, rest, _ := strings.Cut(w.Body.String(), `nonce="`)
	nonce, _, _ := strings.Cut(rest, `"`)
	show := strings.NewReplacer(nonce, "...")
	fmt.Println("Cache-Control:", w.Header().Get("Cache-Control"))
	fmt.Println("Content-Security-Policy:", show.Replace(w.Header().Get("Content-Security-Policy")))
	fmt.Println("Reporting-Endpoints:", w.Header().Get("Reporting-Endpoints"))
	fmt.Print(show.Replace(w.Body.String()))
	// Output:
	// Cache-Control: private
	// Content-Security-Policy: script-src 'nonce-...' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; report-uri https://www.example.com/csp-report; report-to csp-endpoint
	// Reporting-Endpoints: csp-endpoint="https://www.example.com/csp-report"
	// <!DOCTYPE html>
	// <title>Hello</title>
	// <script nonce="...">greet("\"Zürich")</script>
}

// What is sent to the collector comes out as lines without personal data, and is
// put together later.
func ExampleCollector() {
	var lines bytes.Buffer // a file
	collector := &csphttp.Collector{Log: cspreport.Log{Writer: &lines}}

	body := `{"csp-report": {
		"document-uri": "https://www.example.com/search?q=illness",
		"effective-directive": "img-src",
		"blocked-uri": "https://cdn.example.net/logo.png?session=1"}}`
	r := httptest.NewRequest("POST", "/csp-report", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/csp-report")
	w := httptest.NewRecorder()
	collector.ServeHTTP(w, r)
	fmt.Println(w.Code)

	for report, err := range cspreport.Read(&lines) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(report.DocumentURL, report.Directive, report.BlockedURL)
	}
	// Output:
	// 204
	// https://www.example.com/search img-src https://cdn.example.net/logo.png
}
