package console

import "github.com/edgehelpers/lambdaedge/edge/edgesim"

// The members of an HTTP Archive, version 1.2 (http://www.softwareishard.com/blog/har-12-spec/). Names with an underscore are ours, as its
// section "Custom fields" wants them.
type (
	harEntry struct {
		Started  string      `json:"startedDateTime"`
		Time     float64     `json:"time"` // milliseconds: the sum of the timings
		Request  harRequest  `json:"request"`
		Response harResponse `json:"response"`
		Cache    struct{}    `json:"cache"` // of the browser; the simulator's own is in _edgesim
		Timings  harTimings  `json:"timings"`
		Comment  string      `json:"comment,omitempty"`
		Edgesim  harExtra    `json:"_edgesim"`
	}
	harRequest struct {
		Method      string      `json:"method"`
		URL         string      `json:"url"`
		HTTPVersion string      `json:"httpVersion"`
		Cookies     []harCookie `json:"cookies"`
		Headers     []harPair   `json:"headers"`
		QueryString []harPair   `json:"queryString"`
		HeadersSize int         `json:"headersSize"` // -1: not known
		BodySize    int         `json:"bodySize"`
	}
	harResponse struct {
		Status      int         `json:"status"`
		StatusText  string      `json:"statusText"`
		HTTPVersion string      `json:"httpVersion"`
		Cookies     []harCookie `json:"cookies"`
		Headers     []harPair   `json:"headers"`
		Content     harContent  `json:"content"`
		RedirectURL string      `json:"redirectURL"`
		HeadersSize int         `json:"headersSize"`
		BodySize    int64       `json:"bodySize"`
	}
	harContent struct {
		Size     int64  `json:"size"`
		MIMEType string `json:"mimeType"`
	}
	harPair struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	harCookie struct {
		Name     string `json:"name"`
		Value    string `json:"value"`
		Path     string `json:"path,omitempty"`
		Domain   string `json:"domain,omitempty"`
		Expires  string `json:"expires,omitempty"`
		HTTPOnly bool   `json:"httpOnly,omitempty"`
		Secure   bool   `json:"secure,omitempty"`
	}
	harTimings struct {
		Blocked int     `json:"blocked"` // -1: does not apply
		DNS     int     `json:"dns"`
		Connect int     `json:"connect"`
		SSL     int     `json:"ssl"`
		Send    float64 `json:"send"`
		Wait    float64 `json:"wait"`
		Receive float64 `json:"receive"`
	}
	// harExtra is what the simulator knows besides: the trace without the viewer's request and the functions' events.
	harExtra struct {
		ID         string                `json:"id"`
		Target     string                `json:"target"` // byte for byte; the URL has it escaped
		Client     string                `json:"client"`
		Background bool                  `json:"background,omitempty"`
		Behavior   string                `json:"behavior,omitempty"`
		Result     string                `json:"result"`
		Reason     string                `json:"reason,omitempty"`
		Warnings   []string              `json:"warnings,omitempty"`
		Cache      edgesim.CacheTrace    `json:"cache"`
		Stages     []edgesim.Stage       `json:"stages"`
		Origins    []edgesim.OriginTrace `json:"origins,omitempty"`
	}
)
