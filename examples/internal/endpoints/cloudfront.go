package endpoints

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
)

// A document is a distribution or what distributions name: its configuration as it came, in XML.
type document struct {
	id, arn, config, tags string
	changes               int
}

// kinds are those of documents, by their names in paths. The configuration of each is the element of that name with Config.
var kinds = map[string]string{
	"distribution": "Distribution", "origin-access-control": "OriginAccessControl", "cache-policy": "CachePolicy",
	"origin-request-policy": "OriginRequestPolicy", "public-key": "PublicKey", "key-group": "KeyGroup",
}

var cloudFrontPath = regexp.MustCompile(`^/[0-9-]+/([a-z-]+)(?:/([^/]+))?(?:/(config|publish|describe))?$`)

// element finds the first element of a name, with its tags.
func element(name, xml string) string {
	return regexp.MustCompile(`(?s)<` + name + `[ >].*?</` + name + `>`).FindString(xml)
}

// cloudFront answers CloudFront's REST API in XML.
func (s *Server) cloudFront(c call) answer {
	path := cloudFrontPath.FindStringSubmatch(c.URL.Path)
	if path == nil {
		return answer{}
	}
	switch kind := kinds[path[1]]; {
	case kind != "":
		return s.document(c, kind, path[2])
	case path[1] == "tagging":
		return answer{action: "cloudfront:ListTagsForResource", body: s.tags(c.URL.Query().Get("Resource"))}
	case path[1] == "function":
		return s.edgeFunction(c, path[2], path[3])
	}
	return answer{}
}

// tags are those with which a distribution was made.
func (s *Server) tags(arn string) string {
	for _, d := range s.documents["Distribution"] {
		if d.arn == arn && d.tags != "" {
			return d.tags
		}
	}
	return "<Tags><Items/></Tags>"
}

// document makes, tells, changes or deletes a document.
func (s *Server) document(c call, kind, id string) answer {
	all, config := s.documents[kind], element(kind+"Config", string(c.body))
	verb := map[string]string{"POST": "Create", "GET": "Get", "PUT": "Update", "DELETE": "Delete"}[c.Method]
	action := "cloudfront:" + verb + kind
	if verb == "" {
		return answer{}
	}
	if refused, ok := s.refused[action]; ok {
		return refused
	}
	if why := s.wrong(config); why != "" {
		return cloudFrontError(action, 400, "InvalidArgument", why)
	}
	d := all[id]
	if verb == "Create" {
		d = &document{id: s.id(map[bool]string{true: "K", false: "E"}[kind == "PublicKey"]), tags: element("Tags", string(c.body))}
		d.arn = fmt.Sprintf("arn:aws:cloudfront::%s:%s/%s", account, strings.ToLower(kind), d.id)
		all[d.id] = d
	}
	switch {
	case d == nil:
		return cloudFrontError(action, 404, "NoSuch"+kind, "not there")
	case verb == "Delete" && d.enabled():
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
	if verb != "Get" && kind == "Distribution" {
		// The provider reads no more of them, and now and then it did not get to the end of an answer of 30 KB (6.47.1).
		a.body = strings.Replace(a.body, d.config, "", 1)
	}
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
		if s.documents["OriginAccessControl"][id[1]] == nil {
			return "no origin access control " + id[1]
		}
	}
	return ""
}

// enabled reports whether a distribution is: its own member says so, and those below it say so of signers.
func (d *document) enabled() bool {
	var config struct{ Enabled bool }
	return xml.Unmarshal([]byte(d.config), &config) == nil && config.Enabled
}

// inUse reports whether another document names one.
func (s *Server) inUse(d *document) bool {
	for _, all := range s.documents {
		for _, other := range all {
			if strings.Contains(other.config, ">"+d.id+"<") {
				return true
			}
		}
	}
	return false
}

func (d *document) xml(kind string) string {
	about := "<LastModifiedTime>2026-11-01T00:00:00Z</LastModifiedTime>"
	switch kind {
	case "Distribution":
		about = fmt.Sprintf("<ARN>%s</ARN><Status>Deployed</Status><LastModifiedTime>2026-11-01T00:00:00Z</LastModifiedTime>"+
			"<InProgressInvalidationBatches>0</InProgressInvalidationBatches><DomainName>%s.cloudfront.net</DomainName>", d.arn, strings.ToLower(d.id))
	case "PublicKey":
		about = "<CreatedTime>2026-11-01T00:00:00Z</CreatedTime>"
	}
	return fmt.Sprintf("<%s><Id>%s</Id>%s%s</%s>", kind, d.id, about, d.config, kind)
}

func cloudFrontError(action string, status int, code, message string) answer {
	return answer{action: action, status: status, body: fmt.Sprintf("<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>", code, message)}
}
