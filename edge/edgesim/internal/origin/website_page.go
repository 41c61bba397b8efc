package origin

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A failure is what a website endpoint says of a request for which there is no object.
type failure struct {
	status     int
	code, text string
	details    []string // name and value in turn
}

// page is S3's page for the failure, and for a second one: that of the error document (CustomErrorDocSupport.html). To a HEAD request the
// headers say what the page would.
func (f failure) page(call *Call, second ...failure) *message.Response {
	h := http.Header{"Server": {"AmazonS3"}}
	resp := &message.Response{Status: f.status, Header: h}
	if call.Method == http.MethodHead {
		f.describe(h)
		h["Transfer-Encoding"] = []string{"chunked"} // S3 gives no length, as for errors of buckets
		return resp
	}
	var b bytes.Buffer
	title := fmt.Sprintf("%d %s", f.status, http.StatusText(f.status))
	fmt.Fprintf(&b, "<html>\n<head><title>%s</title></head>\n<body>\n<h1>%s</h1>\n", title, title)
	f.list(&b, "RequestId", "SIMULATED0000001", "HostId", "simulated")
	for _, s := range second {
		b.WriteString("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n")
		s.list(&b)
	}
	b.WriteString("<hr/>\n</body>\n</html>\n")
	resp.Body = b.Bytes()
	h["Content-Type"] = []string{"text/html; charset=utf-8"}
	h["Content-Length"] = []string{strconv.Itoa(b.Len())}
	return resp
}

// list writes the failure as a list, with more names and values at its end.
func (f failure) list(b *bytes.Buffer, more ...string) {
	items := append([]string{"Code", f.code, "Message", f.text}, f.details...)
	items = append(items, more...)
	b.WriteString("<ul>\n")
	for i := 0; i < len(items); i += 2 {
		fmt.Fprintf(b, "<li>%s: %s</li>\n", items[i], html.EscapeString(items[i+1]))
	}
	b.WriteString("</ul>\n")
}

// describe puts the failure into headers, as beside an error document.
func (f failure) describe(h http.Header) {
	h["X-Amz-Error-Code"], h["X-Amz-Error-Message"] = []string{f.code}, []string{f.text}
	for i := 0; i < len(f.details); i += 2 {
		h[http.CanonicalHeaderKey("X-Amz-Error-Detail-"+f.details[i])] = []string{escaped(f.details[i+1])}
	}
}
