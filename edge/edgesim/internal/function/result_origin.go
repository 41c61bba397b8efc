package function

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// readOrigin reads and checks request.origin of an origin-request answer; nil when it is absent or broken.
func (o *Outcome) readOrigin(members object, headers http.Header) *message.Origin {
	raw, ok := members["origin"]
	if !ok {
		return nil
	}
	kinds, err := parseObject(raw)
	if err != nil || len(kinds) != 1 || !kinds.has(message.Custom) && !kinds.has(message.S3) {
		o.Findings.refuse(page.InvalidOrigin, "origin", raw, "must have exactly one of custom and s3", "")
		return nil
	}
	kind := message.Custom
	if kinds.has(message.S3) {
		kind = message.S3
	}
	m, err := parseObject(kinds[kind])
	if err != nil {
		o.Findings.refuse(page.InvalidOrigin, "origin."+kind, kinds[kind], "not an object", "")
		return nil
	}
	s := &message.Origin{
		Kind: kind, DomainName: o.originText(m, kind, "domainName"), Path: o.originText(m, kind, "path"),
		ReadTimeout: o.originSeconds(m, kind, "readTimeout"), CompletionTimeout: o.originSeconds(m, kind, "responseCompletionTimeout"),
		CustomHeaders: o.readHeaderMap("origin."+kind+".customHeaders", m, "customHeaders"),
	}
	if kind == message.S3 {
		s.AuthMethod, s.Region = o.originText(m, kind, "authMethod"), o.originText(m, kind, "region")
	} else {
		s.Protocol, s.Port = o.originText(m, kind, "protocol"), o.originNumber(m, kind, "port")
		s.Keepalive = o.originSeconds(m, kind, "keepaliveTimeout")
		for _, item := range parseList(m["sslProtocols"]) {
			name, _ := parseString(item)
			s.SSLProtocols = append(s.SSLProtocols, name)
		}
	}
	o.checkOrigin(s, headers)
	return s
}

func (o *Outcome) originText(m object, kind, name string) string {
	text, ok := parseString(m[name])
	if m.has(name) && !ok {
		o.Findings.refuse(page.InvalidOrigin, "origin."+kind+"."+name, m[name], "not a string", "")
	}
	return text
}

func (o *Outcome) originNumber(m object, kind, name string) int {
	n, err := strconv.Atoi(m[name])
	if m.has(name) && err != nil {
		o.Findings.refuse(page.InvalidOrigin, "origin."+kind+"."+name, m[name], "not a whole number", "")
	}
	return n
}

func (o *Outcome) originSeconds(m object, kind, name string) time.Duration {
	return time.Duration(o.originNumber(m, kind, name)) * time.Second
}

// checkOrigin holds the rules of each member.
func (o *Outcome) checkOrigin(s *message.Origin, headers http.Header) {
	refuse := func(member, got, reason, cure string) {
		o.Findings.refuse(page.InvalidOrigin, "origin."+s.Kind+"."+member, got, reason, cure)
	}
	longest := map[string]int{message.Custom: 253, message.S3: 128}[s.Kind]
	switch {
	case s.DomainName == "":
		refuse("domainName", "", "missing", "")
	case len(s.DomainName) > longest:
		refuse("domainName", s.DomainName, fmt.Sprintf("longer than %d characters", longest), "")
	case strings.ContainsAny(s.DomainName, ":/ @") || net.ParseIP(s.DomainName) != nil:
		refuse("domainName", s.DomainName, "not a DNS name", "give a name without scheme and port, and no address")
	case s.Kind == message.S3 && s.DomainName != message.LowerASCII(s.DomainName):
		refuse("domainName", s.DomainName, "a bucket's name is in lower case", "")
	}
	if s.Path != "" && (!strings.HasPrefix(s.Path, "/") || strings.HasSuffix(s.Path, "/")) {
		refuse("path", s.Path, "must be empty, or begin with a slash and not end with one", `"" for the root`)
	}
	if s.Kind == message.Custom && len(s.Path) > 255 {
		refuse("path", s.Path, "longer than 255 characters", "")
	}
	if s.Kind == message.Custom {
		o.checkCustomOrigin(s, refuse)
	} else if s.AuthMethod != "none" && s.AuthMethod != "origin-access-identity" {
		o.Findings.warn("origin.s3.authMethod", s.AuthMethod, `neither "none" nor "origin-access-identity"`, "")
	}
	for name := range s.CustomHeaders {
		if refusedCustomHeader(name) {
			refuse("customHeaders["+message.LowerASCII(name)+"]", "", "not allowed as an origin's custom header", "")
		} else if len(headers[name]) > 0 {
			refuse("customHeaders["+message.LowerASCII(name)+"]", "", "is in request.headers as well", "keep one of the two")
		}
	}
}

func (o *Outcome) checkCustomOrigin(s *message.Origin, refuse func(member, got, reason, cure string)) {
	if s.Protocol != "http" && s.Protocol != "https" {
		refuse("protocol", s.Protocol, "neither http nor https", "")
	}
	if s.Port != 80 && s.Port != 443 && (s.Port < 1024 || s.Port > 65535) {
		refuse("port", fmt.Sprint(s.Port), "not 80, 443 or 1024 to 65535", "")
	}
	if s.ReadTimeout < time.Second || s.ReadTimeout > 120*time.Second {
		o.Findings.warn("origin.custom.readTimeout", s.ReadTimeout.String(), "outside 1 to 120 seconds", "")
	}
	if s.Keepalive < time.Second || s.Keepalive > 120*time.Second {
		o.Findings.warn("origin.custom.keepaliveTimeout", s.Keepalive.String(), "outside 1 to 120 seconds (300 on AWS's newest quota page)", "")
	}
	for _, name := range s.SSLProtocols {
		switch name {
		case "TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3":
		default:
			refuse("sslProtocols", name, "not TLSv1.2, TLSv1.1, TLSv1 or SSLv3", "")
		}
	}
}
