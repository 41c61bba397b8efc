package endpoints

import (
	"encoding/json"
	"fmt"
	"strings"
)

// logs answers CloudWatch Logs, whose calls are named by a header.
func (s *Server) logs(c call) answer {
	var in map[string]any
	_, operation, found := strings.Cut(c.Header.Get("X-Amz-Target"), ".")
	if !found || json.Unmarshal(c.body, &in) != nil {
		return answer{}
	}
	action := "logs:" + operation
	name, _ := in["logGroupName"].(string)
	key := c.region + " " + name
	switch operation {
	case "CreateLogGroup":
		if s.groups[key] != nil {
			return refusal(action, 400, "ResourceAlreadyExistsException", "The specified log group already exists")
		}
		arn := fmt.Sprintf("arn:aws:logs:%s:%s:log-group:%s", c.region, account, name)
		s.groups[key] = map[string]any{"logGroupName": name, "arn": arn + ":*", "logGroupArn": arn, "logGroupClass": "STANDARD", "creationTime": 1793491200000, "tags": in["tags"]}
	case "PutRetentionPolicy":
		if s.groups[key] == nil {
			return refusal(action, 400, "ResourceNotFoundException", "no log group "+name)
		}
		s.groups[key]["retentionInDays"] = in["retentionInDays"]
	case "DescribeLogGroups":
		return jsonAnswer(action, map[string]any{"logGroups": s.groupsOf(c.region, fmt.Sprint(in["logGroupNamePrefix"]))})
	case "ListTagsForResource":
		return jsonAnswer(action, map[string]any{"tags": s.groupTags(fmt.Sprint(in["resourceArn"]))})
	case "DeleteLogGroup":
		delete(s.groups, key)
	default:
		return answer{}
	}
	return jsonAnswer(action, map[string]any{})
}

func (s *Server) groupsOf(region, prefix string) []any {
	all := []any{}
	for _, key := range sorted(s.groups) {
		if strings.HasPrefix(key, region+" "+prefix) {
			all = append(all, s.groups[key])
		}
	}
	return all
}

func (s *Server) groupTags(arn string) any {
	for _, group := range s.groups {
		if group["logGroupArn"] == arn && group["tags"] != nil {
			return group["tags"]
		}
	}
	return map[string]string{}
}
