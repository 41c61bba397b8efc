package console

import (
	"net"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// policy is what the console's page may do: its own scripts and styles, its own calls, and no string becomes markup or code.
func policy() csp.Policy {
	return csp.Must(csp.New(
		csp.DefaultSrc(csp.None),
		csp.ScriptSrc(csp.Self),
		csp.StyleSrc(csp.Self),
		csp.ImgSrc(csp.Self),
		csp.ConnectSrc(csp.Self),
		csp.BaseURI(csp.None),
		csp.FormAction(csp.None),
		csp.FrameAncestors(csp.None),
		csp.RequireTrustedTypesForScript(),
		csp.TrustedTypes(csp.None),
	))
}

// guard lets requests through that this machine's own browser makes from the console's own page.
func guard(next http.Handler) http.Handler {
	policy := policy().String()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set(csp.HeaderName, policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if reason := refusal(r); reason != "" {
			fail(w, http.StatusForbidden, "console: "+reason)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refusal says why a request is not served, "" if it is.
func refusal(r *http.Request) string {
	// A name that an attacker's DNS points at this machine stands in Host as the attacker's page has it.
	if !loopbackHost(r.Host) {
		return "Host is not localhost or a loopback address"
	}
	own := "http://" + r.Host
	origin := r.Header.Get("Origin")
	site := r.Header.Get("Sec-Fetch-Site")
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case len(r.Header["Origin"]) > 0 && !strings.EqualFold(origin, own):
		return "Origin is another site"
	case !reads && origin == "":
		return "no Origin: calls that change something come from the console's own page" // Fetch, "HTTP-network-or-cache fetch": every browser's POST has one
	case site == "" || site == "same-origin" || site == "none":
		return ""
	}
	// Other ports of this machine are other sites as well. Their pages may link to the console, and no more (Fetch Metadata).
	if reads && r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document" {
		return ""
	}
	return "the request comes from a page of another site"
}

// loopbackHost reports whether a Host header names this machine.
func loopbackHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}
