package template

import (
	"slices"
	"strings"
)

// function finds a function by ARN, with or without a version or an alias.
func (t *stack) function(arn string) (*stack, string) {
	parts := strings.SplitN(arn, ":", 8) // arn:aws:lambda:us-east-1:111122223333:function:name:1
	if len(parts) > 7 {
		arn = strings.Join(parts[:7], ":")
	}
	for _, kind := range []string{"AWS::Lambda::Function", "AWS::Serverless::Function"} {
		owner, id := t.find(kind, func(other *stack, id string) bool { return other.functionARN(other.functionName(id)) == arn })
		if owner != nil {
			return owner, id
		}
	}
	return nil, ""
}

// association finds the code of an association and what Lambda@Edge says to it on this trigger. A function of several associations has
// what was said to each.
func (t *stack) association(d *Distribution, arn, trigger string) {
	owner, id := t.function(arn)
	if owner == nil {
		return
	}
	code, seen := d.Functions[arn]
	if !seen {
		code = owner.code(id)
		code.Problems = slices.Concat(code.Problems, owner.refused(id), versionProblem(arn))
	}
	for _, problem := range owner.refusedOn(id, trigger) {
		if !slices.Contains(code.Problems, problem) {
			code.Problems = append(code.Problems, problem)
		}
	}
	d.Functions[arn] = code
}

// functionProperty is a property of a function; those of SAM may stand in Globals.
func (t *stack) functionProperty(id string, names ...string) any {
	_, properties, _ := t.resource(id)
	if _, own := properties[names[0]]; !own && t.isSAMFunction(id) {
		return t.at("Globals.Function", t.globals, names...)
	}
	return t.property(id, names...)
}

func (t *stack) functionText(id string, names ...string) string {
	s, _ := text(t.functionProperty(id, names...))
	return s
}

// samProperty is functionProperty of one name.
func (t *stack) samProperty(id, name string) any { return t.functionProperty(id, name) }

// code finds where the code of a function is.
func (t *stack) code(id string) FunctionCode {
	c := FunctionCode{
		Name: t.functionName(id), Handler: t.functionText(id, "Handler"), Runtime: t.functionText(id, "Runtime"),
		File: t.file, Line: t.line("Resources." + id),
	}
	metadata := object(object(object(t.root["Resources"])[id])["Metadata"])
	if asset, ok := metadata["aws:asset:path"].(string); ok {
		c.Dir = t.local(asset)
	} else if t.isSAMFunction(id) {
		t.samCode(id, &c, metadata)
	} else {
		t.lambdaCode(id, &c)
	}
	if c.Dir != "" {
		c.Problems = append(c.Problems, c.missing()...)
	}
	return c
}

// lambdaCode reads Code of an AWS::Lambda::Function: inline, an asset of CDK's, or a path for "aws cloudformation package".
func (t *stack) lambdaCode(id string, c *FunctionCode) {
	at := "Resources." + id + ".Properties.Code"
	switch v := t.property(id, "Code").(type) {
	case string:
		c.place(t, v)
	case *unresolved:
		c.away(v.expression + ": " + v.why)
	case map[string]any:
		inline, has := v["ZipFile"]
		key, _ := text(v["S3Key"])
		switch asset := t.assets[key]; {
		case has:
			if u := anyUnresolved(inline); u != nil {
				t.note(member(at, "ZipFile"), "%s: %s", u.expression, u.why)
			}
			if c.Inline, _ = text(inline); c.Inline == "" {
				c.away("Code.ZipFile has no text that can be resolved")
			}
		case asset != "":
			c.Dir = asset
		case v["ImageUri"] != nil: // said among what Lambda@Edge refuses
		default:
			bucket, _ := text(plainValue(v["S3Bucket"]))
			c.away("its code is in a bucket: s3://" + bucket + "/" + key)
		}
	default:
		c.away("no Code")
	}
}

// samCode reads InlineCode or CodeUri of an AWS::Serverless::Function.
func (t *stack) samCode(id string, c *FunctionCode, metadata map[string]any) {
	if v := t.functionProperty(id, "InlineCode"); v != nil {
		if c.Inline, _ = text(v); c.Inline == "" {
			c.away("InlineCode has no text that can be resolved: " + brief(v))
		}
		return
	}
	switch v := t.functionProperty(id, "CodeUri").(type) {
	case string:
		c.place(t, v)
	case nil:
		c.place(t, ".")
	case *unresolved:
		c.away(v.expression + ": " + v.why)
	case map[string]any:
		bucket, _ := text(plainValue(v["Bucket"]))
		key, _ := text(plainValue(v["Key"]))
		c.away("its code is in a bucket: s3://" + bucket + "/" + key)
	}
	if method, ok := metadata["BuildMethod"].(string); ok {
		c.Problems = append(c.Problems, "SAM builds it with "+method+": run sam build and read .aws-sam/build/template.yaml")
	}
}

// place is code at a path, or at a URL.
func (c *FunctionCode) place(t *stack, path string) {
	if strings.Contains(path, "://") {
		c.away("its code is at " + path)
		return
	}
	c.Dir = t.local(path)
}

// away says that the code is not here.
func (c *FunctionCode) away(why string) {
	c.Problems = append(c.Problems, why+": bind the function's ARN or name to its code")
}
