package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAdvise: how a module that is missing can be had, by what the folders of the function have. The errors are what Node.js and Python say.
func TestAdvise(t *testing.T) {
	t.Parallel()
	const node, python = "Runtime.ImportModuleError: Error: Cannot find module '%'\nRequire stack:", "Runtime.ImportModuleError: Unable to import module 'app': No module named '%'"
	tests := []struct{ files, message, module, want string }{
		{"package.json", node, "jose", "the package jose is not installed: npm install in DIR"},
		{"", node, "jose", "DIR/edge has no package jose, nor has Lambda's runtime: npm install jose in DIR/edge"},
		{"", "ERR_MODULE_NOT_FOUND: Cannot find package '%' imported from /a/index.mjs", "@scope/name", "DIR/edge has no package @scope/name, nor has Lambda's runtime: npm install @scope/name in DIR/edge"},
		{"package.json", node, "@aws-sdk/client-s3", "Lambda's runtimes from nodejs18.x on have @aws-sdk/client-s3, this machine has not: npm install --no-save @aws-sdk/client-s3 in DIR/edge"},
		{"package.json", node, "aws-sdk", "Lambda's runtimes before nodejs18.x have aws-sdk, this machine has not: npm install --no-save aws-sdk in DIR/edge"},
		{"requirements.txt", python, "jwt.api", "the module jwt is not installed: pip install -r DIR/requirements.txt -t DIR/edge, or sam build"},
		{"", python, "jwt", "DIR/edge has no module jwt, nor has Lambda's runtime: pip install -t DIR/edge jwt"},
		{"", python, "boto3", "Lambda's runtime has boto3, this machine has not: pip install boto3"},
		{"", node, "./lib/auth", ""},
		{"", "ReferenceError: % is not defined", "jose", ""},
	}
	for _, tc := range tests {
		dir := t.TempDir()
		edge := filepath.Join(dir, "edge")
		if err := os.Mkdir(edge, 0o755); err != nil {
			t.Fatal(err)
		}
		if tc.files != "" {
			if err := os.WriteFile(filepath.Join(dir, tc.files), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		failed := errors.New(strings.Replace(tc.message, "%", tc.module, 1))
		got := advise(edge, failed)
		_, advice, _ := strings.Cut(strings.TrimPrefix(got.Error(), failed.Error()), "\n")
		if want := filepath.FromSlash(strings.ReplaceAll(tc.want, "DIR", dir)); advice != want || !errors.Is(got, failed) {
			t.Errorf("%s, %s: got %q, want %q", tc.files, failed, advice, want)
		}
	}
	if got, want := advise("", errors.New(strings.Replace(node, "%", "jose", 1))).Error(), "code in a template cannot have packages: "; !strings.Contains(got, want) {
		t.Errorf("inline: got %q, want %q", got, want)
	}
}
