package e2e_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/e2e/prober"
)

var (
	minifyCount  = flag.Int("minify", 10, "how many sets of policies to compare with their minified form; 0 for none, -1 for all")
	policiesFile = flag.String("policies", "testdata/policies.jsonl", "the sets of policies: a line each, a JSON array with a text for each header")
)

// A pair is the same probe under policies and under their minified form.
type pair struct{ original, minified prober.Probe }

// testMinify asks whether a browser does the same under minified policies as under the originals.
func testMinify(t *testing.T, session *prober.Session) {
	if *minifyCount == 0 {
		t.Skip("left out: -minify is 0")
	}
	pairs := minifiedPairs(t)
	begun := time.Now()
	different := patiently(session, differing(t, session, pairs), func(different []pair) []pair {
		return differing(t, session, different)
	})
	t.Logf("%s: %d probes under %d sets of policies in %v", session.Version, 2*len(pairs), countSets(pairs), time.Since(begun).Round(time.Second))
	for _, p := range different {
		results := run(t, session, []prober.Probe{p.original, p.minified})
		t.Errorf("%s of %q from %s:\n\t%v\tunder %q\n\t%v\tminified %q",
			p.original.Kind, p.original.URL, p.original.Origin, results[0], p.original.Policies, results[1], p.minified.Policies)
	}
}

// differing returns the pairs of which one is allowed and the other is not.
func differing(t *testing.T, session *prober.Session, pairs []pair) []pair {
	t.Helper()
	var probes []prober.Probe
	for _, p := range pairs {
		probes = append(probes, p.original, p.minified)
	}
	results := run(t, session, probes)
	var different []pair
	for i, p := range pairs {
		if results[2*i].Allowed != results[2*i+1].Allowed {
			different = append(different, p)
		}
	}
	return different
}

func countSets(pairs []pair) int {
	sets := map[string]bool{}
	for _, p := range pairs {
		sets[fmt.Sprintf("%q", p.original.Policies)] = true
	}
	return len(sets)
}

// minifiedPairs reads the sets of policies, and makes probes for as many as the flag says of those that Minify changes.
func minifiedPairs(t *testing.T) []pair {
	t.Helper()
	file, err := os.Open(*policiesFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var pairs []pair
	sets := 0
	for lines := bufio.NewScanner(file); lines.Scan() && sets != *minifyCount; {
		var policies []string
		if err := json.Unmarshal(lines.Bytes(), &policies); err != nil {
			t.Fatalf("%s: %q: %v", *policiesFile, lines.Text(), err)
		}
		minified := minify(policies)
		if slices.Equal(policies, minified) {
			continue
		}
		sets++
		for _, p := range battery(strings.Join(policies, ";")) {
			original, short := p, p
			original.Policies, short.Policies = policies, minified
			pairs = append(pairs, pair{original, short})
		}
	}
	if len(pairs) == 0 {
		t.Fatalf("%s: Minify changes none of the policies", *policiesFile)
	}
	return pairs
}

// minify minifies each policy of each header.
func minify(headers []string) []string {
	var minified []string
	for _, header := range headers {
		list, _ := csp.ParseList(header)
		for i, policy := range list {
			list[i] = policy.Minify()
		}
		minified = append(minified, list.String())
	}
	return minified
}

// directivesFor are those that say something about a kind of probe.
func directivesFor(kind string) []string {
	return map[string][]string{
		"img":         {"img-src", "default-src", "upgrade-insecure-requests"},
		"blobimg":     {"img-src", "default-src"},
		"script":      {"script-src", "script-src-elem", "default-src"},
		"inline":      {"script-src", "script-src-elem", "default-src"},
		"handler":     {"script-src", "script-src-attr", "default-src"},
		"eval":        {"script-src", "default-src"},
		"wasm":        {"script-src", "default-src"},
		"style":       {"style-src", "style-src-elem", "default-src"},
		"inlinestyle": {"style-src", "style-src-elem", "default-src"},
		"styleattr":   {"style-src", "style-src-attr", "default-src"},
		"fetch":       {"connect-src", "default-src"},
		"ws":          {"connect-src", "default-src"},
		"font":        {"font-src", "default-src"},
		"media":       {"media-src", "default-src"},
		"frame":       {"frame-src", "child-src", "default-src"},
		"worker":      {"worker-src", "child-src", "script-src", "default-src"},
		"blobworker":  {"worker-src", "child-src", "script-src", "default-src"},
		"object":      {"object-src", "default-src"},
		"form":        {"form-action"},
	}[kind]
}

// battery is the probes for policies with some text: each kind about which it says something, of many URLs.
func battery(text string) []prober.Probe {
	text = strings.ToLower(text)
	var probes []prober.Probe
	for _, kind := range prober.Kinds() {
		if !slices.ContainsFunc(directivesFor(kind), func(name string) bool { return strings.Contains(text, name) }) {
			continue
		}
		for _, url := range urlsFor(kind) {
			probes = append(probes, prober.Probe{Origin: "http://site.test", Kind: kind, URL: url})
		}
		if kind == "inline" || kind == "script" {
			probes = append(probes, prober.Probe{Origin: "http://site.test", Kind: kind, URL: urlsFor(kind)[0], Nonce: "abc"})
		}
	}
	return probes
}

// urlsFor are what a kind of probe asks for.
func urlsFor(kind string) []string {
	switch kind {
	case "blobimg", "inline", "handler", "eval", "wasm", "inlinestyle", "styleattr", "blobworker":
		return []string{""}
	case "ws":
		return []string{"ws://site.test/x", "wss://site.test/x", "ws://cdn.test/x", "wss://cdn.test/x", "wss://cdn.test:8443/x", "ws://site.test:8000/x"}
	case "worker":
		return []string{"http://site.test/dir/w.js"}
	case "form":
		return []string{"http://site.test/x", "http://cdn.test/x"}
	case "img":
		return append(urlsFor("fetch"), "http://cdn.test/dir/x?v=3", "http://cdn.test/app.js", "http://img.test/x", "http://127.0.0.2:8000/x", "https://cdn.test:8000/x", dataImage)
	default:
		return []string{
			"http://site.test/dir/x", "https://site.test/dir/x", "http://site.test:8000/x", "https://site.test:8443/x",
			"http://cdn.test/dir/x", "https://cdn.test/dir/x", "http://cdn.test:8000/a/b.png", "https://cdn.test:8443/x", "http://a.cdn.test/x",
		}
	}
}
