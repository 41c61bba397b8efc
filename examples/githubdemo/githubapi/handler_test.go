package githubapi_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/edgehelpers/lambdaedge/examples/githubdemo/githubapi"
)

const baseURL = "http://localhost:43210"

func get(t *testing.T, method, target string) *http.Response {
	t.Helper()
	recorder := httptest.NewRecorder()
	githubapi.Handler(baseURL).ServeHTTP(recorder, httptest.NewRequest(method, target, nil))
	return recorder.Result()
}

func TestAnswers(t *testing.T) {
	tests := []struct {
		name, method, target string
		status               int
		body                 string // must be in the body
		reason               string
	}{
		{"user", "GET", "/users/octocat", 200, `"login":"octocat"`, "a known user"},
		{"other-case", "GET", "/users/OctoCat", 200, `"login":"octocat"`, "GitHub's names are the same in any case"},
		{"empty-fields", "GET", "/users/hubot", 200, `"name":null,"company":null,"blog":""`, "an empty field is null, but blog is an empty string"},
		{"unknown", "GET", "/users/nobody-here", 404, `"message":"Not Found"`, "an unknown user"},
		{"markup", "GET", "/users/%3Cimg%20src=x%20onerror=alert(1)%3E", 404, `"message":"Not Found"`, "a name is only ever compared"},
		{"limited", "GET", "/users/limited", 403, `rate limit exceeded`, "the primary rate limit"},
		{"throttled", "GET", "/users/throttled", 429, `secondary rate limit`, "the secondary rate limit"},
		{"elsewhere", "GET", "/repos/x/y", 404, `"message":"Not Found"`, "the demo asks for users only"},
		{"root", "GET", "/", 404, `"message":"Not Found"`, "so is the root"},
		{"preflight", "OPTIONS", "/users/octocat", 204, "", "a browser asks before a request with unusual headers"},
		{"avatar", "GET", "/avatars/octocat.svg", 200, "<svg ", "every user has a picture"},
		{"unknown-avatar", "GET", "/avatars/nobody.svg", 404, "Not Found", "and nobody else"},
		{"other-picture", "GET", "/avatars/octocat.png", 404, "Not Found", "in this format only"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response := get(t, test.method, test.target)
			body, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != test.status || !strings.Contains(string(body), test.body) {
				t.Errorf("%s %s: status %d, body %s; want %d with %s (%s)", test.method, test.target, response.StatusCode, body, test.status, test.body, test.reason)
			}
			if got := response.Header.Get("Access-Control-Allow-Origin"); got != "*" {
				t.Errorf("Access-Control-Allow-Origin = %q; want *, or the page sees no answer at all", got)
			}
		})
	}
}

func TestRateLimitsSayWhenToComeBack(t *testing.T) {
	limited := get(t, "GET", "/users/limited").Header
	if got := limited.Get("X-RateLimit-Remaining"); got != "0" {
		t.Errorf("limited: X-RateLimit-Remaining = %q; want 0", got)
	}
	reset, err := strconv.ParseInt(limited.Get("X-RateLimit-Reset"), 10, 64)
	if wait := time.Until(time.Unix(reset, 0)); err != nil || wait < time.Minute || wait > time.Hour {
		t.Errorf("limited: X-RateLimit-Reset is %v away (%v); want within the hour", wait, err)
	}
	if got := get(t, "GET", "/users/throttled").Header.Get("Retry-After"); got != "60" {
		t.Errorf("throttled: Retry-After = %q; want 60", got)
	}
	exposed := limited.Get("Access-Control-Expose-Headers")
	for _, name := range []string{"X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After"} {
		if !strings.Contains(exposed, name) {
			t.Errorf("Access-Control-Expose-Headers = %q; want %s in it, or a script cannot read it", exposed, name)
		}
	}
}

// Every guest has an answer that is JSON and an avatar that is XML and at the API's own address.
func TestGuests(t *testing.T) {
	if len(githubapi.Guests()) < 3 {
		t.Fatalf("%d guests; want a few", len(githubapi.Guests()))
	}
	synctest.Test(t, func(t *testing.T) { // one of them is slow
		for _, guest := range githubapi.Guests() {
			var user struct {
				Login     string
				AvatarURL string `json:"avatar_url"`
			}
			if err := json.NewDecoder(get(t, "GET", "/users/"+guest.Login).Body).Decode(&user); err != nil {
				t.Fatal(err)
			}
			path, ours := strings.CutPrefix(user.AvatarURL, baseURL)
			if user.Login != guest.Login || !ours {
				t.Fatalf("got %+v; want login %q and an avatar below %s", user, guest.Login, baseURL)
			}
			avatar := get(t, "GET", path)
			if err := xml.NewDecoder(avatar.Body).Decode(new(struct{})); err != nil || avatar.Header.Get("Content-Type") != "image/svg+xml" {
				t.Errorf("avatar of %s: %v, Content-Type %q; want XML as image/svg+xml", guest.Login, err, avatar.Header.Get("Content-Type"))
			}
		}
	})
}

func TestSlowGuestIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		get(t, "GET", "/users/slow")
		if took := time.Since(start); took < time.Second {
			t.Errorf("took %v; want long enough for a person to see the page wait", took)
		}
	})
}
