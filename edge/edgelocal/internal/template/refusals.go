package template

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// restrictions is the page of the CloudFront Developer Guide with what Lambda@Edge does not take; a function that has it cannot be
// associated.
const restrictions = "lambda-at-edge-function-restrictions.html"

// refused is what of a function's settings Lambda@Edge refuses.
func (t *stack) refused(id string) []string {
	var problems []string
	refuse := func(setting, what string) {
		problems = append(problems, fmt.Sprintf("%s: Lambda@Edge takes no function with %s (%s)", setting, what, restrictions))
	}
	given := func(names ...string) bool { return !empty(t.functionProperty(id, names...)) }
	if given("Environment", "Variables") {
		refuse("Environment", "environment variables: put the values into the code, or into custom headers of the origin")
	}
	if given("Layers") {
		refuse("Layers", "layers: put them into the package")
	}
	if given("VpcConfig", "SubnetIds") {
		refuse("VpcConfig", "access to a VPC")
	}
	if given("DeadLetterConfig") || given("DeadLetterQueue") {
		refuse("DeadLetterConfig", "a dead-letter queue")
	}
	if t.functionText(id, "TracingConfig", "Mode") == "Active" || t.functionText(id, "Tracing") == "Active" {
		refuse("Tracing", "X-Ray")
	}
	if t.functionText(id, "PackageType") == "Image" || given("Code", "ImageUri") {
		refuse("PackageType", "a container image")
	}
	for _, v := range items(t.functionProperty(id, "Architectures")) {
		if v == "arm64" {
			refuse("Architectures", "arm64: want x86_64")
		}
	}
	if size, _ := strconv.Atoi(t.functionText(id, "EphemeralStorage", "Size")); size > 512 {
		refuse("EphemeralStorage", "more than 512 MB of ephemeral storage")
	}
	if given("KmsKeyArn") {
		refuse("KmsKeyArn", "a key of one's own")
	}
	if given("ProvisionedConcurrencyConfig") {
		refuse("ProvisionedConcurrencyConfig", "provisioned concurrency")
	}
	if mode := t.functionText(id, "RuntimeManagementConfig", "UpdateRuntimeOn"); mode != "" && mode != "Auto" {
		refuse("RuntimeManagementConfig", "runtime management other than Auto")
	}
	if runtime := t.functionText(id, "Runtime"); runtime != "" && !strings.HasPrefix(runtime, "nodejs") && !strings.HasPrefix(runtime, "python") {
		refuse("Runtime", "the runtime "+runtime+": want one of Node.js or Python")
	}
	if t.region != someRegion {
		refuse("its Region is "+t.region, "another Region than "+someRegion)
	}
	return problems
}

// refusedOn is what a trigger refuses (cloudfront-limits.html, "Quotas on Lambda@Edge"). For viewer triggers AWS's pages give two
// values each; the smaller are those that were enforced.
func (t *stack) refusedOn(id, trigger string) []string {
	var problems []string
	timeout, _ := strconv.Atoi(t.functionText(id, "Timeout"))
	memory, _ := strconv.Atoi(t.functionText(id, "MemorySize"))
	viewer := strings.HasPrefix(trigger, "viewer-")
	switch {
	case timeout > 30:
		problems = append(problems, fmt.Sprintf("Timeout: %d s on %s, Lambda@Edge takes 30 s at most (cloudfront-limits.html)", timeout, trigger))
	case timeout > 5 && viewer:
		problems = append(problems, fmt.Sprintf("Timeout: %d s on %s, Lambda@Edge takes 5 s after one page of AWS's and 30 s after another", timeout, trigger))
	}
	if memory > 128 && viewer {
		problems = append(problems, fmt.Sprintf("MemorySize: %d MB on %s, Lambda@Edge takes 128 MB after one page of AWS's and more after another", memory, trigger))
	}
	return problems
}

// versionProblem says when an association does not name a numbered version.
func versionProblem(arn string) []string {
	parts := strings.SplitN(arn, ":", 8)
	if len(parts) == 8 {
		if _, err := strconv.Atoi(parts[7]); err == nil {
			return nil
		}
		return []string{fmt.Sprintf("the association names %s, Lambda@Edge takes a numbered version and no alias or $LATEST (%s)", parts[7], restrictions)}
	}
	return []string{"the association names the function, Lambda@Edge takes a numbered version: an AWS::Lambda::Version, or AutoPublishAlias and Function.Version (" + restrictions + ")"}
}

// empty reports whether a value says nothing.
func empty(v any) bool {
	switch v := v.(type) {
	case nil, noValue:
		return true
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	case string:
		return v == ""
	}
	return false
}

// missing says when the code is not where the template says, or has not the handler's file.
func (c *FunctionCode) missing() []string {
	info, err := os.Stat(c.Dir)
	if err != nil {
		return []string{fmt.Sprintf("%s: not there: build it, or bind the function's ARN or name to its code", c.Dir)}
	}
	module, _, ok := cutLast(c.Handler, ".")
	if !info.IsDir() || !ok {
		return nil
	}
	extensions := []string{".js", ".mjs", ".cjs"}
	if strings.HasPrefix(c.Runtime, "python") {
		extensions, module = []string{".py", "/__init__.py"}, strings.ReplaceAll(module, ".", "/")
	} else if !strings.HasPrefix(c.Runtime, "nodejs") {
		return nil
	}
	base := filepath.Join(c.Dir, filepath.FromSlash(module))
	for _, extension := range extensions {
		if _, err := os.Stat(base + extension); err == nil {
			return nil
		}
	}
	way := "build it, or bind the function's ARN or name to the folder with the built code"
	if _, err := os.Stat(base + ".ts"); err == nil {
		way = "it is TypeScript there: " + way
	}
	return []string{fmt.Sprintf("%s: no %s with one of %s for the handler %s: %s", c.Dir, module, strings.Join(extensions, ", "), c.Handler, way)}
}

// cutLast cuts around the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}
