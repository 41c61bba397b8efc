package edgesim

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// originMembers is the union of the members of origin.custom and origin.s3.
type originMembers struct {
	AuthMethod                *string         `json:"authMethod"`
	CustomHeaders             json.RawMessage `json:"customHeaders"`
	DomainName                *string         `json:"domainName"`
	KeepaliveTimeout          *int            `json:"keepaliveTimeout"`
	Path                      *string         `json:"path"`
	Port                      *int            `json:"port"`
	Protocol                  *string         `json:"protocol"`
	ReadTimeout               *int            `json:"readTimeout"`
	Region                    *string         `json:"region"`
	ResponseCompletionTimeout *int            `json:"responseCompletionTimeout"`
	SSLProtocols              []string        `json:"sslProtocols"`
}

// readOrigin reads and checks request.origin of an origin-request answer; nil when it is absent or broken.
func (o *outcome) readOrigin(members object, headers http.Header) *originSettings {
	raw, ok := members["origin"]
	if !ok {
		return nil
	}
	var kinds object
	if json.Unmarshal(raw, &kinds) != nil || len(kinds) != 1 || kinds[kindCustom] == nil && kinds[kindS3] == nil {
		o.findings.refuse(pageOrigin, "origin", string(raw), "must have exactly one of custom and s3", "")
		return nil
	}
	kind := kindCustom
	if kinds[kindS3] != nil {
		kind = kindS3
	}
	var m originMembers
	if err := json.Unmarshal(kinds[kind], &m); err != nil || string(kinds[kind]) == "null" {
		o.findings.refuse(pageOrigin, "origin."+kind, string(kinds[kind]), "a member has the wrong type", "")
		return nil
	}
	s := &originSettings{
		kind: kind, domainName: value(m.DomainName), path: value(m.Path), authMethod: value(m.AuthMethod), region: value(m.Region),
		protocol: value(m.Protocol), port: value(m.Port), keepalive: seconds(m.KeepaliveTimeout), readTimeout: seconds(m.ReadTimeout),
		completionTimeout: seconds(m.ResponseCompletionTimeout), protocols: m.SSLProtocols,
		customHeaders: o.readHeaderMap("origin."+kind+".customHeaders", m.CustomHeaders),
	}
	o.checkOrigin(s, headers)
	return s
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func seconds(p *int) time.Duration { return time.Duration(value(p)) * time.Second }

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
		if refusedCustomHeader(lowerASCII(name)) {
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
