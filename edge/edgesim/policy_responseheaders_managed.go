package edgesim

// AWS's managed response headers policies, with the values of "Use managed response headers policies" in the CloudFront Developer
// Guide (read 27 November 2026). Each call gives a new value, which the caller may change.

// SimpleCORS allows simple CORS requests from every origin.
func SimpleCORS() *ResponseHeadersPolicy {
	return &ResponseHeadersPolicy{Name: "Managed-SimpleCORS", ID: "60669652-455b-4ae9-85a4-c4c02393f86c", CORS: &CORSHeaders{Origins: []string{"*"}}}
}

// CORSWithPreflight allows CORS requests from every origin, preflights too.
func CORSWithPreflight() *ResponseHeadersPolicy {
	return &ResponseHeadersPolicy{Name: "Managed-CORS-With-Preflight", ID: "5cc3b908-e619-4b99-88e5-2cf7f45965bd", CORS: preflight()}
}

func preflight() *CORSHeaders {
	return &CORSHeaders{
		Origins: []string{"*"}, Methods: []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}, Expose: []string{"*"},
	}
}

// SecurityHeadersPolicy adds five security headers.
func SecurityHeadersPolicy() *ResponseHeadersPolicy {
	return &ResponseHeadersPolicy{Name: "Managed-SecurityHeadersPolicy", ID: "67f7725c-6f97-4210-82d7-5512b31e9d03", Headers: []ResponseHeader{
		{Name: "Referrer-Policy", Value: "strict-origin-when-cross-origin"},
		{Name: "Strict-Transport-Security", Value: "max-age=31536000"},
		{Name: "X-Content-Type-Options", Value: "nosniff", Override: true},
		{Name: "X-Frame-Options", Value: "SAMEORIGIN"},
		{Name: "X-XSS-Protection", Value: "1; mode=block"},
	}}
}

// CORSAndSecurityHeadersPolicy is [SimpleCORS] and [SecurityHeadersPolicy] in one.
func CORSAndSecurityHeadersPolicy() *ResponseHeadersPolicy {
	return &ResponseHeadersPolicy{Name: "Managed-CORS-and-SecurityHeadersPolicy", ID: "e61eb60c-9c35-4d20-a928-2b84e02af89c",
		CORS: SimpleCORS().CORS, Headers: SecurityHeadersPolicy().Headers}
}

// CORSWithPreflightAndSecurityHeadersPolicy is [CORSWithPreflight] and [SecurityHeadersPolicy] in one.
func CORSWithPreflightAndSecurityHeadersPolicy() *ResponseHeadersPolicy {
	return &ResponseHeadersPolicy{Name: "Managed-CORS-with-preflight-and-SecurityHeadersPolicy", ID: "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
		CORS: preflight(), Headers: SecurityHeadersPolicy().Headers}
}

// ManagedResponseHeadersPolicy finds a managed response headers policy by its ID, or by its name with or without "Managed-"; nil when
// there is none.
func ManagedResponseHeadersPolicy(nameOrID string) *ResponseHeadersPolicy {
	for _, p := range []*ResponseHeadersPolicy{SimpleCORS(), CORSWithPreflight(), SecurityHeadersPolicy(), CORSAndSecurityHeadersPolicy(),
		CORSWithPreflightAndSecurityHeadersPolicy()} {
		if isNamed(nameOrID, p.Name, p.ID) {
			return p
		}
	}
	return nil
}
