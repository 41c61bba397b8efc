package edgesim_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
)

const distribution = "https://" + edgesim.DefaultDomainName

// newSigner makes a key of a minute's life, and the group that trusts it.
func newSigner(t testing.TB, id string) (*signedurl.Signer, edgesim.KeyGroup) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &signedurl.Signer{KeyPairID: id, Key: key}, edgesim.KeyGroup{Name: "editors", Keys: []edgesim.PublicKey{{ID: id, Key: key.Public()}}}
}

// private is a world that serves signed requests only.
func private(t testing.TB, group edgesim.KeyGroup, change ...func(*edgesim.Config)) *world {
	t.Helper()
	trust := func(c *edgesim.Config) {
		c.Distribution.DefaultBehavior.TrustedKeyGroups = []edgesim.KeyGroup{group}
		c.Distribution.DefaultBehavior.CachePolicy.QueryStrings = edgesim.All()
	}
	return serving(t, says(200), caching(0, 60, 60), append([]func(*edgesim.Config){trust}, change...)...)
}

// must takes the error off what a signer gave.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// TestSignature holds which requests are let in, and the answers to those that are not. The messages are those of the
// knowledge center's article cloudfront-troubleshoot-signed-url-cookies and of public reports.
func TestSignature(t *testing.T) {
	t.Parallel()
	signer, group := newSigner(t, "K1EXAMPLE")
	stranger, _ := newSigner(t, "K2EXAMPLE")
	impostor, _ := newSigner(t, "K1EXAMPLE")
	w := private(t, group)
	hour := signedurl.Policy{Expires: w.clock.now.Add(time.Hour)}
	from := func(s string) signedurl.Policy {
		return signedurl.Policy{Expires: hour.Expires, Source: netip.MustParsePrefix(s)}
	}
	good := must(signer.URL(distribution+"/a", hour))
	custom := must(signer.URL(distribution+"/a", from("192.0.2.0/24")))
	over := must(signer.URL(distribution+"/a", signedurl.Policy{Expires: w.clock.now}))
	future := must(signer.URL(distribution+"/a", signedurl.Policy{Expires: hour.Expires, NotBefore: w.clock.now}))
	edit := func(raw, name string, change func(string) string) string {
		u := must(url.Parse(raw))
		var pairs []string
		for pair := range strings.SplitSeq(u.RawQuery, "&") {
			if key, value, _ := strings.Cut(pair, "="); key == name {
				if value = change(value); value == "" {
					continue
				}
				pair = key + "=" + value
			}
			pairs = append(pairs, pair)
		}
		u.RawQuery = strings.Join(pairs, "&")
		return u.String()
	}
	drop := func(string) string { return "" }
	is := func(value string) func(string) string { return func(string) string { return value } }
	policy := func(text string) string {
		return strings.NewReplacer("+", "-", "=", "_", "/", "~").Replace(base64.StdEncoding.EncodeToString([]byte(text)))
	}
	tests := []struct{ name, reason, target, code, message, why string }{
		{"signed", "", good, "", "", ""},
		{"custom", "", custom, "", "", ""},
		{"own-parameters-behind", "in certain rare circumstances, you might need to put your query string parameters after Key-Pair-Id",
			strings.Replace(must(signer.URL(distribution+"/a?b=c", hour)), "?b=c&", "?", 1) + "&b=c", "", "", ""},
		{"escaped-tilde", "some libraries escape what need not be", edit(good, "Signature", strings.NewReplacer("-", "%2D", "~", "%7E", "_", "%5F").Replace), "", "", ""},
		{"expires-beside-policy", "aws-cloudfront-sign writes both; the policy counts", custom + "&Expires=1", "", "", ""},
		{"nothing", "", distribution + "/a", "MissingKey", "Missing Key-Pair-Id query parameter or cookie value", "neither a signed URL nor signed cookies"},
		{"empty-key", "missing or empty Key-Pair-Id", edit(good, "Key-Pair-Id", drop) + "&Key-Pair-Id=", "MissingKey", "Missing Key-Pair-Id query parameter or cookie value", "no Key-Pair-Id in the URL"},
		{"own-expires", "CloudFront assumes that URLs that contain any of those parameters are signed URLs", distribution + "/a?Expires=1", "MissingKey",
			"Missing Key-Pair-Id query parameter or cookie value", "another parameter of a signed URL"},
		{"unknown-key", "can't verify signer information through Key-Pair-ID", must(stranger.URL(distribution+"/a", hour)), "InvalidKey", "Unknown Key", `"K2EXAMPLE"; trusted are K1EXAMPLE`},
		{"other-key", "", must(impostor.URL(distribution+"/a", hour)), "AccessDenied", "Access denied", "is not one of"},
		{"no-signature", "", edit(good, "Signature", drop), "MissingSignature", "Missing Signature query parameter or cookie value", "without a Signature"},
		{"plain-base64", "replace characters that are invalid in a URL query string", edit(good, "Signature", func(s string) string { return s + "=" }), "MalformedSignature",
			"Could not unencode Signature", `"-" for "+"`},
		{"no-policy", "aws-sdk-js-v3 issue 4516", edit(good, "Expires", drop), "MalformedPolicy", "Malformed Policy", "neither Expires nor Policy"},
		{"milliseconds", "aws-sdk-js issue 2236", edit(good, "Expires", is("1795352400000")), "MalformedPolicy", "Malformed Policy", "milliseconds"},
		{"words", "", edit(good, "Expires", is("tomorrow")), "MalformedPolicy", "Malformed Policy", "digits"},
		{"policy-not-base64", "", edit(custom, "Policy", is("{}")), "MalformedPolicy", "Malformed Policy", "Policy is not base64"},
		{"policy-changed", "", edit(custom, "Policy", is(policy(`{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":2000000000}}}]}`))),
			"AccessDenied", "Access denied", "is not one of this policy"},
		{"expired", "", over, "AccessDenied", "Access denied", "expired 0s ago, at 2026-11-22T12:00:00Z"},
		{"not-yet", "not allowed to access the file on or before the specified date and time", future, "AccessDenied", "Access denied", "not valid before 2026-11-22T12:00:01Z, in 1s"},
		{"elsewhere", "", must(signer.URL(distribution+"/a", from("198.51.100.0/24"))), "AccessDenied", "Access denied", "from 198.51.100.0/24, this one comes from 192.0.2.1"},
		{"query-added", "if you add a query string to a signed URL after signing it, the URL returns an HTTP 403 status", good + "&b=c", "AccessDenied", "Access denied",
			`one of "` + distribution + `/a", the request for "` + distribution + `/a?b=c"`},
		{"by-http", "", must(signer.URL("http://"+edgesim.DefaultDomainName+"/a", hour)), "AccessDenied", "Access denied", `one of "http://`},
		{"hash-not-said", "", edit(must((&signedurl.Signer{KeyPairID: signer.KeyPairID, Key: signer.Key, SHA256: true}).URL(distribution+"/a", hour)), "Hash-Algorithm", drop),
			"AccessDenied", "Access denied", "made with SHA256, and Hash-Algorithm says SHA1"},
		{"hash-unknown", "supported values are SHA1 and SHA256", good + "&Hash-Algorithm=sha256", "AccessDenied", "Access denied", `got "sha256"`},
		{"twice", "", good + "&Expires=1", "AccessDenied", "Access denied", "Expires stands twice"},
		{"resource", "", must(signer.URL(distribution+"/a", signedurl.Policy{Resource: distribution + "/b/*", Expires: hour.Expires})), "AccessDenied", "Access denied", `/b/*", the request for`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			resp, trace := w.Do(httptest.NewRequest("GET", tc.target, nil))
			body := must(io.ReadAll(resp.Body))
			if tc.code == "" {
				if resp.StatusCode != 200 {
					t.Errorf("got %d, %q: %s", resp.StatusCode, trace.Reason, tc.reason)
				}
				return
			}
			want := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>%s</Message></Error>`, tc.code, tc.message)
			if diff := cmp.Diff(want, string(body)); diff != "" || resp.StatusCode != 403 || resp.Header.Get("X-Cache") != "Error from cloudfront" ||
				resp.Header.Get("Content-Type") != "text/xml" {
				t.Errorf("got %d with %v (-want +got):\n%s%s", resp.StatusCode, resp.Header, diff, tc.reason)
			}
			if !strings.HasPrefix(trace.Reason, tc.code+": ") || !strings.Contains(trace.Reason, tc.why) {
				t.Errorf("got the reason %q, want %q in it", trace.Reason, tc.why)
			}
			if tc.name == "nothing" && resp.ContentLength != 146 {
				t.Errorf("got %d bytes, want 146: what a report of 20 August 2018 shows", resp.ContentLength)
			}
		})
	}
}

// TestSignedRequest holds what the rest of the way sees of a signed request: nothing of the URL's parameters
// (QueryStringParameters.html), and cookies that are not in the cache key (private-content-signed-cookies.html).
func TestSignedRequest(t *testing.T) {
	t.Parallel()
	const shown, cookies = "b=c&Expires=", "CloudFront-Key-Pair-Id=K1EXAMPLE; CloudFront-Policy="
	tests := []struct {
		name                     string
		unknowns                 edgesim.Unknowns
		function, origin, cookie string // what the viewer-request function and the origin see begins so
	}{
		{"default", edgesim.Unknowns{}, "b=c", "/a?b=c", cookies},
		{"seen-by-viewer-request", edgesim.Unknowns{SignatureInViewerRequest: true}, shown, "/a?b=c", cookies},
		{"cookies-dropped", edgesim.Unknowns{DropSignedCookies: true}, "b=c", "/a?b=c", "own=1"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			signer, group := newSigner(t, "K1EXAMPLE")
			var function, atOrigin, cookie string
			o := &origin{serve: func(_ int64, w http.ResponseWriter, r *http.Request) {
				atOrigin, cookie = r.RequestURI, r.Header.Get("Cookie")
			}}
			w := private(t, group, func(c *edgesim.Config) {
				b := &c.Distribution.DefaultBehavior
				b.Origin, b.CachePolicy.Cookies, c.Unknowns = &edgesim.CustomOrigin{Handler: o}, edgesim.All(), tc.unknowns
				b.Functions = edgesim.Associate(&edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
					function = r.QueryString
					return r, nil
				}})
			})
			for i, expires := range []time.Duration{time.Hour, 2 * time.Hour} {
				_, trace := w.Do(httptest.NewRequest("GET", must(signer.URL(distribution+"/a?b=c", signedurl.Policy{Expires: w.clock.now.Add(expires)})), nil))
				if i == 1 && trace.Cache.Result != "hit" {
					t.Errorf("got %s under %s, want a hit", trace.Cache.Result, trace.Cache.Key)
				}
			}
			if !strings.HasPrefix(function, tc.function) || tc.function == "b=c" && function != "b=c" || atOrigin != tc.origin {
				t.Errorf("viewer-request saw %q, the origin %q; want %q and %q", function, atOrigin, tc.function, tc.origin)
			}
			for i, expires := range []time.Duration{time.Hour, 2 * time.Hour} {
				r := httptest.NewRequest("GET", distribution+"/b", nil)
				r.AddCookie(&http.Cookie{Name: "own", Value: "1"})
				for _, c := range must(signer.Cookies(signedurl.Policy{Resource: distribution + "/*", Expires: w.clock.now.Add(expires)})) {
					r.AddCookie(c)
				}
				if _, trace := w.Do(r); i == 1 && trace.Cache.Result != "hit" {
					t.Errorf("with cookies: got %s under %s, want a hit", trace.Cache.Result, trace.Cache.Key)
				}
			}
			if !strings.HasPrefix(cookie, tc.cookie) || tc.unknowns.DropSignedCookies && cookie != tc.cookie {
				t.Errorf("the origin got the cookies %q, want %q", cookie, tc.cookie)
			}
		})
	}
}

// TestUnsigned holds that a refused request goes no further, that a custom error page takes the place of the XML (as
// sites do that send the viewer to a login page), and that other behaviours serve without signature.
func TestUnsigned(t *testing.T) {
	t.Parallel()
	_, group := newSigner(t, "K1EXAMPLE")
	w := private(t, group, func(c *edgesim.Config) {
		d := &c.Distribution
		d.Behaviors = []edgesim.Behavior{{PathPattern: "/login*", Origin: d.DefaultBehavior.Origin, CachePolicy: edgesim.CachingDisabled()}}
		d.DefaultBehavior.Functions.ViewerRequest.Function = returns("null")
	})
	_, trace := w.Do(httptest.NewRequest("GET", distribution+"/a", nil))
	if diff := cmp.Diff([]edgesim.StageName{edgesim.StageViewer, edgesim.StageReply}, trace.Way()); diff != "" || w.origin.calls.Load() != 0 {
		t.Errorf("way (-want +got):\n%s", diff)
	}
	resp, _ := w.Do(httptest.NewRequest("GET", distribution+"/login?Expires=1", nil))
	if resp.StatusCode != 200 {
		t.Errorf("a behaviour without key groups: got %d", resp.StatusCode)
	}
	paged := private(t, group, func(c *edgesim.Config) {
		c.Distribution.ErrorResponses = []edgesim.ErrorResponse{{Status: 403, PagePath: "/login.html", ResponseCode: 401}}
	})
	resp, trace = paged.Do(httptest.NewRequest("GET", distribution+"/a?Signature=x", nil))
	if body := string(must(io.ReadAll(resp.Body))); resp.StatusCode != 401 || body != "1" || !trace.Ran(edgesim.StageErrorPage) {
		t.Errorf("with a custom error page: got %d, %q", resp.StatusCode, body)
	}
}

// TestSignedLocally holds that a page on this machine may sign its own address, and that the trace says what CloudFront
// wants.
func TestSignedLocally(t *testing.T) {
	t.Parallel()
	signer, group := newSigner(t, "K1EXAMPLE")
	w := private(t, group)
	for _, resource := range []string{"", "http://localhost:8080/*"} {
		p := signedurl.Policy{Resource: resource, Expires: w.clock.now.Add(time.Hour)}
		resp, trace := w.Do(httptest.NewRequest("GET", must(signer.URL("http://localhost:8080/a", p)), nil))
		if notes := strings.Join(trace.Stages[0].Notes, "\n"); resp.StatusCode != 200 || !strings.Contains(notes, "at CloudFront it has to be "+distribution) {
			t.Errorf("%q: got %d: %s\n%s", resource, resp.StatusCode, trace.Reason, notes)
		}
	}
}

// TestKeyGroups holds what New says of keys.
func TestKeyGroups(t *testing.T) {
	t.Parallel()
	_, good := newSigner(t, "K1")
	_, other := newSigner(t, "K1")
	wrong := must(ecdsa.GenerateKey(elliptic.P384(), rand.Reader))
	small := &rsa.PublicKey{N: big.NewInt(77), E: 65537}
	for _, tc := range []struct {
		name, want string
		keys       []edgesim.PublicKey
	}{
		{"none", "TrustedKeyGroups[0]: no keys", nil},
		{"no-id", "Keys[0]: ID: missing", []edgesim.PublicKey{{Key: good.Keys[0].Key}}},
		{"no-key", "Keys[0]: no key; CloudFront takes RSA with 2048 bits", []edgesim.PublicKey{{ID: "K1"}}},
		{"private", "a *ecdsa.PrivateKey", []edgesim.PublicKey{{ID: "K1", Key: wrong}}},
		{"curve", "another curve than P-256", []edgesim.PublicKey{{ID: "K1", Key: wrong.Public()}}},
		{"length", "another length than 2048 bits", []edgesim.PublicKey{{ID: "K1", Key: small}}},
		{"two-of-an-id", `Keys[1]: a second key with the id "K1"`, []edgesim.PublicKey{good.Keys[0], other.Keys[0]}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
				Origin: &edgesim.CustomOrigin{Handler: http.NotFoundHandler()}, TrustedKeyGroups: []edgesim.KeyGroup{{Keys: tc.keys}},
			}}})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}
