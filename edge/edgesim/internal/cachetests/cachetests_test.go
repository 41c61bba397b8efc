package cachetests_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

var (
	folder = flag.String("suite", "", "folder of a checkout of github.com/http-tests/cache-tests with its npm packages; see the package's comment")
	id     = flag.String("id", "", "run the one test with this `ID` and show what happens")
)

// checkout is the suite's folder, when the flag names one.
func checkout(t *testing.T) suite {
	t.Helper()
	if *folder == "" {
		t.Skip("-suite is not given: it names the folder of the suite, as go doc says of this package")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("the suite needs node (Node.js), which is not installed")
	}
	if _, err := os.Stat(*folder + "/node_modules/undici"); err != nil {
		t.Fatalf("-suite: %v: run npm install --omit=dev in the suite's folder", err)
	}
	return suite{*folder}
}

// front serves a simulator of the behaviour on loopback and returns its URL.
func front(t *testing.T, b edgesim.Behavior) string {
	t.Helper()
	b.AllowedMethods = []string{"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
	c := edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: b}}
	if *id != "" {
		c.Observe = (&edgesim.Terminal{Writer: os.Stdout}).Print
	}
	sim, err := edgesim.New(c)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := sim.Server()
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return "http://" + l.Addr().String()
}

// policy caches what the origin says may be cached, as UseOriginCacheControlHeaders-QueryStrings does, but for the cookies: with cookies
// forwarded CloudFront makes no conditional requests (Cookies.html), which a good part of the suite is about.
func policy() *edgesim.CachePolicy {
	return &edgesim.CachePolicy{Name: "by the origin's word", MaxTTL: 365 * 24 * time.Hour, QueryStrings: edgesim.All()}
}

// viewerHeaders sends the origin what the viewer sent, so that the suite's own headers arrive.
func viewerHeaders() *edgesim.OriginRequestPolicy {
	return &edgesim.OriginRequestPolicy{Name: "headers of the viewer", Headers: edgesim.All(), QueryStrings: edgesim.All()}
}

// behavior is what the suite runs against, in front of its server.
func behavior(server string) edgesim.Behavior {
	return edgesim.Behavior{Origin: &edgesim.CustomOrigin{URL: server}, CachePolicy: policy(), OriginRequestPolicy: viewerHeaders()}
}

func TestSuite(t *testing.T) {
	s := checkout(t)
	url := front(t, behavior(s.serve(t)))
	if *id != "" {
		s.show(t, url)
		return
	}
	tests, groups := s.tests(t), expectations(t)
	results := s.run(t, url)
	compare(t, groups, tests, results)
	all := s.others(t)
	all["**edgesim**"] = results
	names := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(tally(tests, all[b])[required].passed-tally(tests, all[a])[required].passed, strings.Compare(a, b))
	})
	var table strings.Builder
	for _, name := range names {
		table.WriteString(row(name, tests, all[name]))
	}
	counts := tally(tests, nil)
	t.Logf("\n| | required (%d) | optimal (%d) | behaviour checks (%d) |\n| --- | --- | --- | --- |\n%s\n%s",
		counts[required].of, counts[optimal].of, counts[check].of, &table, why(groups))
}

// row is a line of the table: how many tests of each kind passed.
func row(name string, tests map[string]test, results map[string]result) string {
	counts := tally(tests, results)
	return fmt.Sprintf("| %s | %d | %d | %d |\n", name, counts[required].passed, counts[optimal].passed, counts[check].passed)
}
