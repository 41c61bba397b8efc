package awsconfig

import (
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// headersPolicy finds a response headers policy by id: of the file, of the bindings, of AWS. Without one the answers stay as they are,
// which a note says.
func (r *reader) headersPolicy(at, id string) *edgesim.ResponseHeadersPolicy {
	if id == "" {
		return nil
	}
	if p := r.headerPolicies[id]; p != nil {
		return p
	}
	if p := r.bindings.ResponseHeadersPolicies[id]; p != nil {
		return p
	}
	if p := edgesim.ManagedResponseHeadersPolicy(id); p != nil {
		return p
	}
	if r.bindings.Resolver != nil && id != later {
		if p := r.bindings.Resolver.ResponseHeadersPolicy(at, id); p != nil {
			return p
		}
	}
	if id == later {
		r.note("%s: headers of the answer stay as they are: the policy's id is known after the apply only; use a state", at)
		return nil
	}
	r.note("%s: headers of the answer stay as they are: what the policy %s does is not known; put it into Bindings.ResponseHeadersPolicies", at, id)
	return nil
}

// terraformHeadersPolicy reads an aws_cloudfront_response_headers_policy.
func (r *reader) terraformHeadersPolicy(n *node) *edgesim.ResponseHeadersPolicy {
	p := &edgesim.ResponseHeadersPolicy{Name: n.text("name"), ID: n.text("id"), CORS: readCORS(n.child("cors_config"))}
	p.Headers = securityHeaders(n.child("security_headers_config"))
	for _, item := range n.child("custom_headers_config").nodes("items") {
		p.Headers = append(p.Headers, edgesim.ResponseHeader{Name: item.text("header"), Value: item.text("value"), Override: item.flag("override")})
	}
	for _, item := range n.child("remove_headers_config").nodes("items") {
		p.Remove = append(p.Remove, item.text("header"))
	}
	timing := n.child("server_timing_headers_config")
	if rate := timing.fraction("sampling_rate"); timing.flag("enabled") {
		p.ServerTiming = rate
	}
	n.ignore("arn", "etag")
	n.rest()
	return p
}

// fraction is a number that need not be a whole one, 0 when it is absent.
func (n *node) fraction(name string) float64 {
	switch v := n.get(name).(type) {
	case nil:
		return 0
	case float64:
		return v
	case string:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return f
		}
	}
	n.r.wrong("%s: got %s, want a number", n.path(name), brief(n.get(name)))
	return 0
}

func readCORS(n *node) *edgesim.CORSHeaders {
	if !n.exists() {
		return nil
	}
	items := func(name string) []string { return n.child(name).texts("items") }
	c := &edgesim.CORSHeaders{
		Origins: items("access_control_allow_origins"), Methods: items("access_control_allow_methods"), Headers: items("access_control_allow_headers"),
		Expose: items("access_control_expose_headers"), MaxAge: n.number("access_control_max_age_sec", 0),
		Credentials: n.flag("access_control_allow_credentials"), Override: n.flag("origin_override"),
	}
	if len(c.Methods) == 1 && c.Methods[0] == "ALL" {
		c.Methods = []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"} // API_ResponseHeadersPolicyAccessControlAllowMethods.html
	}
	return c
}

// securityHeaders are the headers that have settings of their own (understanding-response-headers-policies.html, "Security headers").
func securityHeaders(n *node) (headers []edgesim.ResponseHeader) {
	add := func(setting, name string, value func(*node) string) {
		if s := n.child(setting); s.exists() {
			headers = append(headers, edgesim.ResponseHeader{Name: name, Value: value(s), Override: s.flag("override")})
		}
	}
	text := func(member string) func(*node) string { return func(s *node) string { return s.text(member) } }
	add("content_security_policy", "Content-Security-Policy", text("content_security_policy"))
	add("content_type_options", "X-Content-Type-Options", func(*node) string { return "nosniff" })
	add("frame_options", "X-Frame-Options", text("frame_option"))
	add("referrer_policy", "Referrer-Policy", text("referrer_policy"))
	add("strict_transport_security", "Strict-Transport-Security", func(s *node) string {
		value := "max-age=" + strconv.Itoa(s.number("access_control_max_age_sec", 0))
		if s.flag("include_subdomains") {
			value += "; includeSubDomains"
		}
		if s.flag("preload") {
			value += "; preload"
		}
		return value
	})
	add("xss_protection", "X-XSS-Protection", func(s *node) string {
		if !s.flag("protection") {
			return "0"
		}
		value := "1"
		if s.flag("mode_block") {
			value += "; mode=block"
		}
		if report := s.text("report_uri"); report != "" {
			value += "; report=" + report
		}
		return value
	})
	return headers
}
