package endpoints

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// functionURL makes, tells or deletes a function's URL.
func (f *function) functionURL(action string, in map[string]any) answer {
	switch {
	case action == "lambda:CreateFunctionUrlConfig":
		f.url = map[string]any{
			"FunctionUrl": "https://origin.lambda-url.us-east-1.on.aws/", "FunctionArn": f.config["FunctionArn"], "AuthType": in["AuthType"], "InvokeMode": in["InvokeMode"],
			"CreationTime": "2026-11-01T00:00:00.000+0000", "LastModifiedTime": "2026-11-01T00:00:00.000+0000",
		}
		a := jsonAnswer(action, f.url)
		a.status = 201
		return a
	case f.url == nil:
		return refusal(action, 404, "ResourceNotFoundException", "The resource you requested does not exist.")
	case action == "lambda:DeleteFunctionUrlConfig":
		f.url = nil
		return answer{action: action, status: 204}
	}
	return jsonAnswer(action, f.url)
}

// permission adds a statement to a function's resource policy, tells the policy, or removes a statement.
func (f *function) permission(action, path string, in map[string]any) answer {
	switch _, id, _ := strings.Cut(path, "/"); {
	case action == "lambda:AddPermission":
		id, _ := in["StatementId"].(string)
		f.policy[id] = f.statement(id, in)
		text, _ := json.Marshal(f.policy[id]) // of texts
		a := jsonAnswer(action, map[string]any{"Statement": string(text)})
		a.status = 201
		return a
	case len(f.policy) == 0 || id != "" && f.policy[id] == nil:
		return refusal(action, 404, "ResourceNotFoundException", "The resource you requested does not exist.")
	case action == "lambda:RemovePermission":
		delete(f.policy, id)
		return answer{action: action, status: 204}
	}
	statements := slices.Collect(maps.Values(f.policy))
	text, _ := json.Marshal(map[string]any{"Version": "2012-10-17", "Id": "default", "Statement": statements}) // of texts
	return jsonAnswer(action, map[string]any{"Policy": string(text), "RevisionId": "1"})
}

// statement is what a permission becomes in the policy.
func (f *function) statement(id string, in map[string]any) map[string]any {
	condition := map[string]any{"ArnLike": map[string]any{"AWS:SourceArn": in["SourceArn"]}}
	if in["InvokedViaFunctionUrl"] == true {
		condition["Bool"] = map[string]any{"lambda:InvokedViaFunctionUrl": "true"}
	}
	return map[string]any{
		"Sid": id, "Effect": "Allow", "Principal": map[string]any{"Service": in["Principal"]}, "Action": in["Action"],
		"Resource": f.config["FunctionArn"], "Condition": condition,
	}
}
