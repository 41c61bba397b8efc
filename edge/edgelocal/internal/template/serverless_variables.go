package template

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Bounds of the variables, which may stand for texts with variables.
const (
	maxSubstitutions = 10_000
	maxSubstituted   = 64 << 10
)

// slsVariable is a variable of the framework; ${AWS::Region} and other variables of Fn::Sub are none.
var slsVariable = regexp.MustCompile(`\$\{(?:self|opt|sls|env|aws|param|file|ssm|cf|s3)[:(][^${}]*\}`)

// variables puts in what the framework's variables stand for. An option is given as a parameter of its name.
func (s *serverless) variables(path string, v any, given map[string]string, depth int) any {
	if s.enter(path, depth) != nil { // files may name each other
		s.notRead(path)
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		values := make(map[string]any, len(v))
		for name, item := range v {
			values[name] = s.variables(member(path, name), item, given, depth+1)
		}
		return values
	case []any:
		values := make([]any, 0, len(v))
		for i, item := range v {
			values = append(values, s.variables(entry(path, i), item, given, depth+1))
		}
		return values
	case string:
		return s.substitute(path, v, given)
	}
	return v
}

// substitute resolves the variables of a text, the innermost first. A text that is one variable has the variable's value, which may be
// an object. A text with one that has no value is not resolved.
func (s *serverless) substitute(path, v string, given map[string]string) any {
	for {
		at := slsVariable.FindStringIndex(v)
		if at == nil {
			return v
		}
		if s.substitutions++; s.substitutions > maxSubstitutions || len(v) > maxSubstituted {
			s.notRead(path)
			return v
		}
		value, ok := s.variable(path, v[at[0]+2:at[1]-1], given)
		if !ok {
			return &unresolved{v[at[0]:at[1]], "a variable whose value is not here: give it as a parameter, or in the environment"}
		}
		if _, unknown := value.(*unresolved); unknown {
			return value
		}
		if at[0] == 0 && at[1] == len(v) {
			if inner, is := value.(string); is {
				v = inner
				continue
			}
			return value
		}
		inner, isText := text(value)
		if !isText {
			s.note(path, "%s: got %s, want text", v[at[0]:at[1]], brief(value))
			return v
		}
		v = v[:at[0]] + inner + v[at[1]:]
	}
}

// notRead says once that a bound is reached.
func (s *serverless) notRead(path string) {
	if !s.asked["\x00bound"] {
		s.note(path, "more than %d variables, %d values, %d levels, or a text of more than %d bytes: the rest stays as it is",
			maxSubstitutions, maxValues, maxDepth, maxSubstituted)
	}
	s.asked["\x00bound"] = true
}

// variable is the value of "self:custom.name, 'default'" and its like.
func (s *serverless) variable(path, name string, given map[string]string) (any, bool) {
	for alternative := range strings.SplitSeq(name, ",") {
		alternative = strings.TrimSpace(alternative)
		source, address, has := strings.Cut(alternative, ":")
		switch {
		case !has && len(alternative) > 1 && (alternative[0] == '\'' || alternative[0] == '"'):
			return strings.Trim(alternative, `'"`), true
		case source == "self":
			if v, found := s.self(path, address, given); found {
				return v, true
			}
		case alternative == "sls:stage", alternative == "opt:stage":
			if stage, is := given["stage"]; is {
				return stage, true
			}
			if source == "sls" {
				return "dev", true
			}
		case source == "opt", source == "param":
			if v, is := given[address]; is {
				return v, true
			}
		case strings.HasPrefix(alternative, "file("):
			if v, found := s.fromFile(path, alternative, given); found {
				return v, true
			}
		case source == "env":
			if v, is := os.LookupEnv(address); is {
				return v, true
			}
		case alternative == "aws:region":
			return someRegion, true
		case alternative == "aws:accountId":
			return someAccount, true
		}
	}
	if name == "opt:stage" {
		return "dev", true // the framework's own stage without options
	}
	return nil, false
}

// self is a value of the file itself, with its own variables resolved.
func (s *serverless) self(path, address string, given map[string]string) (any, bool) {
	if s.asked[address] {
		return fmt.Sprintf("${self:%s}", address), false
	}
	s.asked[address] = true
	defer delete(s.asked, address)
	v, found := s.inside(path, s.root, address, given)
	if !found {
		return nil, false
	}
	return s.variables(path, v, given, len(s.asked)), true
}

// inside is a member of a member of a value. What is on the way may be a variable, too.
func (s *serverless) inside(path string, v any, address string, given map[string]string) (any, bool) {
	for name := range strings.SplitSeq(address, ".") {
		if variable, is := v.(string); is {
			v = s.substitute(path, variable, given)
		}
		if v = object(v)[name]; v == nil {
			return nil, false
		}
	}
	return v, true
}

// fileVariable is file(PATH) or file(PATH):ADDRESS.
var fileVariable = regexp.MustCompile(`^file\(([^()]+)\)(?::(.+))?$`)

// fromFile is a value in a file of YAML or JSON, whose path is relative to the serverless.yml. What a program exports has no value here
// (docs/guides/variables/file.md of the framework).
func (s *serverless) fromFile(path, variable string, given map[string]string) (any, bool) {
	parts := fileVariable.FindStringSubmatch(variable)
	if parts == nil || s.asked[variable] {
		return nil, false
	}
	s.asked[variable] = true
	defer delete(s.asked, variable)
	name := filepath.Join(filepath.Dir(s.file), filepath.FromSlash(strings.TrimSpace(parts[1])))
	v, read := s.files[name]
	if !read {
		switch filepath.Ext(name) {
		case ".yml", ".yaml", ".json":
			var err error
			if v, _, err = readValue(name); err != nil {
				s.note(path, "${%s}: %v", variable, err)
			}
		}
		s.files[name] = v
	}
	if parts[2] != "" {
		v, _ = s.inside(path, v, parts[2], given)
	}
	return s.variables(path, v, given, len(s.asked)), v != nil
}
