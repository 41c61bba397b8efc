package template_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// testdata has a folder for each project; the command's own tests serve them.
const testdata = "../../testdata"

// A loaded is what a template says in short: one line for each thing, sorted.
type loaded struct {
	file  string   // below testdata
	has   []string // functions, origins and the rest of all its distributions
	notes []string // parts of the notes, in order
}

func TestTemplates(t *testing.T) {
	t.Parallel()
	for _, want := range templates() {
		t.Run(want.file, func(t *testing.T) {
			t.Parallel()
			p, err := template.Read(filepath.Join(testdata, want.file), nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range p.Distributions {
				load(t, d)
				got = append(got, inShort(d)...)
			}
			if diff := cmp.Diff(want.has, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for i := range max(len(p.Notes), len(want.notes)) {
				switch {
				case i >= len(want.notes):
					t.Errorf("note not expected: %s", p.Notes[i])
				case i >= len(p.Notes) || !strings.Contains(p.Notes[i].String(), want.notes[i]):
					t.Errorf("got notes %v, want as number %d %q", p.Notes, i, want.notes[i])
				}
			}
		})
	}
}

// inShort is what stands in a distribution, as lines.
func inShort(d template.Distribution) []string {
	var lines []string
	say := func(words ...string) {
		lines = append(lines, strings.TrimSpace(strings.ReplaceAll(strings.Join(words, " "), testdata+"/", "")))
	}
	for arn, f := range d.Functions {
		where := filepath.ToSlash(f.Dir)
		if f.Inline != "" {
			where = "inline"
		}
		say("function", arn[strings.LastIndex(arn, "function:")+len("function:"):], f.Runtime, f.Handler, where)
		for _, problem := range f.Problems {
			say("function", f.Name+":", problem)
		}
	}
	for id, o := range d.Origins {
		say("origin", id, string(o.Kind), o.Domain, o.LogicalID)
		for _, f := range o.Folders {
			say("origin", id, "from", filepath.ToSlash(f.Dir), f.Prefix)
		}
		if w := o.Website; w != nil {
			say("origin", id, "website", w.Index, w.Error, w.RedirectHost, string(w.RoutingRules))
		}
		if o.Function != nil {
			say("origin", id, "function", o.Function.Name)
		}
	}
	for _, f := range d.CloudFrontFunctions {
		say("CloudFront Function", f.Name, f.Runtime, strings.Join(f.KeyValueStores, " "))
	}
	for arn, s := range d.KeyValueStores {
		say("key value store", arn, s.Name, filepath.ToSlash(s.Source))
	}
	for id, g := range d.KeyGroups {
		for _, k := range g.Keys {
			say("key group", id, g.Name, k.ID, k.Name, k.PEM[:26])
		}
	}
	for id, p := range d.Policies.CachePolicies {
		say("cache policy", id, p.Name, strings.Join(p.Headers, ","), p.QueryStrings.String())
	}
	for id, p := range d.Policies.OriginRequestPolicies {
		say("origin request policy", id, p.Name, p.Headers.String())
	}
	for id, p := range d.Policies.ResponseHeadersPolicies {
		say("response headers policy", id, p.Name)
	}
	slices.Sort(lines)
	return lines
}

// load proves that awsconfig and the simulator take what was read.
func load(t *testing.T, d template.Distribution) {
	t.Helper()
	bindings := d.Policies
	bindings.Resolver = everything{}
	config, err := awsconfig.Read(d.Config, bindings)
	if err != nil {
		t.Fatalf("%s: %v\n%s", d.LogicalID, err, d.Config)
	}
	if _, err := edgesim.New(edgesim.Config{Distribution: config.Distribution}); err != nil {
		t.Errorf("%s: %v", d.LogicalID, err)
	}
}

// everything has something for all that a configuration can name.
type everything struct{}

func (everything) Origin(o awsconfig.OriginName) edgesim.Origin {
	if o.Bucket {
		return &edgesim.S3Origin{FS: fstest.MapFS{}}
	}
	return nil
}

func (everything) CloudFrontFunction(awsconfig.FunctionName) *edgesim.OpenCloudFrontFunction {
	return nil
}

func (everything) Function(awsconfig.FunctionName) edgesim.Function { return silent{} }

func (everything) CachePolicy(string, string) *edgesim.CachePolicy { return edgesim.CachingOptimized() }

func (everything) OriginRequestPolicy(string, string) *edgesim.OriginRequestPolicy {
	return edgesim.AllViewerExceptHostHeader()
}

func (everything) ResponseHeadersPolicy(string, string) *edgesim.ResponseHeadersPolicy { return nil }

func (everything) KeyGroup(string, string) []edgesim.PublicKey { return nil }

type silent struct{}

func (silent) Invoke(context.Context, []byte) ([]byte, error) { return nil, nil }
