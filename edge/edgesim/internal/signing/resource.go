package signing

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// sections are the parts of a URL that wildcards do not reach across: "the URL in the policy is divided into four
// sections: protocol, domain, path, and query string" (private-content-creating-signed-url-custom-policy.html,
// "Wildcard characters").
type sections struct{ protocol, domain, path, query string }

// split divides a policy's Resource, and puts in what it implies.
func split(resource string) sections {
	protocol, rest, found := strings.Cut(resource, "://")
	if !found { // it "can omit the protocol section and start with an asterisk in the domain section"
		protocol, rest = "*", resource
	}
	rest, query, hasQuery := strings.Cut(rest, `\?`)
	s := sections{protocol: protocol, domain: rest, query: query}
	if slash := strings.IndexByte(rest, '/'); slash >= 0 {
		s.domain, s.path = rest[:slash], rest[slash:]
	} else if strings.HasSuffix(rest, "*") {
		s.path = "/*" // "a trailing asterisk in the domain section implies an asterisk in both the path and query string sections"
	} else {
		s.path = "/"
	}
	if !hasQuery && strings.HasSuffix(s.path, "*") {
		s.query = "*" // "a trailing asterisk in the path section implies an asterisk in the query string section"
	}
	return s
}

// covers reports whether a policy's Resource stands for the URL whose sections are u.
//
// A query string begins with `\?` on the page about URLs, and with "?" on the one about cookies
// (private-content-setting-signed-cookie-custom-policy.html) and in what AWS's libraries write: both count here, unless
// escaped is set.
func covers(resource string, u sections, escaped bool) bool {
	if resource == "" || resource == "*" || split(resource).match(u) {
		return true
	}
	if escaped || strings.Contains(resource, `\?`) {
		return false
	}
	before, query, found := strings.Cut(resource, "?")
	return found && split(before+`\?`+query).match(u)
}

func (s sections) match(u sections) bool {
	return message.Wildcard(s.protocol, u.protocol) && message.Wildcard(strings.ToLower(s.domain), strings.ToLower(u.domain)) &&
		message.Wildcard(s.path, u.path) && message.Wildcard(s.query, u.query)
}
