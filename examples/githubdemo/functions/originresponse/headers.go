package originresponse

// A header is one that every answer gets alike.
type header struct{ name, value string }

// fixedHeaders returns the security headers beside the policy. Each name is written here only.
func fixedHeaders() [6]header {
	return [...]header{
		// A year; browsers heed it over https only. Not for subdomains: those of a domain that this is copied to are its owner's to decide on.
		{"Strict-Transport-Security", "max-age=31536000"},
		{"X-Content-Type-Options", "nosniff"},
		// The viewer-request function needs the Referer within the site; nobody else is told what was looked up.
		{"Referrer-Policy", "same-origin"},
		{"Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
	}
}
