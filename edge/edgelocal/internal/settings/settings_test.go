package settings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
)

func TestRead(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		file   string
		want   settings.Settings // paths without the folder
		errors []string          // without the file's name
	}{
		"empty":                              {},
		"only comments, as init writes them": {file: "# origins:\n#   site: ./public\n"},
		"everything": {
			file: "config: distribution.json\norigins:\n  site: ./public\n  api: http://localhost:3000\n" +
				"functions:\n  auth: lambda/auth\n  viewer-response:\n    code: h.zip\n    handler: app.h\n    runtime: nodejs22.x\n" +
				"policies:\n  one: one.json\n  two: Managed-CORS-S3Origin\n" +
				"keyGroups:\n  one: keys/K2JC-public.pem\n  two:\n    K1: a.pem\n    K2: b.pem\nkeyValueStores:\n  redirects: redirects.json\n",
			want: settings.Settings{
				Config:    "distribution.json",
				Origins:   map[string]settings.Origin{"site": {Folder: "public"}, "api": {URL: "http://localhost:3000"}},
				Functions: map[string]settings.Code{"auth": {Path: "lambda/auth"}, "viewer-response": {Path: "h.zip", Handler: "app.h", Runtime: "nodejs22.x"}},
				Policies:  map[string]string{"one": "one.json", "two": "Managed-CORS-S3Origin"},
				KeyGroups: map[string]map[string]string{
					"one": {"K2JCPUBLIC": "keys/K2JC-public.pem"}, "two": {"K1": "a.pem", "K2": "b.pem"},
				},
				KeyValueStores: map[string]string{"redirects": "redirects.json"},
			},
		},
		"an empty group": {file: "origins:\n"},
		"no YAML":        {file: "a: [", errors: []string{": line 1: "}},
		"all that is wrong, with its line": {
			file: "origin:\n  site: x\norigins:\n  site:\nfunctions:\n  auth:\n    handler: x\n  a:\n    code: b\n    kode: c\n",
			want: settings.Settings{Functions: map[string]settings.Code{"a": {Path: "b"}}},
			errors: []string{
				`:2: "origin" is not known: want config, origins, functions, policies, keyGroups or keyValueStores`, `:4: origins: site: want a text`,
				`:7: functions: auth: code is missing`, `:10: functions: a: "kode" is not known`,
			},
		},
		"a list": {file: "- a\n", errors: []string{":1: the file: want names"}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := filepath.Join(dir, settings.FileName)
			if err := os.WriteFile(file, []byte(tc.file), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := settings.Read(file)
			lines := []string{}
			if err != nil {
				lines = strings.Split(err.Error(), "\n")
			}
			if len(lines) != len(tc.errors) {
				t.Fatalf("got %q, want %q", lines, tc.errors)
			}
			for i, want := range tc.errors {
				if !strings.HasPrefix(strings.TrimPrefix(lines[i], file), want) {
					t.Errorf("got %q, want %q", lines[i], want)
				}
			}
			relative(dir, got)
			if diff := cmp.Diff(tc.want, *got, cmpopts.EquateEmpty()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

// relative takes the folder off the paths.
func relative(dir string, s *settings.Settings) {
	cut := func(p string) string { return strings.TrimPrefix(p, dir+string(filepath.Separator)) }
	s.Config = cut(s.Config)
	for id, o := range s.Origins {
		o.Folder = cut(o.Folder)
		s.Origins[id] = o
	}
	for id, c := range s.Functions {
		c.Path = cut(c.Path)
		s.Functions[id] = c
	}
	for id, p := range s.Policies {
		s.Policies[id] = cut(p)
	}
	for id, p := range s.KeyValueStores {
		s.KeyValueStores[id] = cut(p)
	}
	for _, keys := range s.KeyGroups {
		for id, p := range keys {
			keys[id] = cut(p)
		}
	}
}
