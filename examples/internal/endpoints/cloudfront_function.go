package endpoints

import (
	"encoding/base64"
	"fmt"
	"html"
	"regexp"
	"strings"
)

// An edgeFunction is a CloudFront Function: its configuration as it came, in XML, its code, and whether it is published.
type edgeFunction struct {
	config, code string
	live         bool
	changes      int
}

var (
	nameElement = regexp.MustCompile(`<Name>([^<]+)</Name>`)
	codeElement = regexp.MustCompile(`<FunctionCode>([^<]+)</FunctionCode>`)
)

// edgeFunction makes, publishes, describes, tells the code of or deletes a CloudFront Function.
func (s *Server) edgeFunction(c call, name, verb string) answer {
	if c.Method == "POST" && name == "" {
		return s.createEdgeFunction(string(c.body))
	}
	f := s.edgeFunctions[name]
	action := map[string]string{
		"POST publish": "PublishFunction", "GET describe": "DescribeFunction", "GET ": "GetFunction", "DELETE ": "DeleteFunction",
	}[c.Method+" "+verb]
	live := c.URL.Query().Get("Stage") == "LIVE"
	switch action = "cloudfront:" + action; {
	case action == "cloudfront:":
		return answer{}
	case f == nil || live && !f.live:
		return cloudFrontError(action, 404, "NoSuchFunctionExists", "not there")
	case action == "cloudfront:DeleteFunction":
		for _, d := range s.documents["Distribution"] {
			if strings.Contains(d.config, ":function/"+name+"<") {
				return cloudFrontError(action, 409, "FunctionInUse", "a distribution has it")
			}
		}
		delete(s.edgeFunctions, name)
		return answer{action: action, status: 204}
	case action == "cloudfront:PublishFunction":
		f.live = true
	case action == "cloudfront:GetFunction":
		return answer{action: action, header: f.etag(), body: f.code}
	}
	return answer{action: action, header: f.etag(), body: f.summary(name, live || action == "cloudfront:PublishFunction")}
}

func (s *Server) createEdgeFunction(body string) answer {
	name, code := nameElement.FindStringSubmatch(body), codeElement.FindStringSubmatch(body)
	if name == nil || code == nil {
		return answer{}
	}
	source, err := base64.StdEncoding.DecodeString(html.UnescapeString(code[1]))
	if err != nil {
		return answer{}
	}
	f := &edgeFunction{config: element("FunctionConfig", body), code: string(source)}
	s.edgeFunctions[name[1]] = f
	return answer{action: "cloudfront:CreateFunction", status: 201, header: f.etag(), body: f.summary(name[1], false)}
}

func (f *edgeFunction) etag() map[string]string {
	return map[string]string{"Etag": fmt.Sprintf("E%d", f.changes)}
}

func (f *edgeFunction) summary(name string, live bool) string {
	stage := map[bool]string{true: "LIVE", false: "DEVELOPMENT"}[live]
	return fmt.Sprintf("<FunctionSummary><Name>%s</Name><Status>UNASSOCIATED</Status>%s<FunctionMetadata><FunctionARN>arn:aws:cloudfront::%s:function/%s</FunctionARN>"+
		"<Stage>%s</Stage><CreatedTime>2026-11-01T00:00:00Z</CreatedTime><LastModifiedTime>2026-11-01T00:00:00Z</LastModifiedTime></FunctionMetadata></FunctionSummary>",
		name, f.config, account, name, stage)
}
