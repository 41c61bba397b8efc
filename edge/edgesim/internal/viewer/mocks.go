package viewer

import (
	"net"
	"net/http"
	"strings"
)

// The request headers with which a developer plays another viewer, or makes a function fail, for one request.
// They go no further.
const (
	mockPrefix = "X-Mock-Cloudfront-" // X-Mock-CloudFront-Viewer-Country: CH
	mockFault  = "X-Mock-Lambda-Fault"
)

// TakeMocks takes the X-Mock headers out of h and plays the viewer that they describe. It returns the faults that the request
// asks for, each a trigger, "=" and the fault.
func (v *Viewer) TakeMocks(h http.Header) (faults []string) {
	for name, values := range h {
		rest, ok := strings.CutPrefix(name, mockPrefix)
		if !ok || len(values) == 0 {
			continue
		}
		if v.Mocks == nil {
			v.Mocks = http.Header{}
		}
		v.Mocks[http.CanonicalHeaderKey("CloudFront-"+rest)] = values
		delete(h, name)
	}
	for _, line := range h[mockFault] {
		for item := range strings.SplitSeq(line, ",") {
			faults = append(faults, strings.TrimSpace(item))
		}
	}
	delete(h, mockFault)
	if address := v.Mocks.Get("CloudFront-Viewer-Address"); address != "" {
		v.ClientIP = address
		if host, _, err := net.SplitHostPort(address); err == nil {
			v.ClientIP = host
		}
	}
	v.HTTPS = v.Mocks.Get("CloudFront-Forwarded-Proto") != "http"
	return faults
}
