package endpoints

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
)

// A function is one of Lambda's with its published versions.
type function struct {
	config   map[string]any
	tags     any
	versions int
	url      map[string]any            // of its function URL; nil: it has none
	policy   map[string]map[string]any // the statements of its resource policy, by their ids
}

var functionPath = regexp.MustCompile(`^/[0-9-]+/functions/([^/]+)(?:/(.+))?$`)

// lambda answers Lambda's REST API in JSON.
func (s *Server) lambda(c call) answer {
	var in map[string]any
	if len(c.body) > 0 && json.Unmarshal(c.body, &in) != nil {
		return answer{}
	}
	if c.Method == "POST" && strings.HasSuffix(c.URL.Path, "/functions") {
		return s.createFunction(c, in)
	}
	path := functionPath.FindStringSubmatch(c.URL.Path)
	if path == nil {
		return answer{}
	}
	path[1] = functionName(path[1])
	f := s.functions[path[1]]
	action := map[string]string{
		"GET ": "GetFunction", "GET configuration": "GetFunctionConfiguration", "GET versions": "ListVersionsByFunction",
		"GET code-signing-config": "GetFunctionCodeSigningConfig", "PUT code": "UpdateFunctionCode", "PUT configuration": "UpdateFunctionConfiguration",
		"POST versions": "PublishVersion", "DELETE ": "DeleteFunction",
		"POST url": "CreateFunctionUrlConfig", "GET url": "GetFunctionUrlConfig", "DELETE url": "DeleteFunctionUrlConfig",
		"POST policy": "AddPermission", "GET policy": "GetPolicy", "DELETE policy": "RemovePermission",
	}[c.Method+" "+strings.Split(path[2], "/")[0]]
	if action == "" {
		return answer{}
	}
	action = "lambda:" + action
	if f == nil {
		return refusal(action, 404, "ResourceNotFoundException", "no function "+path[1])
	}
	switch action {
	case "lambda:GetFunction":
		return jsonAnswer(action, map[string]any{"Configuration": f.at(c.URL.Query().Get("Qualifier")), "Code": map[string]any{"RepositoryType": "S3", "Location": "https://example.com/code"}, "Tags": f.tags})
	case "lambda:GetFunctionConfiguration":
		return jsonAnswer(action, f.at(c.URL.Query().Get("Qualifier")))
	case "lambda:ListVersionsByFunction":
		all := []any{f.at("")}
		for v := range f.versions {
			all = append(all, f.at(strconv.Itoa(v+1)))
		}
		return jsonAnswer(action, map[string]any{"Versions": all})
	case "lambda:GetFunctionCodeSigningConfig":
		return jsonAnswer(action, map[string]any{"FunctionName": path[1]})
	case "lambda:DeleteFunction":
		return s.deleteFunction(path[1])
	case "lambda:CreateFunctionUrlConfig", "lambda:GetFunctionUrlConfig", "lambda:DeleteFunctionUrlConfig":
		return f.functionURL(action, in)
	case "lambda:AddPermission", "lambda:GetPolicy", "lambda:RemovePermission":
		return f.permission(action, path[2], in)
	}
	f.update(in, action == "lambda:PublishVersion" || in["Publish"] == true)
	return jsonAnswer(action, f.at(latestOf(f, action)))
}

// functionName is the name in a path, which may be an ARN.
func functionName(name string) string {
	if parts := strings.Split(name, ":"); len(parts) >= 7 {
		return parts[6]
	}
	return name
}

func latestOf(f *function, action string) string {
	if action == "lambda:PublishVersion" {
		return strconv.Itoa(f.versions)
	}
	return ""
}

func (s *Server) createFunction(c call, in map[string]any) answer {
	const action = "lambda:CreateFunction"
	name, _ := in["FunctionName"].(string)
	if s.functions[name] != nil {
		return refusal(action, 409, "ResourceConflictException", "Function already exist: "+name)
	}
	f := &function{tags: in["Tags"], policy: map[string]map[string]any{}, config: map[string]any{
		"FunctionArn": fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", c.region, account, name), "Version": "$LATEST",
		"State": "Active", "LastUpdateStatus": "Successful", "LastModified": "2026-11-01T00:00:00.000+0000", "PackageType": "Zip",
		"TracingConfig": map[string]any{"Mode": "PassThrough"}, "EphemeralStorage": map[string]any{"Size": 512},
		"LoggingConfig": map[string]any{"LogFormat": "Text", "LogGroup": "/aws/lambda/" + name},
	}}
	s.functions[name] = f
	f.update(in, in["Publish"] == true)
	a := jsonAnswer(action, f.at(""))
	a.status = 201
	return a
}

// update takes what a call says of a function, and publishes a version of it if it is to.
func (f *function) update(in map[string]any, publish bool) {
	code, inCode := in["Code"].(map[string]any)
	if !inCode {
		code = in
	}
	if text, ok := code["ZipFile"].(string); ok {
		zip, _ := base64.StdEncoding.DecodeString(text) // what is no base64 has another digest, which the plan tells
		sum := sha256.Sum256(zip)
		f.config["CodeSha256"], f.config["CodeSize"] = base64.StdEncoding.EncodeToString(sum[:]), len(zip)
	}
	for _, name := range []string{"FunctionName", "Role", "Handler", "Runtime", "Architectures", "MemorySize", "Timeout", "Description"} {
		if v, ok := in[name]; ok {
			f.config[name] = v
		}
	}
	if publish {
		f.versions++
	}
}

// at returns the configuration of a version; "" is $LATEST.
func (f *function) at(version string) map[string]any {
	config := maps.Clone(f.config)
	if version != "" {
		config["Version"] = version
		config["FunctionArn"] = fmt.Sprint(config["FunctionArn"], ":", version)
	}
	return config
}

// version finds a function and the number of a version by the version's ARN.
func (s *Server) version(arn string) (*function, int) {
	parts := strings.Split(arn, ":")
	if len(parts) != 8 {
		return nil, 0
	}
	n, err := strconv.Atoi(parts[7])
	if err != nil {
		return nil, 0
	}
	return s.functions[parts[6]], n
}

// deleteFunction refuses while a distribution has a version of the function ("Delete Lambda@Edge functions and replicas").
func (s *Server) deleteFunction(name string) answer {
	const action = "lambda:DeleteFunction"
	for _, id := range sorted(s.documents["Distribution"]) {
		if strings.Contains(s.documents["Distribution"][id].config, ":function:"+name+":") {
			return refusal(action, 400, "InvalidParameterValueException", "Lambda was unable to delete "+name+" because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas.")
		}
	}
	delete(s.functions, name)
	return answer{action: action, status: 204}
}

func jsonAnswer(action string, v any) answer {
	data, err := json.Marshal(v)
	if err != nil {
		return answer{}
	}
	return answer{action: action, header: map[string]string{"Content-Type": "application/json"}, body: string(data)}
}

func refusal(action string, status int, code, message string) answer {
	a := jsonAnswer(action, map[string]string{"Type": "User", "__type": code, "Message": message, "message": message})
	a.status = status
	a.header["X-Amzn-Errortype"] = code
	return a
}
