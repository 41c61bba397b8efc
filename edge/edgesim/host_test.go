package edgesim_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestHost holds which hosts the distribution answers for: its own names ("How CloudFront identifies the distribution for a request",
// CNAMEs.html), and those by which a developer's browser, phone or test comes. Others get CloudFront's 403.
func TestHost(t *testing.T) {
	t.Parallel()
	machine, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, host, reason, seen string }{ // seen is Host as the origin gets it; "" for a 403
		{"domain", edgesim.DefaultDomainName, "", edgesim.DefaultDomainName},
		{"domain-upper-case", strings.ToUpper(edgesim.DefaultDomainName), "names have no case", edgesim.DefaultDomainName},
		{"domain-port", edgesim.DefaultDomainName + ":8080", "", edgesim.DefaultDomainName},
		{"alias", "www.example.org", "", "www.example.org"},
		{"alias-port", "www.example.org:8080", "by a line in /etc/hosts", "www.example.org"},
		{"alias-wildcard", "shop.example.net", "alternate-domain-names-wildcard.html", "shop.example.net"},
		{"alias-wildcard-deep", "a.shop.example.net", "any name below it", "a.shop.example.net"},
		{"alias-wildcard-apex", "example.net", "the name itself is not below it", ""},
		{"alias-wildcard-end", "badexample.net", "", ""},
		{"another-distribution", "d222222secondary.cloudfront.net", "", ""},
		{"another-site", "www.example.edu", "", ""},
		{"another-site-port", "www.example.edu:8080", "a page that has its name resolve to 127.0.0.1 (DNS rebinding)", ""},
		{"alias-as-prefix", "www.example.org.evil.example.edu", "", ""},
		{"localhost", "localhost:8080", "RFC 6761 section 6.3", edgesim.DefaultDomainName},
		{"localhost-below", "app.localhost:8080", "RFC 6761 section 6.3", edgesim.DefaultDomainName},
		{"localhost-as-prefix", "localhost.example.edu", "", ""},
		{"localhost-dot", "localhost.", "fully qualified", edgesim.DefaultDomainName},
		{"loopback", "127.0.0.1:8080", "", edgesim.DefaultDomainName},
		{"loopback-other", "127.1.2.3", "RFC 1122 section 3.2.1.3", edgesim.DefaultDomainName},
		{"loopback-6", "[::1]:8080", "", edgesim.DefaultDomainName},
		{"loopback-6-no-port", "[::1]", "", edgesim.DefaultDomainName},
		{"unspecified", "0.0.0.0:8080", "browsers take it for this machine", edgesim.DefaultDomainName},
		{"private-10", "10.1.2.3:8080", "RFC 1918: a phone in the same network", edgesim.DefaultDomainName},
		{"private-172", "172.31.0.1:8080", "RFC 1918: a container", edgesim.DefaultDomainName},
		{"private-192", "192.168.1.2:8080", "RFC 1918", edgesim.DefaultDomainName},
		{"private-6", "[fd00::1]:8080", "RFC 4193", edgesim.DefaultDomainName},
		{"link-local", "[fe80::1]:8080", "", edgesim.DefaultDomainName},
		{"public-address", "198.51.100.1", "", ""},
		{"public-address-6", "[2001:db8::1]:8080", "", ""},
		{"machine", machine + ":8080", "", edgesim.DefaultDomainName},
		{"no-dot", "web:8080", "a container's name", edgesim.DefaultDomainName},
		{"mdns", "laptop.local:8080", "RFC 6762", edgesim.DefaultDomainName},
		{"test", "shop.test", "RFC 6761 section 6.2", edgesim.DefaultDomainName},
		{"internal", "host.docker.internal:8080", "ICANN: for private use", edgesim.DefaultDomainName},
		{"home", "laptop.home.arpa", "RFC 8375", edgesim.DefaultDomainName},
		{"httptest", "example.com", "what httptest.NewRequest gives", edgesim.DefaultDomainName},
		{"configured", "abc.tunnel.example.edu", "Config.LocalNames", edgesim.DefaultDomainName},
		{"configured-exact", "dev.example.edu:8443", "Config.LocalNames", edgesim.DefaultDomainName},
		{"configured-address", "203.0.113.7:8080", "Config.LocalNames", edgesim.DefaultDomainName},
		{"listening", "203.0.113.9:8080", "the address that the connection came to", edgesim.DefaultDomainName},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var seen string
			o := script(func(_ http.ResponseWriter, r *http.Request) { seen = r.Host })
			w := serving(t, o, nil, func(c *edgesim.Config) {
				c.Distribution.Aliases = []string{"www.example.org", "*.example.net"}
				c.LocalNames = []string{"*.tunnel.example.edu", "Dev.example.edu", "203.0.113.7"}
				c.Distribution.DefaultBehavior.OriginRequestPolicy = edgesim.HostHeaderOnly()
			})
			r := httptest.NewRequest("GET", "/", nil)
			r.Host = tc.host
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP("203.0.113.9"), Port: 8080}))
			resp, trace := w.Do(r)
			if seen != tc.seen {
				t.Errorf("the origin got Host %q, want %q (%s)", seen, tc.seen, tc.reason)
			}
			page := body(t, resp)
			if tc.seen == "" && (resp.StatusCode != 403 || !strings.Contains(page, "\nBad request.\n") || trace.Result != "Error from cloudfront" || !strings.Contains(trace.Reason, "LocalNames")) {
				t.Errorf("got %d, %s (%s), want CloudFront's 403\n%s", resp.StatusCode, trace.Result, trace.Reason, page)
			}
		})
	}
}

// TestAliasWithPort holds that a browser stays at an alias with the simulator's port, as at a local name.
func TestAliasWithPort(t *testing.T) {
	t.Parallel()
	w := serving(t, says(302, "Location", "https://www.example.org/next"), nil, func(c *edgesim.Config) {
		c.Distribution.Aliases = []string{"www.example.org"}
	})
	for host, want := range map[string]string{"www.example.org": "https://www.example.org/next", "www.example.org:8080": "http://www.example.org:8080/next"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		if resp, _ := w.Do(r); resp.Header.Get("Location") != want {
			t.Errorf("%s: got Location %q, want %q", host, resp.Header.Get("Location"), want)
		}
	}
}
