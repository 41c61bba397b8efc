package awsconfig

import (
	"fmt"
	"slices"
	"strings"
)

// responseHeaders says what the simulator does not do for a response headers policy: which headers of the answer
// CloudFront would add or remove.
func (r *reader) responseHeaders(at, id string) {
	if id == "" {
		return
	}
	what, known := r.headerPolicies[id]
	if !known {
		what = managedHeaders(id)
	}
	switch {
	case id == later:
		what = "adds and removes what the policy says"
	case what == "":
		what = "adds and removes what the policy " + id + " says"
	}
	r.note("%s: headers of the answer stay as they are; CloudFront %s", at, what)
}

// managedHeaders is what AWS's managed response headers policies do (using-managed-response-headers-policies.html,
// read 27 November 2026); "" when the policy is none of them.
func managedHeaders(id string) string {
	const origin = "Access-Control-Allow-Origin"
	const preflight = origin + ", Access-Control-Allow-Methods, Access-Control-Expose-Headers"
	const security = "Referrer-Policy, Strict-Transport-Security, X-Content-Type-Options, X-Frame-Options, X-XSS-Protection"
	switch id {
	case "60669652-455b-4ae9-85a4-c4c02393f86c":
		return "adds " + origin + " (SimpleCORS)"
	case "5cc3b908-e619-4b99-88e5-2cf7f45965bd":
		return "adds " + preflight + " (CORS-With-Preflight)"
	case "67f7725c-6f97-4210-82d7-5512b31e9d03":
		return "adds " + security + " (SecurityHeadersPolicy)"
	case "e61eb60c-9c35-4d20-a928-2b84e02af89c":
		return "adds " + origin + ", " + security + " (CORS-and-SecurityHeadersPolicy)"
	case "eaab4381-ed33-4a86-88ca-d9558dc6cd63":
		return "adds " + preflight + ", " + security + " (CORS-with-preflight-and-SecurityHeadersPolicy)"
	}
	return ""
}

// headerPolicy says what an aws_cloudfront_response_headers_policy does.
func headerPolicy(n *node) string {
	var added, removed []string
	cors := n.child("cors_config")
	for member, header := range map[string]string{"allow_origins": "Allow-Origin", "allow_methods": "Allow-Methods", "allow_headers": "Allow-Headers", "expose_headers": "Expose-Headers"} {
		if len(cors.child("access_control_"+member).texts("items")) > 0 {
			added = append(added, "Access-Control-"+header)
		}
	}
	if cors.flag("access_control_allow_credentials") {
		added = append(added, "Access-Control-Allow-Credentials")
	}
	if cors.number("access_control_max_age_sec", 0) > 0 {
		added = append(added, "Access-Control-Max-Age")
	}
	security := n.child("security_headers_config")
	for member, header := range map[string]string{
		"content_security_policy": "Content-Security-Policy", "content_type_options": "X-Content-Type-Options", "frame_options": "X-Frame-Options",
		"referrer_policy": "Referrer-Policy", "strict_transport_security": "Strict-Transport-Security", "xss_protection": "X-XSS-Protection",
	} {
		if security.child(member).exists() {
			added = append(added, header)
		}
	}
	for _, item := range n.child("custom_headers_config").nodes("items") {
		added = append(added, item.text("header"))
	}
	if n.child("server_timing_headers_config").flag("enabled") {
		added = append(added, "Server-Timing")
	}
	for _, item := range n.child("remove_headers_config").nodes("items") {
		removed = append(removed, item.text("header"))
	}
	slices.Sort(added)
	slices.Sort(removed)
	var does []string
	if len(added) > 0 {
		does = append(does, "adds "+strings.Join(added, ", "))
	}
	if len(removed) > 0 {
		does = append(does, "removes "+strings.Join(removed, ", "))
	}
	return fmt.Sprintf("%s (%s)", strings.Join(does, " and "), n.text("name"))
}
