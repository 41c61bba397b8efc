package endpoints

import (
	"fmt"
	"html"
	"net/url"
)

// A role is one of IAM, with its inline policies.
type role struct {
	name, description, trust string
	tags                     string // XML
	policies                 map[string]string
}

// iam answers the query protocol of IAM: the action and its parameters are a form, the answer is XML.
func (s *Server) iam(c call) answer {
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return answer{}
	}
	action, name := form.Get("Action"), form.Get("RoleName")
	if action == "CreateRole" {
		s.roles[name] = &role{name: name, description: form.Get("Description"), trust: form.Get("AssumeRolePolicyDocument"), policies: map[string]string{}}
		for i := 1; form.Has(fmt.Sprintf("Tags.member.%d.Key", i)); i++ {
			s.roles[name].tags += fmt.Sprintf("<member><Key>%s</Key><Value>%s</Value></member>", form.Get(fmt.Sprintf("Tags.member.%d.Key", i)), form.Get(fmt.Sprintf("Tags.member.%d.Value", i)))
		}
	}
	r := s.roles[name]
	if r == nil {
		return missing("iam:" + action)
	}
	policy := form.Get("PolicyName")
	switch action {
	case "CreateRole", "GetRole":
		return result(action, r.xml())
	case "PutRolePolicy":
		r.policies[policy] = form.Get("PolicyDocument")
		return result(action, "")
	case "GetRolePolicy":
		if r.policies[policy] == "" {
			return missing("iam:" + action)
		}
		return result(action, fmt.Sprintf("<RoleName>%s</RoleName><PolicyName>%s</PolicyName><PolicyDocument>%s</PolicyDocument>",
			name, policy, url.QueryEscape(r.policies[policy])))
	case "DeleteRolePolicy":
		delete(r.policies, policy)
		return result(action, "")
	case "ListRolePolicies":
		return result(action, "<PolicyNames>"+members(sorted(r.policies))+"</PolicyNames><IsTruncated>false</IsTruncated>")
	case "ListAttachedRolePolicies":
		return result(action, "<AttachedPolicies/><IsTruncated>false</IsTruncated>")
	case "ListInstanceProfilesForRole":
		return result(action, "<InstanceProfiles/><IsTruncated>false</IsTruncated>")
	case "UpdateRole":
		r.description = form.Get("Description")
		return result(action, "")
	case "DeleteRole":
		if len(r.policies) > 0 {
			return answer{action: "iam:DeleteRole", status: 409, body: "<ErrorResponse><Error><Code>DeleteConflict</Code></Error></ErrorResponse>"}
		}
		delete(s.roles, name)
		return result(action, "")
	}
	return answer{}
}

func (r *role) xml() string {
	return fmt.Sprintf("<Role><Path>/</Path><RoleName>%s</RoleName><RoleId>AROA%s</RoleId><Arn>arn:aws:iam::%s:role/%s</Arn>"+
		"<CreateDate>2026-11-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument><Description>%s</Description>"+
		"<MaxSessionDuration>3600</MaxSessionDuration><Tags>%s</Tags></Role>", r.name, r.name, account, r.name, url.QueryEscape(r.trust), html.EscapeString(r.description), r.tags)
}

func result(action, body string) answer {
	return answer{action: "iam:" + action, body: fmt.Sprintf(`<%sResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><%sResult>%s</%sResult></%sResponse>`, action, action, body, action, action)}
}

func missing(action string) answer {
	return answer{action: action, status: 404, body: "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>not there</Message></Error></ErrorResponse>"}
}

func members(names []string) string {
	all := ""
	for _, name := range names {
		all += "<member>" + name + "</member>"
	}
	return all
}
