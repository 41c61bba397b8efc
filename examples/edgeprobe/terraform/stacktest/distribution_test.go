package stacktest_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/functions"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/local"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/origin"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

func readPlan(t *testing.T) []byte {
	t.Helper()
	name := os.Getenv("LAMBDAEDGE_PROBE_PLAN")
	if name == "" {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatal("LAMBDAEDGE_PROBE_PLAN is not set: it names a plan of the stack")
		}
		t.Skip("LAMBDAEDGE_PROBE_PLAN is not set: it names a plan of the stack (.ci/probe-stack makes one)")
	}
	plan, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// parts are the same for both distributions, and never asked.
func parts(t *testing.T) local.Parts {
	t.Helper()
	body, err := edgesim.CloudFrontFunction{Name: "edgeprobe-body", Source: functions.Body()}.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { body.Close() })
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := edgesim.Package{Path: "../../functions/asked", Runtime: "nodejs22.x"}.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { asked.Close() })
	return local.Parts{Asked: asked, Body: body, Origin: origin.Handler{}, Keys: []edgesim.PublicKey{{ID: "K2JCJMDEHXQW5F", Key: key.Public()}}}
}

// TestDistribution holds that what is deployed is what the probe is tested with, but for the functions that ask about runtimes, which the
// simulator does not have.
func TestDistribution(t *testing.T) {
	plan, p := readPlan(t), parts(t)
	planned, err := awsconfig.Read(plan, awsconfig.Bindings{
		Origins: map[string]edgesim.Origin{
			"site": &edgesim.S3Origin{}, "origin": &edgesim.CustomOrigin{Handler: p.Origin, DomainName: "origin.lambda-url.us-east-1.on.aws"},
		},
		Functions:           map[string]edgesim.Function{"viewer-request": p.Asked, "origin-request": p.Asked, "origin-response": p.Asked, "viewer-response": p.Asked},
		CloudFrontFunctions: map[string]*edgesim.OpenCloudFrontFunction{"viewer-request": p.Body},
		KeyGroups:           map[string][]edgesim.PublicKey{"*": p.Keys},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, want := planned.Distribution, local.Distribution(p)
	got.Behaviors = slices.DeleteFunc(got.Behaviors, func(b edgesim.Behavior) bool {
		return strings.HasPrefix(b.PathPattern, probe.GoPath) || strings.HasPrefix(b.PathPattern, "/js/") || b.PathPattern == "/trial/*"
	})
	if diff := cmp.Diff(shapeOf(want), shapeOf(got)); diff != "" {
		t.Errorf("-local +planned:\n%s", diff)
	}
	for _, line := range planned.NotSimulated {
		t.Log(line)
	}
}

// A shape is what of a distribution is the same in both.
type shape struct {
	DefaultRootObject string
	Behaviors         []behavior // the default one last
}

type behavior struct {
	PathPattern, Origin string
	Methods, Cached     []string
	Signed, Compress    bool
	Protocol            edgesim.ViewerProtocol
	Cache               edgesim.CachePolicy
	OriginRequest       edgesim.OriginRequestPolicy
	Functions           map[string]string
}

func shapeOf(d edgesim.Distribution) shape {
	s := shape{DefaultRootObject: d.DefaultRootObject}
	for _, b := range append(slices.Clone(d.Behaviors), d.DefaultBehavior) {
		s.Behaviors = append(s.Behaviors, shapeOfBehavior(b))
	}
	return s
}

func shapeOfBehavior(b edgesim.Behavior) behavior {
	of := behavior{
		PathPattern: b.PathPattern, Origin: "bucket", Methods: sorted(b.AllowedMethods), Cached: sorted(b.CachedMethods), Signed: len(b.TrustedKeyGroups) > 0,
		Compress: b.Compress, Protocol: b.ViewerProtocol, Functions: map[string]string{},
	}
	if of.Protocol == "" {
		of.Protocol = edgesim.AllowAll
	}
	if _, custom := b.Origin.(*edgesim.CustomOrigin); custom {
		of.Origin = "function URL"
	}
	if b.CachePolicy != nil {
		of.Cache = *b.CachePolicy
		of.Cache.Name, of.Cache.ID = "", ""
	}
	if b.OriginRequestPolicy != nil {
		of.OriginRequest = *b.OriginRequestPolicy
		of.OriginRequest.Name, of.OriginRequest.ID = "", ""
	}
	f := b.Functions
	for trigger, a := range map[string]edgesim.Association{
		"viewer-request": f.ViewerRequest, "origin-request": f.OriginRequest, "origin-response": f.OriginResponse, "viewer-response": f.ViewerResponse,
	} {
		if a.Function != nil {
			of.Functions[trigger] = map[bool]string{true: "with the body", false: "without"}[a.IncludeBody]
		}
	}
	if b.CloudFrontFunctions.ViewerRequest != nil {
		of.Functions["viewer-request"] = "a CloudFront Function"
	}
	return of
}

// sorted are methods in order; nil are those that CloudFront has for it.
func sorted(methods []string) []string {
	if methods == nil {
		return []string{"GET", "HEAD"}
	}
	return slices.Sorted(slices.Values(methods))
}
