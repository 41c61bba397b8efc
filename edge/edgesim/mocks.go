package edgesim

import (
	"net"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// The request headers with which a developer plays another viewer, or makes a function fail, for one request.
// They go no further.
const (
	mockPrefix = "X-Mock-Cloudfront-" // X-Mock-CloudFront-Viewer-Country: CH
	mockFault  = "X-Mock-Lambda-Fault"
)

// takeMocks takes the X-Mock headers out of the request.
func (x *exchange) takeMocks() {
	h := x.viewer.header
	for name, values := range h {
		rest, ok := strings.CutPrefix(name, mockPrefix)
		if !ok || len(values) == 0 {
			continue
		}
		if x.mocks == nil {
			x.mocks = http.Header{}
		}
		x.mocks[http.CanonicalHeaderKey("CloudFront-"+rest)] = values
		delete(h, name)
	}
	for _, line := range h[mockFault] {
		for item := range strings.SplitSeq(line, ",") {
			trigger, fault, _ := strings.Cut(strings.TrimSpace(item), "=")
			if f := Fault(fault); f != "" && f.known() {
				if x.faults == nil {
					x.faults = map[edge.Trigger]Fault{}
				}
				x.faults[edge.Trigger(trigger)] = f
			}
		}
	}
	delete(h, mockFault)
	if address := x.mocks.Get("CloudFront-Viewer-Address"); address != "" {
		x.viewer.clientIP = address
		if host, _, err := net.SplitHostPort(address); err == nil {
			x.viewer.clientIP = host
		}
	}
	x.https = x.mocks.Get("CloudFront-Forwarded-Proto") != "http"
}
