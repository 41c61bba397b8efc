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
func (o *Outcome) readOrigin(e *Event, members object, headers http.Header) *message.Origin {
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
		s.SSLProtocols = o.originTexts(m, kind, "sslProtocols")
	}
	was := &message.Origin{}
	if e.Origin != nil && e.Origin.Kind == kind {
		was = e.Origin
	}
	o.checkOrigin(s, was)
	o.checkCustomHeaders(s, was, headers)
	return s
}

func (o *Outcome) originText(m object, kind, name string) string {
	text, ok := parseString(m[name])
	if m.has(name) && !ok {
		o.Findings.refuse(page.InvalidOrigin, "origin."+kind+"."+name, m[name], "not a string", "")
	}
	return text
}

func (o *Outcome) originTexts(m object, kind, name string) (texts []string) {
	list := parseList(m[name])
	if m.has(name) && list == nil {
		o.Findings.refuse(page.InvalidOrigin, "origin."+kind+"."+name, m[name], "not a list of strings", `for instance ["TLSv1.2"]`)
	}
	for i, item := range list {
		text, ok := parseString(item)
		if !ok {
			o.Findings.refuse(page.InvalidOrigin, fmt.Sprintf("origin.%s.%s[%d]", kind, name, i), item, "not a string", "")
		}
		texts = append(texts, text)
	}
	return texts
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

// checkOrigin holds the rules of each member that is not as it was.
func (o *Outcome) checkOrigin(s, was *message.Origin) {
	refuse := func(member, got, reason, cure string) {
		o.Findings.refuse(page.InvalidOrigin, "origin."+s.Kind+"."+member, got, reason, cure)
	}
	longest := map[string]int{message.Custom: 253, message.S3: 128}[s.Kind]
	switch {
	case s.DomainName == "":
		refuse("domainName", "", "missing", "")
	case s.DomainName == was.DomainName:
	case len(s.DomainName) > longest:
		refuse("domainName", s.DomainName, fmt.Sprintf("longer than %d characters", longest), "")
	case strings.ContainsAny(s.DomainName, ":/ @") || net.ParseIP(s.DomainName) != nil:
		refuse("domainName", s.DomainName, "not a DNS name", "give a name without scheme and port, and no address")
	case s.Kind == message.S3 && s.DomainName != message.LowerASCII(s.DomainName):
		refuse("domainName", s.DomainName, "a bucket's name is in lower case", "")
	}
	if s.Path != "" && s.Path != was.Path && (!strings.HasPrefix(s.Path, "/") || strings.HasSuffix(s.Path, "/")) {
		refuse("path", s.Path, "must be empty, or begin with a slash and not end with one", `"" for the root`)
	}
	if s.Kind == message.S3 {
		return
	}
	if s.Path != was.Path && len(s.Path) > 255 {
		refuse("path", s.Path, "longer than 255 characters", "")
	}
	if s.Protocol != was.Protocol && s.Protocol != "http" && s.Protocol != "https" {
		refuse("protocol", s.Protocol, "neither http nor https", "")
	}
	if s.Port != was.Port && s.Port != 80 && s.Port != 443 && (s.Port < 1024 || s.Port > 65535) {
		refuse("port", fmt.Sprint(s.Port), "not 80, 443 or 1024 to 65535", "")
	}
}

// checkCustomHeaders holds the rules for the custom headers that are not as they were.
func (o *Outcome) checkCustomHeaders(s, was *message.Origin, headers http.Header) {
	for name := range s.CustomHeaders {
		field := "origin." + s.Kind + ".customHeaders[" + message.LowerASCII(name) + "]"
		switch {
		case refusedCustomHeader(name) && len(was.CustomHeaders[name]) == 0:
			o.Findings.refuse(page.InvalidOriginHeaders, field, "", "not allowed as an origin's custom header", "")
		case len(headers[name]) > 0:
			o.Findings.refuse(page.InvalidOriginHeaders, field, "", "is in request.headers as well", "keep one of the two")
		}
	}
}
