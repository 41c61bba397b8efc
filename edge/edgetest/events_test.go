package edgetest_test

import (
	"context"
	"io/fs"
	"net/netip"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// passThrough lets everything go on as it is.
func passThrough() *edge.Function {
	request := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }
	response := func(context.Context, *edge.Response) error { return nil }
	return &edge.Function{
		ViewerRequest: request, OriginRequest: request, OriginResponse: response, ViewerResponse: response,
	}
}

func eventNames(t testing.TB) []string {
	t.Helper()
	names, err := fs.Glob(edgetest.Events(), "*.json")
	if err != nil || len(names) < 24 {
		t.Fatalf("got %d events, %v; want at least 24", len(names), err)
	}
	return names
}

func readEvent(t testing.TB, name string) []byte {
	t.Helper()
	event, err := fs.ReadFile(edgetest.Events(), name)
	if err != nil {
		t.Fatal(err)
	}
	return event
}

func TestEventsAreWhatTheirNamesSay(t *testing.T) {
	var got edge.Trigger
	f := &edge.Function{}
	request := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { got = r.Config.Trigger; return r, nil }
	response := func(_ context.Context, r *edge.Response) error { got = r.Request.Config.Trigger; return nil }
	f.ViewerRequest, f.OriginRequest, f.OriginResponse, f.ViewerResponse = request, request, response, response
	f.Warn = func(w *edge.FieldError) { t.Errorf("an event that is let go on as it is: %v", w) }
	for _, name := range eventNames(t) {
		if _, err := f.Invoke(t.Context(), readEvent(t, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.HasPrefix(name, string(got)+"-") {
			t.Errorf("%s is an event of %s", name, got)
		}
	}
}

// TestEventsAreSendable makes of each event a request or a response and sends that:
// an event has no header that CloudFront hides from functions, and what this package
// encodes decodes to what came.
func TestEventsAreSendable(t *testing.T) {
	for _, name := range eventNames(t) {
		var came, got any
		var err error
		f := &edge.Function{}
		request := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { came = r; return r, nil }
		response := func(_ context.Context, r *edge.Response) error { came = r; return nil }
		f.ViewerRequest, f.OriginRequest, f.OriginResponse, f.ViewerResponse = request, request, response, response
		if _, err := f.Invoke(t.Context(), readEvent(t, name)); err != nil {
			t.Fatal(err)
		}
		switch r := came.(type) {
		case *edge.Request:
			got, err = edgetest.Request(passThrough(), r)
		case *edge.Response:
			got, err = edgetest.Response(passThrough(), r)
		}
		switch {
		case name == "origin-request-unknown-origin.json":
			if err == nil || !strings.Contains(err.Error(), "an origin of an unknown kind") {
				t.Errorf("%s: got %v; want an error that says why not", name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		default:
			if diff := cmp.Diff(came, got); diff != "" {
				t.Errorf("%s (-came +sent):\n%s", name, diff)
			}
		}
	}
}

// TestEventsDocumented holds the list in the README to the files.
func TestEventsDocumented(t *testing.T) {
	readme, err := os.ReadFile("../../testdata/README.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := make(map[string]bool)
	for _, m := range regexp.MustCompile("(?m)^\\| `(.*)` \\| (.+) \\|$").FindAllStringSubmatch(string(readme), -1) {
		listed[m[1]] = true
	}
	for _, name := range eventNames(t) {
		if !listed[name] {
			t.Errorf("README.md has no line for %s", name)
		}
		delete(listed, name)
	}
	for name := range listed {
		t.Errorf("README.md lists %s, which is not there", name)
	}
}

// TestEventsHaveReservedNames keeps real addresses and hosts out of the events.
func TestEventsHaveReservedNames(t *testing.T) {
	reserved := []netip.Prefix{
		netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"),
		netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("2001:db8::/32"),
	}
	address := regexp.MustCompile(`\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|\b[0-9a-f]{1,4}(:[0-9a-f]{0,4}){2,7}\b`)
	host := regexp.MustCompile(`\b[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|net|org|io|dev|de|example|local|internal)\b`)
	names := regexp.MustCompile(`(^|\.|^40)example(\.(com|net|org))?$|^(d111111abcdef8|2afae0d44e2540f472c0635ab62c232b)\.cloudfront\.net$|^amzn-s3-demo-bucket\.s3\.[a-z0-9-]+\.amazonaws\.com$|^api\.github\.com$`)
	found := 0
	for _, name := range eventNames(t) {
		event := string(readEvent(t, name))
		for _, text := range address.FindAllString(event, -1) {
			addr, err := netip.ParseAddr(text)
			if err != nil {
				continue // a version, a time
			}
			found++
			in := false
			for _, p := range reserved {
				in = in || p.Contains(addr)
			}
			// A browser's version has the form of an address.
			if !in && !strings.Contains(event, "/"+text+" ") {
				t.Errorf("%s has the address %s, which is not reserved for documentation", name, text)
			}
		}
		for _, text := range host.FindAllString(event, -1) {
			found++
			if !names.MatchString(text) {
				t.Errorf("%s has the host name %s, which is not reserved for examples", name, text)
			}
		}
	}
	if found < 100 {
		t.Errorf("found only %d addresses and host names; the expressions miss them", found)
	}
}
