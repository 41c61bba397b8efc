package edgesim_test

import (
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// The tests of this file hold the known differences from CloudFront that docs/simulator.md lists: who changes
// one changes the list.

// TestStatusDescriptionIsNotSent: net/http sends the standard reason phrase.
func TestStatusDescriptionIsNotSent(t *testing.T) {
	t.Parallel()
	address := listen(t, foreign(t, edge.ViewerRequest, returns(`{"status":"200","statusDescription":"Fine"}`)))
	resp, err := http.Get("http://" + address)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.Status != "200 OK" {
		t.Errorf("got %q", resp.Status)
	}
}

// TestHeaderSpelling: events show header names in canonical form and in alphabetical order, not as the viewer
// wrote them.
func TestHeaderSpelling(t *testing.T) {
	t.Parallel()
	var seen string
	address := listen(t, foreign(t, edge.ViewerRequest, raw(func(event []byte) ([]byte, error) {
		seen = string(event)
		return []byte(`{"status":"200"}`), nil
	})))
	talk(t, address, "GET / HTTP/1.1\r\nx-ZULU: 1\r\nx-alpha: 2\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	if !strings.Contains(seen, `"x-alpha":[{"key":"X-Alpha","value":"2"}],"x-zulu":[{"key":"X-Zulu","value":"1"}]`) {
		t.Errorf("got %s", seen)
	}
}

// TestUpgradeIsRefused: an origin that switches protocols (WebSocket) is a 502.
func TestUpgradeIsRefused(t *testing.T) {
	t.Parallel()
	origin := answersRaw(t, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
	s := behind(t, edgesim.Behavior{Origin: origin})
	if resp, trace := get(s, "/", "Connection", "Upgrade", "Upgrade", "websocket"); resp.StatusCode != 502 {
		t.Errorf("got %d (%s)", resp.StatusCode, trace.Reason)
	}
}

// TestVaryIsNoKey: as at CloudFront, and other than RFC 9111 section 4.1 has it, Vary makes no variants; only
// what is in the cache key does.
func TestVaryIsNoKey(t *testing.T) {
	t.Parallel()
	policy := caching(0, 60, 600)
	w := serving(t, says(200, "Vary", "X-A, Accept-Encoding, X-B"), policy, func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.OriginRequestPolicy = &edgesim.OriginRequestPolicy{Headers: edgesim.Only("X-A")}
	})
	get(w.Simulator, "/", "X-A", "1")
	resp, _ := get(w.Simulator, "/", "X-A", "2")
	if resp.Header.Get("X-Cache") != "Hit from cloudfront" || resp.Header.Get("Vary") != "X-A, Accept-Encoding" {
		t.Errorf("got %q, Vary %q", resp.Header.Get("X-Cache"), resp.Header.Get("Vary"))
	}
}

// TestWritingDoesNotInvalidate: as at CloudFront, and other than RFC 9111 section 4.4 has it, a POST leaves the
// object in the cache.
func TestWritingDoesNotInvalidate(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200), caching(0, 60, 600), func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.AllowedMethods = []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
	})
	get(w.Simulator, "/")
	send(w.Simulator, "POST", "/")
	if _, trace := get(w.Simulator, "/"); trace.Result != "Hit from cloudfront" {
		t.Errorf("got %q", trace.Result)
	}
}

// TestDocumentNamesTests holds docs/simulator.md to the tests that it names.
func TestDocumentNamesTests(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("../../docs/simulator.md")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	err = fs.WalkDir(os.DirFS("."), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		source.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`(Test\\w+)(?:/([\\w-]+))?`").FindAllStringSubmatch(string(document), -1)
	if len(named) < 20 {
		t.Errorf("the document names %d tests", len(named))
	}
	for _, m := range named {
		if !strings.Contains(source.String(), "func "+m[1]+"(") || m[2] != "" && !strings.Contains(source.String(), `"`+m[2]+`"`) {
			t.Errorf("the document names %s/%s, which is not there", m[1], m[2])
		}
	}
}
