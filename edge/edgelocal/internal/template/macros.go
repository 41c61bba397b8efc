package template

import (
	"maps"
	"slices"
	"strings"
)

// processed is where people find what CloudFormation makes of a template with macros.
const processed = `read what "aws cloudformation get-template --stack-name NAME --template-stage Processed" prints`

// macros names what CloudFormation runs on a template before it reads it, and this program does not: macros of people's own, and the loops
// of AWS::LanguageExtensions (transform-section-structure.html). AWS::Serverless is SAM, whose resources are read; AWS's other
// transforms make nothing that a distribution needs.
func (t *stack) macros() {
	for _, v := range oneOrMore(t.root["Transform"]) {
		name, ok := text(v)
		if !ok {
			name, _ = text(object(v)["Name"])
		}
		if name != "" && (!strings.HasPrefix(name, "AWS::") || name == "AWS::Include") {
			t.note("Transform", "the macro %s changes the template at a deployment, and is not run here: %s", name, processed)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(object(t.root["Resources"]))) {
		if strings.HasPrefix(id, "Fn::ForEach") {
			t.note("Resources."+id, "a loop, which is not worked out, and its resources are not read: %s", processed)
		}
	}
}
