package template

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// isServerless reports whether a file is one of the Serverless Framework.
func isServerless(root map[string]any) bool {
	return root["Resources"] == nil && object(root["provider"]) != nil && (root["functions"] != nil || root["resources"] != nil)
}

// A serverless is a serverless.yml on its way to the template that the Serverless Framework makes of it.
type serverless struct {
	*document
	provider  map[string]any
	template  map[string]any
	resources map[string]any
	asked     map[string]bool // variables that are being resolved
	files     map[string]any  // that variables name, by path

	substitutions int
}

// fromServerless makes a template of a serverless.yml: its own resources, its functions, and the associations of
// lambdaAtEdge (the plugins for Lambda@Edge) or of events with cloudFront (docs/providers/aws/events/cloudfront.md of the framework).
func fromServerless(d *document, given map[string]string) {
	s := &serverless{document: d, asked: map[string]bool{}, files: map[string]any{}, template: map[string]any{}, resources: map[string]any{}}
	d.root = object(s.variables("", d.root, given, 0))
	s.provider = object(d.root["provider"])
	parts := list(d.root["resources"])
	if parts == nil {
		parts = []any{d.root["resources"]}
	}
	for _, part := range parts {
		for section, v := range object(part) {
			merged := object(s.template[section])
			if merged == nil {
				merged = map[string]any{}
			}
			maps.Copy(merged, object(v))
			s.template[section] = merged
		}
	}
	if own := object(s.template["Resources"]); own != nil {
		s.resources = own
	}
	s.template["Resources"] = s.resources
	for path, line := range maps.Clone(d.lines) {
		if inside, is := strings.CutPrefix(path, "resources."); is {
			d.lines[inside] = line
		}
	}
	functions := object(d.root["functions"])
	for _, name := range slices.Sorted(maps.Keys(functions)) {
		s.function(name, object(functions[name]))
	}
	d.root = s.template
}

// function adds a function with a version of it, and its associations.
func (s *serverless) function(name string, f map[string]any) {
	id := logicalID(name) + "LambdaFunction"
	s.lines["Resources."+id] = s.line("functions." + name)
	service, ok := text(s.root["service"])
	if !ok {
		service, _ = text(object(s.root["service"])["name"])
	}
	properties := map[string]any{"FunctionName": service + "-" + s.stage() + "-" + name, "Code": "."}
	if own, ok := text(f["name"]); ok {
		properties["FunctionName"] = own
	}
	if artifact, ok := text(object(f["package"])["artifact"]); ok {
		properties["Code"] = artifact
	}
	for _, setting := range []string{"handler", "runtime", "memorySize", "timeout", "layers"} {
		v := f[setting]
		if v == nil {
			v = s.provider[setting]
		}
		if v != nil {
			properties[strings.ToUpper(setting[:1])+setting[1:]] = v
		}
	}
	if environment := object(f["environment"]); environment != nil {
		properties["Environment"] = map[string]any{"Variables": environment}
	}
	s.resources[id] = map[string]any{"Type": "AWS::Lambda::Function", "Properties": properties}
	version := map[string]any{"Ref": id + "Version"}
	s.resources[id+"Version"] = map[string]any{"Type": "AWS::Lambda::Version", "Properties": map[string]any{"FunctionName": map[string]any{"Ref": id}}}
	for _, e := range oneOrMore(f["lambdaAtEdge"]) {
		s.associate("functions."+name+".lambdaAtEdge", object(e), version)
	}
	for i, e := range list(f["events"]) {
		if event := object(object(e)["cloudFront"]); event != nil {
			s.event(entry("functions."+name+".events", i), event, version)
		}
		s.api(object(e))
	}
	if f["url"] != nil && f["url"] != false {
		s.generated(id+"Url", "AWS::Lambda::Url", map[string]any{"TargetFunctionArn": map[string]any{"Ref": id}})
	}
}

// api adds the API that the framework makes of events, under the logical id that the file's own resources refer to it by
// (docs/providers/aws/guide/resources.md of the framework, "AWS CloudFormation Resource Reference").
func (s *serverless) api(event map[string]any) {
	for name := range event {
		switch name {
		case "http":
			s.generated("ApiGatewayRestApi", "AWS::ApiGateway::RestApi", nil)
		case "httpApi":
			s.generated("HttpApi", "AWS::ApiGatewayV2::Api", nil)
		}
	}
}

// generated adds a resource that the file itself does not have.
func (s *serverless) generated(id, kind string, properties map[string]any) {
	if s.resources[id] == nil {
		s.resources[id] = map[string]any{"Type": kind, "Properties": properties}
	}
}

// associate puts an association of the plugins into the distribution that it names.
func (s *serverless) associate(path string, a, version map[string]any) {
	distribution, _ := text(a["distribution"])
	properties := object(object(s.resources[distribution])["Properties"])
	config := object(properties["DistributionConfig"])
	if config == nil {
		s.note(path, "distribution %q: no AWS::CloudFront::Distribution with a DistributionConfig has this logical id", distribution)
		return
	}
	behaviors := []any{config["DefaultCacheBehavior"]}
	if pattern, ok := text(a["pathPattern"]); ok {
		behaviors = slices.DeleteFunc(slices.Clone(list(config["CacheBehaviors"])), func(b any) bool { return object(b)["PathPattern"] != pattern })
	}
	if len(behaviors) == 0 || object(behaviors[0]) == nil {
		behaviors = []any{s.behavior(path, config, a["pathPattern"])}
	}
	addAssociation(object(behaviors[0]), a, version)
}

// behavior adds the behaviour that an association wants and the distribution does not have, with the settings of the default one.
func (s *serverless) behavior(path string, config map[string]any, pattern any) map[string]any {
	added := maps.Clone(object(config["DefaultCacheBehavior"]))
	if added == nil {
		added = map[string]any{"ForwardedValues": map[string]any{"QueryString": false}}
	}
	delete(added, "LambdaFunctionAssociations")
	if pattern == nil {
		config["DefaultCacheBehavior"] = added
		return added
	}
	s.note(path, "no cache behaviour has the pathPattern %v: the plugin refuses it; one like the default behaviour is taken", pattern)
	added["PathPattern"] = pattern
	config["CacheBehaviors"] = append(list(config["CacheBehaviors"]), added)
	return added
}

func addAssociation(behavior, a, version map[string]any) {
	association := map[string]any{"EventType": a["eventType"], "LambdaFunctionARN": version}
	if a["includeBody"] != nil {
		association["IncludeBody"] = a["includeBody"]
	}
	behavior["LambdaFunctionAssociations"] = append(list(behavior["LambdaFunctionAssociations"]), association)
}

func oneOrMore(v any) []any {
	if l := list(v); l != nil || v == nil {
		return l
	}
	return []any{v}
}

// stage is the stage of a deployment without options.
func (s *serverless) stage() string {
	if stage, ok := text(s.provider["stage"]); ok {
		return stage
	}
	return "dev"
}

// logicalID is a function's name as the framework has it in logical ids.
func logicalID(name string) string {
	name = strings.NewReplacer("-", "Dash", "_", "Underscore").Replace(name)
	r := []rune(name)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}
