package evaluator_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

func TestBypassHosts(t *testing.T) {
	t.Parallel()
	const none, jsonp, library, public = "host-scripts", "bypass-jsonp", "bypass-library", "bypass-public-host"
	tests := []struct{ source, reason, want string }{
		{"a.example", "not known", none},
		{"unpkg.com", "", public},
		{"https://UNPKG.com:443/", "case, scheme, port and path of everything", public},
		{"unpkg.com:*", "", public},
		{"http://unpkg.com", "matches https too", public},
		{"unpkg.com:8443", "another server", none},
		{"ws://unpkg.com", "scripts do not come by ws", none},
		{"unpkg.com/react@18.2.0/umd/react.production.min.js", "one file", none},
		{"xunpkg.com", "another host", none},
		{"unpkg.com.a.example", "another host", none},
		{"cdn.jsdelivr.net", "", public},
		{"cdn.jsdelivr.net/npm/", "everything there", public},
		{"cdn.jsdelivr.net/npm/jquery@3.7.1/dist/jquery.min.js", "one file", none},
		{"cdn.jsdelivr.net/npm/angular@1.8.3/angular.min.js", "one file, which is AngularJS", library},
		{"cdnjs.cloudflare.com", "", library},
		{"cdnjs.cloudflare.com/ajax/libs/", "", library},
		{"cdnjs.cloudflare.com/ajax/libs/angular.js/1.8.2/angular.min.js", "one file, which is AngularJS", library},
		{"cdnjs.cloudflare.com/ajax/libs/jquery/", "another directory", none},
		{"cdnjs.cloudflare.com/ajax/libs/vue/", "takes 'unsafe-eval'", none},
		{"cdnjs.cloudflare.com/ajax/libs/vue/ 'unsafe-eval'", "", library},
		{"cdnjs.cloudflare.com/ajax/libs/vue/3.4.0/vue.global.js 'unsafe-eval'", "", library},
		{"*.googleapis.com", "below it are several", public},
		{"*.jsdelivr.net", "", public},
		{"*.cloudfront.net", "everybody can have one", public},
		{"d111111abcdef8.cloudfront.net", "one's own", none},
		{"*.s3.eu-central-1.amazonaws.com", "", public},
		{"bucket.s3.amazonaws.com", "one's own", none},
		{"s3.amazonaws.com", "", public},
		{"s3.amazonaws.com/bucket/", "one's own", none},
		{"*.me.github.io", "one's own", none},
		{"*.github.io", "", public},
		{"www.google.com", "", jsonp},
		{"www.google.com/complete/search", "", jsonp},
		{"www.google.com/recaptcha/", "another directory", none},
		{"api.github.com/users/", "every path takes callback", jsonp},
		{"en.wikipedia.org", "every host below it", jsonp},
		{"*.wikipedia.org/w/", "", jsonp},
		{"en.wikipedia.org/static/", "another directory", none},
		{"vimeo.com/api/oembed.json", "below the directory", jsonp},
	}
	for _, tt := range tests {
		p := parse("script-src " + tt.source + rest)
		var got []string
		for _, f := range evaluator.Evaluate(p, evaluator.Conditions{}) {
			if f.Code == none || strings.HasPrefix(f.Code, "bypass-") {
				got = append(got, f.Code)
			}
		}
		if !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%s: %s: got %q; want %q", tt.source, tt.reason, got, tt.want)
		}
	}
}

// TestBypassHostsTable holds the data to its form.
func TestBypassHostsTable(t *testing.T) {
	t.Parallel()
	if _, err := time.Parse("2006-01", evaluator.BypassHostsDate); err != nil {
		t.Error(err)
	}
	hosts := evaluator.BypassHosts()
	if len(hosts) < 80 {
		t.Errorf("got %d hosts; want the table", len(hosts))
	}
	seen := map[string]bool{}
	for _, h := range hosts {
		if seen[h.Host+h.Path] {
			t.Errorf("%s%s is there twice", h.Host, h.Path)
		}
		seen[h.Host+h.Path] = true
		if h.Why == "" || strings.HasSuffix(h.Why, ".") || h.Path != "" && h.Path[0] != '/' || h.Host != strings.ToLower(h.Host) {
			t.Errorf("%+v is not well formed", h)
		}
		if _, err := csp.ParseHost(strings.TrimPrefix(h.Host, ".") + h.Path); err != nil {
			t.Error(err)
		}
	}
}

// TestBypassHostsIndex compares the index of the table with a look at all of it.
func TestBypassHostsIndex(t *testing.T) {
	t.Parallel()
	found := 0
	for _, h := range evaluator.BypassHosts() {
		host := strings.TrimPrefix(h.Host, ".")
		_, parent, _ := strings.Cut(host, ".")
		for _, name := range []string{host, strings.ToUpper(host), "x." + host, "x.y." + host, "x" + host, "*." + host, "*.x." + host, "*." + parent, parent, host + "."} {
			for _, end := range []string{"", ":443" + h.Path, h.Path + "x", ":8443"} {
				for _, scheme := range []string{"", "https://", "ws://"} {
					source := scheme + name + end
					for _, eval := range []bool{false, true} {
						indexed, scanned := evaluator.FindBypass(source, eval)
						if indexed != scanned {
							t.Errorf("%s, eval %v: got %q; want %q", source, eval, indexed, scanned)
						}
						if scanned != "" {
							found++
						}
					}
				}
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d sources are in the table", found)
	}
}
