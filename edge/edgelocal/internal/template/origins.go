package template

import (
	"encoding/json"
	"strings"
)

// origin says what stands behind an origin of a distribution.
func (t *stack) origin(path string, o map[string]any) Origin {
	domain, _ := text(o["DomainName"])
	found := Origin{Kind: OtherOrigin, Domain: domain}
	host := strings.TrimSuffix(strings.TrimSuffix(domain, ".cn"), ".amazonaws.com")
	switch {
	case strings.HasSuffix(domain, ".on.aws") && strings.Contains(domain, ".lambda-url."):
		found.Kind = FunctionURLOrigin
		t.functionURL(&found)
	case host != domain && strings.Contains(host, ".execute-api."):
		found.Kind = APIGatewayOrigin
		t.api(&found)
	case host != domain && strings.Contains(host, ".s3-website"):
		found.Kind = WebsiteOrigin
		t.bucket(&found, host[:strings.LastIndex(host, ".s3-website")])
	case host != domain && strings.Contains(host, ".s3"):
		found.Kind = BucketOrigin
		t.bucket(&found, host[:strings.LastIndex(host, ".s3")])
	case o["CustomOriginConfig"] == nil && o["VpcOriginConfig"] == nil:
		found.Kind = BucketOrigin
	}
	if id, ok := text(o["OriginAccessControlId"]); ok {
		t.signing(id)
	}
	return found
}

// signing says when CloudFront does not sign its requests although the origin has an access control
// (private-content-restricting-access-to-s3.html, "Advanced settings for origin access control").
func (t *stack) signing(ref string) {
	owner, id := t.byRef("AWS::CloudFront::OriginAccessControl", ref)
	if owner == nil {
		return
	}
	at := "Resources." + id + ".Properties.OriginAccessControlConfig.SigningBehavior"
	switch owner.propertyText(id, "OriginAccessControlConfig", "SigningBehavior") {
	case "never":
		owner.once(at, "no request is signed: objects are served; S3 answers 403 unless they are public")
	case "no-override":
		owner.once(at, "requests with an Authorization of the viewer's are not signed: objects are served; the origin judges the viewer's")
	}
}

// bucket finds a bucket by name, its website, and what fills it.
func (t *stack) bucket(o *Origin, name string) {
	owner, id := t.byRef("AWS::S3::Bucket", name)
	if owner != nil {
		o.LogicalID = id
		if o.Kind == WebsiteOrigin {
			o.Website = owner.website(id)
		}
	}
	for _, other := range t.group.stacks {
		for _, deployment := range other.of("Custom::CDKBucketDeployment") {
			if other.propertyText(deployment, "DestinationBucketName") == name {
				o.Folders = append(o.Folders, other.deployed(deployment)...)
			}
		}
	}
}

// deployed are the assets that a BucketDeployment of CDK's puts into its bucket.
func (t *stack) deployed(id string) []Folder {
	var folders []Folder
	prefix := strings.TrimPrefix(t.propertyText(id, "DestinationBucketKeyPrefix"), "/")
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	for i, v := range items(t.property(id, "SourceObjectKeys")) {
		key, _ := text(v)
		dir := t.assets[key]
		if dir == "" {
			t.once(entry("Resources."+id+".Properties.SourceObjectKeys", i), "no asset has the key %q: bind the origin to a folder", key)
			continue
		}
		folders = append(folders, Folder{Dir: dir, Prefix: prefix, Markers: t.markers(id, i)})
	}
	return folders
}

// markers are what a BucketDeployment puts in place of the markers in the files of one of its sources (SourceMarkers). A value that only a
// deployment knows is said, and its marker stays.
func (t *stack) markers(id string, source int) map[string]string {
	all := items(t.property(id, "SourceMarkers"))
	if source >= len(all) {
		return nil
	}
	at := entry("Resources."+id+".Properties.SourceMarkers", source)
	values := object(t.settle(at, all[source]))
	known := map[string]string{}
	for marker := range object(all[source]) {
		if value, ok := text(values[marker]); ok {
			known[marker] = value
			continue
		}
		t.once(at, "the value of %s is known after a deployment: the bucket's files have the marker in its place", marker)
	}
	return known
}

// website is how a bucket serves as a website; nil when it is none.
func (t *stack) website(id string) *Website {
	at := "Resources." + id + ".Properties.WebsiteConfiguration"
	config := object(t.property(id, "WebsiteConfiguration"))
	if config == nil {
		return nil
	}
	config = object(t.settle(at, config))
	w := &Website{}
	w.Index, _ = text(config["IndexDocument"])
	w.Error, _ = text(config["ErrorDocument"])
	w.RedirectHost, _ = text(object(config["RedirectAllRequestsTo"])["HostName"])
	w.RedirectProtocol, _ = text(object(config["RedirectAllRequestsTo"])["Protocol"])
	if rules := list(config["RoutingRules"]); len(rules) > 0 {
		w.RoutingRules, _ = json.Marshal(rules)
	}
	return w
}

// functionURL finds the function behind a function URL.
func (t *stack) functionURL(o *Origin) {
	owner, id := t.find("AWS::Lambda::Url", func(other *stack, id string) bool { return other.urlHost(id) == o.Domain })
	if owner != nil {
		target := owner.propertyText(id, "TargetFunctionArn")
		if holder, function := t.function(owner.functionARN(target)); holder != nil {
			code := holder.code(function)
			o.LogicalID, o.Function = function, &code
		}
		return
	}
	owner, id = t.find("AWS::Serverless::Function", func(other *stack, id string) bool { return other.urlHost(id) == o.Domain })
	if owner != nil {
		code := owner.code(id)
		o.LogicalID, o.Function = id, &code
	}
}

// api finds an API of API Gateway.
func (t *stack) api(o *Origin) {
	for _, kind := range []string{"AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Serverless::Api", "AWS::Serverless::HttpApi"} {
		owner, id := t.find(kind, func(other *stack, id string) bool {
			ref, _ := text(other.ref("", id))
			return strings.HasPrefix(o.Domain, ref+".execute-api.")
		})
		if owner != nil {
			o.LogicalID = id
			return
		}
	}
}
