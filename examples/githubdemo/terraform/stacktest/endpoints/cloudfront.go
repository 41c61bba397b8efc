package endpoints

import (
	"fmt"
	"regexp"
	"strings"
)

// A document is a distribution or an origin access control: its configuration as it came, in XML.
type document struct {
	id, arn, config string
	changes         int
}

var (
	cloudFrontPath     = regexp.MustCompile(`^/[0-9-]+/(distribution|origin-access-control|tagging)(?:/([^/]+))?(/config)?$`)
	distributionConfig = regexp.MustCompile(`(?s)<DistributionConfig[ >].*</DistributionConfig>`)
	controlConfig      = regexp.MustCompile(`(?s)<OriginAccessControlConfig[ >].*</OriginAccessControlConfig>`)
)

// cloudFront answers CloudFront's REST API in XML.
func (s *Server) cloudFront(c call) answer {
	path := cloudFrontPath.FindStringSubmatch(c.URL.Path)
	if path == nil {
		return answer{}
	}
	switch path[1] {
	case "tagging":
		return answer{action: "cloudfront:ListTagsForResource", body: "<Tags><Items/></Tags>"}
	case "distribution":
		return s.document(c, "Distribution", path[2], s.distributions, distributionConfig.FindString(string(c.body)))
	}
	return s.document(c, "OriginAccessControl", path[2], s.controls, controlConfig.FindString(string(c.body)))
}

// document makes, tells, changes or deletes a distribution or an origin access control.
func (s *Server) document(c call, kind, id string, all map[string]*document, config string) answer {
	verb := map[string]string{"POST": "Create", "GET": "Get", "PUT": "Update", "DELETE": "Delete"}[c.Method]
	action := "cloudfront:" + verb + kind
	if verb == "" {
		return answer{}
	}
	if why := s.wrong(config); why != "" {
		return cloudFrontError(action, 400, "InvalidArgument", why)
	}
	d := all[id]
	if verb == "Create" {
		d = &document{id: s.id("E")}
		d.arn = fmt.Sprintf("arn:aws:cloudfront::%s:%s/%s", account, strings.ToLower(kind), d.id)
		all[d.id] = d
	}
	switch {
	case d == nil:
		return cloudFrontError(action, 404, "NoSuch"+kind, "not there")
	case verb == "Delete" && strings.Contains(d.config, "<Enabled>true</Enabled>"):
		return cloudFrontError(action, 409, "DistributionNotDisabled", "disable it first")
	case verb == "Delete" && s.inUse(d):
		return cloudFrontError(action, 409, kind+"InUse", "a distribution has it")
	case verb == "Delete":
		delete(all, id)
		return answer{action: action, status: 204}
	case config != "":
		// CloudFront tells of origin groups where there are none, and the provider reckons with it.
		d.config = strings.Replace(config, "</DistributionConfig>", "<OriginGroups><Quantity>0</Quantity></OriginGroups></DistributionConfig>", 1)
		d.changes++
	}
	a := answer{action: action, header: map[string]string{"Etag": fmt.Sprintf("E%d", d.changes)}, body: d.xml(kind)}
	if verb == "Create" {
		a.status = 201
	}
	return a
}

// wrong returns what a configuration names that is not there, or "".
func (s *Server) wrong(config string) string {
	for _, arn := range associated.FindAllStringSubmatch(config, -1) {
		if f, version := s.version(arn[1]); f == nil || version < 1 || version > f.versions {
			return "no function version " + arn[1]
		}
	}
	for _, id := range originID.FindAllStringSubmatch(config, -1) {
		if s.controls[id[1]] == nil {
			return "no origin access control " + id[1]
		}
	}
	return ""
}

// inUse reports whether a distribution has an origin access control.
func (s *Server) inUse(d *document) bool {
	for _, other := range s.distributions {
		if strings.Contains(other.config, "<OriginAccessControlId>"+d.id+"</OriginAccessControlId>") {
			return true
		}
	}
	return false
}

func (d *document) xml(kind string) string {
	about := ""
	if kind == "Distribution" {
		about = fmt.Sprintf("<ARN>%s</ARN><Status>Deployed</Status><LastModifiedTime>2026-11-01T00:00:00Z</LastModifiedTime>"+
			"<InProgressInvalidationBatches>0</InProgressInvalidationBatches><DomainName>%s.cloudfront.net</DomainName>", d.arn, strings.ToLower(d.id))
	}
	return fmt.Sprintf("<%s><Id>%s</Id>%s%s</%s>", kind, d.id, about, d.config, kind)
}

func cloudFrontError(action string, status int, code, message string) answer {
	return answer{action: action, status: status, body: fmt.Sprintf("<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>", code, message)}
}
