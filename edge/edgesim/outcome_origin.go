package edgesim

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// readOrigin reads and checks request.origin of an origin-request answer; nil when it is absent or broken.
func (o *outcome) readOrigin(members object, headers http.Header) *originSettings {
	raw, ok := members["origin"]
	if !ok {
		return nil
	}
	kinds, err := parseObject(raw)
	if err != nil || len(kinds) != 1 || !kinds.has(kindCustom) && !kinds.has(kindS3) {
		o.findings.refuse(pageOrigin, "origin", raw, "must have exactly one of custom and s3", "")
		return nil
	}
	kind := kindCustom
	if kinds.has(kindS3) {
		kind = kindS3
	}
	m, err := parseObject(kinds[kind])
	if err != nil {
		o.findings.refuse(pageOrigin, "origin."+kind, kinds[kind], "not an object", "")
		return nil
	}
	s := &originSettings{
		kind: kind, domainName: o.originText(m, kind, "domainName"), path: o.originText(m, kind, "path"),
		readTimeout: o.originSeconds(m, kind, "readTimeout"), completionTimeout: o.originSeconds(m, kind, "responseCompletionTimeout"),
		customHeaders: o.readHeaderMap("origin."+kind+".customHeaders", m, "customHeaders"),
	}
	if kind == kindS3 {
		s.authMethod, s.region = o.originText(m, kind, "authMethod"), o.originText(m, kind, "region")
	} else {
		s.protocol, s.port = o.originText(m, kind, "protocol"), o.originNumber(m, kind, "port")
		s.keepalive = o.originSeconds(m, kind, "keepaliveTimeout")
		for _, item := range parseList(m["sslProtocols"]) {
			name, _ := parseString(item)
			s.protocols = append(s.protocols, name)
		}
	}
	o.checkOrigin(s, headers)
	return s
}

func (o *outcome) originText(m object, kind, name string) string {
	text, ok := parseString(m[name])
	if m.has(name) && !ok {
		o.findings.refuse(pageOrigin, "origin."+kind+"."+name, m[name], "not a string", "")
	}
	return text
}

func (o *outcome) originNumber(m object, kind, name string) int {
	n, err := strconv.Atoi(m[name])
	if m.has(name) && err != nil {
		o.findings.refuse(pageOrigin, "origin."+kind+"."+name, m[name], "not a whole number", "")
	}
	return n
}

func (o *outcome) originSeconds(m object, kind, name string) time.Duration {
	return time.Duration(o.originNumber(m, kind, name)) * time.Second
}

// checkOrigin holds the rules of each member.
func (o *outcome) checkOrigin(s *originSettings, headers http.Header) {
	refuse := func(member, got, reason, cure string) {
		o.findings.refuse(pageOrigin, "origin."+s.kind+"."+member, got, reason, cure)
	}
	longest := map[string]int{kindCustom: 253, kindS3: 128}[s.kind]
	switch {
	case s.domainName == "":
		refuse("domainName", "", "missing", "")
	case len(s.domainName) > longest:
		refuse("domainName", s.domainName, fmt.Sprintf("longer than %d characters", longest), "")
	case strings.ContainsAny(s.domainName, ":/ @") || net.ParseIP(s.domainName) != nil:
		refuse("domainName", s.domainName, "not a DNS name", "give a name without scheme and port, and no address")
	case s.kind == kindS3 && s.domainName != lowerASCII(s.domainName):
		refuse("domainName", s.domainName, "a bucket's name is in lower case", "")
	}
	if s.path != "" && (!strings.HasPrefix(s.path, "/") || strings.HasSuffix(s.path, "/")) {
		refuse("path", s.path, "must be empty, or begin with a slash and not end with one", `"" for the root`)
	}
	if s.kind == kindCustom && len(s.path) > 255 {
		refuse("path", s.path, "longer than 255 characters", "")
	}
	if s.kind == kindCustom {
		o.checkCustomOrigin(s, refuse)
	} else if s.authMethod != "none" && s.authMethod != "origin-access-identity" {
		o.findings.warn("origin.s3.authMethod", s.authMethod, `neither "none" nor "origin-access-identity"`, "")
	}
	for name := range s.customHeaders {
		if refusedCustomHeader(name) {
			refuse("customHeaders["+lowerASCII(name)+"]", "", "not allowed as an origin's custom header", "")
		} else if len(headers[name]) > 0 {
			refuse("customHeaders["+lowerASCII(name)+"]", "", "is in request.headers as well", "keep one of the two")
		}
	}
}

func (o *outcome) checkCustomOrigin(s *originSettings, refuse func(member, got, reason, cure string)) {
	if s.protocol != "http" && s.protocol != "https" {
		refuse("protocol", s.protocol, "neither http nor https", "")
	}
	if s.port != 80 && s.port != 443 && (s.port < 1024 || s.port > 65535) {
		refuse("port", fmt.Sprint(s.port), "not 80, 443 or 1024 to 65535", "")
	}
	if s.readTimeout < time.Second || s.readTimeout > 120*time.Second {
		o.findings.warn("origin.custom.readTimeout", s.readTimeout.String(), "outside 1 to 120 seconds", "")
	}
	if s.keepalive < time.Second || s.keepalive > 120*time.Second {
		o.findings.warn("origin.custom.keepaliveTimeout", s.keepalive.String(), "outside 1 to 120 seconds (300 on AWS's newest quota page)", "")
	}
	for _, name := range s.protocols {
		switch name {
		case "TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3":
		default:
			refuse("sslProtocols", name, "not TLSv1.2, TLSv1.1, TLSv1 or SSLv3", "")
		}
	}
}
