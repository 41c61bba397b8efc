package signedurl_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

const (
	site    = "https://" + edgesim.DefaultDomainName
	start   = "2026-11-22T11:00:00Z"
	now     = "2026-11-22T12:00:00Z"
	expires = "2026-11-22T13:00:00Z"
	viewer  = "203.0.113.7"
)

// A row is a call of AWS's library, and what it must be good for.
type row struct {
	name, key string
	cookies   bool
	args      map[string]any
	target    string // with cookies: what is asked for
	covers    string // another target that is allowed too, by a wildcard
	refused   string // why the trace says that it is not let in; "" when it is
}

// rows are the calls. A policy given as text is a custom one; with a start or an address range the library makes one by
// itself.
func rows() []row {
	until := func(more ...any) map[string]any {
		args := map[string]any{"dateLessThan": expires}
		for i := 0; i < len(more); i += 2 {
			args[more[i].(string)] = more[i+1]
		}
		return args
	}
	policy := func(resource string) string {
		return `{"Statement":[{"Resource":"` + resource + `","Condition":{"DateLessThan":{"AWS:EpochTime":1795352400}}}]}`
	}
	const film, star = site + "/films/a.mp4", "takes the star for a star"
	return []row{
		{name: "url-rsa", key: "rsa", args: until("url", film)},
		{name: "url-rsa-sha1", key: "rsa", args: until("url", film, "algorithm", "SHA1")},
		{name: "url-rsa-sha256", key: "rsa", args: until("url", film, "algorithm", "SHA256")},
		{name: "url-ec", key: "ec", args: until("url", film)},
		{name: "url-ec-sha256", key: "ec", args: until("url", film, "algorithm", "SHA256")},
		{name: "url-query", key: "ec", args: until("url", film+"?size=large&license=yes")},
		{name: "url-escapes", key: "ec", args: until("url", site+"/films/Zürich (1)'*~.mp4?q=a+b%2f&r=é!&'()")},
		{name: "url-start", key: "rsa", args: until("url", film, "dateGreaterThan", start)},
		{name: "url-address", key: "ec", args: until("url", film, "ipAddress", viewer)},
		{name: "url-range-sha256", key: "ec", args: until("url", film, "ipAddress", "203.0.113.0/24", "algorithm", "SHA256")},
		{name: "url-start-query", key: "ec", args: until("url", film+"?size=large", "dateGreaterThan", start)},
		{name: "url-policy", key: "rsa", args: map[string]any{"url": film, "policy": policy(site + "/films/*")}, covers: "/films/b/c.mp4?d=e"},
		{name: "url-policy-query", key: "ec", args: map[string]any{"url": film + "?size=large", "policy": policy(site + `/films/a.mp4\\?size=*`)}, covers: "/films/a.mp4?size=small"},
		{name: "url-http", key: "ec", args: until("url", "http://"+edgesim.DefaultDomainName+"/films/a.mp4"), target: "/films/a.mp4", refused: `is one of "http://`},
		{name: "url-star", key: "ec", args: until("url", site+"/films/*")},
		{name: "cookies-rsa", key: "rsa", cookies: true, args: until("url", film), target: "/films/a.mp4"},
		{name: "cookies-ec-sha256", key: "ec", cookies: true, args: until("url", film, "algorithm", "SHA256"), target: "/films/a.mp4"},
		{name: "cookies-start", key: "rsa", cookies: true, args: until("url", site+"/films/*", "dateGreaterThan", start), target: "/films/a.mp4", covers: "/films/b/c.mp4?d=e"},
		{name: "cookies-range", key: "ec", cookies: true, args: until("url", site+"/films/*", "ipAddress", "203.0.113.0/24"), target: "/films/a.mp4", covers: "/films/"},
		{name: "cookies-policy", key: "ec", cookies: true, args: map[string]any{"policy": policy(site + "/films/*"), "algorithm": "SHA256"}, target: "/films/a.mp4", covers: "/films/b"},
		{name: "cookies-star", key: "rsa", cookies: true, args: until("url", site+"/films/*"), target: "/films/a.mp4", refused: star},
		{name: "cookies-star-site", key: "ec", cookies: true, args: until("url", "https://*"), target: "/films/a.mp4", refused: star},
		{name: "cookies-star-itself", key: "ec", cookies: true, args: until("url", site+"/films/*"), target: "/films/*"},
	}
}

// A request is a signed request in parts: a query string, or cookies, with the parameters of the signature in both.
type request struct {
	base    string
	pairs   [][2]string // of the query string
	cookies map[string]string
	at      string
	address string
}

func (q request) clone() request {
	q.pairs, q.cookies = slices.Clone(q.pairs), maps.Clone(q.cookies)
	return q
}

func (q request) http() *http.Request {
	target := q.base
	for i, p := range q.pairs {
		target += map[bool]string{true: "?", false: "&"}[i == 0] + p[0] + "=" + p[1]
	}
	r := httptest.NewRequest("GET", target, nil)
	r.Header.Set("X-Mock-CloudFront-Viewer-Address", q.address)
	for name, value := range q.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return r
}

// request is the signed request of a row.
func (r *row) request(t *testing.T, signed json.RawMessage) request {
	q := request{at: now, address: viewer + ":4711"}
	target := site + r.target
	if r.cookies {
		if err := json.Unmarshal(signed, &q.cookies); err != nil {
			t.Fatal(err)
		}
	} else if err := json.Unmarshal(signed, &target); err != nil {
		t.Fatal(err)
	}
	base, query, _ := strings.Cut(strings.Replace(target, "http://", "https://", 1), "?")
	q.base = base
	for pair := range strings.SplitSeq(query, "&") {
		if name, value, found := strings.Cut(pair, "="); found { // the library writes a "=" for every parameter
			q.pairs = append(q.pairs, [2]string{name, value})
		}
	}
	return q
}

// signature are the parameters that are not the site's own.
var signature = map[string]bool{"Expires": true, "Policy": true, "Signature": true, "Key-Pair-Id": true, "Hash-Algorithm": true}

// changes are the same request with one thing changed, by what it is.
func (r *row) changes(q request) map[string]request {
	all := map[string]request{}
	with := func(name string, change func(*request)) {
		c := q.clone()
		change(&c)
		all[name] = c
	}
	for i, p := range q.pairs {
		if r.covers != "" && !signature[p[0]] {
			continue
		}
		with("without "+p[0], func(c *request) { c.pairs = slices.Delete(c.pairs, i, i+1) })
		with("other "+p[0], func(c *request) { c.pairs[i][1] = other(p[1]) })
	}
	for name, value := range q.cookies {
		with("without "+name, func(c *request) { delete(c.cookies, name) })
		with("other "+name, func(c *request) { c.cookies[name] = other(value) })
	}
	with("elsewhere", func(c *request) { c.base = site + "/elsewhere" })
	with("expired", func(c *request) { c.at = expires })
	if r.covers == "" {
		with("more query", func(c *request) { c.pairs = append(c.pairs, [2]string{"more", "1"}) })
	}
	if r.args["dateGreaterThan"] != nil {
		with("not yet", func(c *request) { c.at = start })
	}
	if r.args["ipAddress"] != nil {
		with("other viewer", func(c *request) { c.address = "198.51.100.1:4711" })
	}
	if _, own := r.args["algorithm"]; !own || r.args["algorithm"] == "SHA1" {
		if r.cookies {
			with("other hash", func(c *request) { c.cookies["CloudFront-Hash-Algorithm"] = "SHA256" })
		} else {
			with("other hash", func(c *request) { c.pairs = append(c.pairs, [2]string{"Hash-Algorithm", "SHA256"}) })
		}
	}
	return all
}

// other changes the character in the middle.
func other(value string) string {
	if value == "" {
		return "1"
	}
	b := []byte(value)
	i := len(b) / 2
	b[i] = map[bool]byte{true: '2', false: '1'}[b[i] == '1']
	return string(b)
}

// judge holds the laws for every row.
func (rec *record) judge(t *testing.T) {
	groups := rec.groups(t)
	for _, row := range rows() {
		t.Run(row.name, func(t *testing.T) {
			signed, ok := rec.Signed[row.name]
			if !ok {
				t.Fatal("not among what the library signed: go test -run Library -update")
			}
			q := row.request(t, signed)
			switch status, why := serve(t, groups, q); {
			case row.refused != "":
				if status != 403 || !strings.Contains(why, row.refused) {
					t.Errorf("got %d, %s; want 403 with %q", status, why, row.refused)
				}
				return
			case status != 200:
				t.Fatalf("got %d: %s", status, why)
			}
			for name, c := range row.changes(q) {
				if status, _ := serve(t, groups, c); status == 200 {
					t.Errorf("%s: let in", name)
				}
			}
			if row.covers != "" {
				c := q.clone()
				u, _ := url.Parse(site + row.covers)
				own := strings.Count(row.target+fmt.Sprint(row.args["url"]), "?size=")
				c.base, c.pairs = site+u.Path, c.pairs[own:]
				for name, value := range u.Query() {
					c.pairs = append(c.pairs, [2]string{name, value[0]})
				}
				if status, why := serve(t, groups, c); status != 200 {
					t.Errorf("%s: got %d: %s", row.covers, status, why)
				}
			}
		})
	}
}

// serve asks a distribution that trusts the groups.
func serve(t *testing.T, groups []edgesim.KeyGroup, q request) (int, string) {
	t.Helper()
	at, err := time.Parse(time.RFC3339, q.at)
	if err != nil {
		t.Fatal(err)
	}
	sim, err := edgesim.New(edgesim.Config{Clock: func() time.Time { return at }, Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
		Origin:           &edgesim.CustomOrigin{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})},
		TrustedKeyGroups: groups,
	}}})
	if err != nil {
		t.Fatal(err)
	}
	resp, trace := sim.Do(q.http())
	return resp.StatusCode, trace.Reason
}
