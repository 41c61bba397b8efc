// Package githubapi plays the part of GitHub's REST API that the demo asks, so that the demo works without
// a network and its Content-Security-Policy is tried across origins.
//
// It knows a few users, each to show one thing; see [Guests].
package githubapi

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Handler returns the API. baseURL is the address under which the browser reaches it, such as
// "http://localhost:43210"; the users' avatars are there too.
func Handler(baseURL string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{login}", func(w http.ResponseWriter, r *http.Request) { serveUser(w, r, baseURL) })
	mux.HandleFunc("GET /avatars/{file}", serveAvatar)
	mux.HandleFunc("/", notFound)
	return crossOrigin(mux)
}

// slowness is how long the slow user takes: long enough to see that the page waits.
const slowness = 2 * time.Second

func serveUser(w http.ResponseWriter, r *http.Request, baseURL string) {
	login := strings.ToLower(r.PathValue("login"))
	switch login {
	case "limited":
		primaryLimit(w)
		return
	case "throttled":
		secondaryLimit(w)
		return
	case "slow":
		select {
		case <-time.After(slowness):
		case <-r.Context().Done():
			return
		}
	}
	guest, ok := guestNamed(login)
	if !ok {
		notFound(w, r)
		return
	}
	rateHeaders(w.Header(), 59, time.Now().Add(time.Hour))
	answer(w, http.StatusOK, guest.user(baseURL))
}

// crossOrigin adds what GitHub's API sends so that any page may read its answers.
// https://docs.github.com/en/rest/using-the-rest-api/using-cors-and-jsonp-to-make-cross-origin-requests
func crossOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-GitHub-Media-Type, X-GitHub-Request-Id")
		h.Set("X-Content-Type-Options", "nosniff")
		if r.Method == http.MethodOptions {
			h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features, X-GitHub-Api-Version")
			h.Set("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE")
			h.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusNotFound, problem{Message: "Not Found", Status: "404"})
}

// primaryLimit says that no request is left in this hour.
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
func primaryLimit(w http.ResponseWriter) {
	rateHeaders(w.Header(), 0, time.Now().Add(42*time.Minute))
	answer(w, http.StatusForbidden, problem{Message: "API rate limit exceeded for 192.0.2.1.", Status: "403"})
}

// secondaryLimit says that the requests come too fast.
func secondaryLimit(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "60")
	rateHeaders(w.Header(), 41, time.Now().Add(time.Hour))
	answer(w, http.StatusTooManyRequests, problem{Message: "You have exceeded a secondary rate limit.", Status: "429"})
}

// rateHeaders sets the limit of a client without a token: 60 requests an hour.
func rateHeaders(h http.Header, remaining int, reset time.Time) {
	const limit = 60
	h.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	h.Set("X-RateLimit-Used", strconv.Itoa(limit-remaining))
	h.Set("X-RateLimit-Resource", "core")
	h.Set("X-RateLimit-Reset", strconv.FormatInt(reset.Unix(), 10))
}

// A problem is GitHub's body of an answer that is an error.
type problem struct {
	Message          string `json:"message"`
	DocumentationURL string `json:"documentation_url"`
	Status           string `json:"status"`
}

func answer(w http.ResponseWriter, status int, body any) {
	if p, ok := body.(problem); ok {
		p.DocumentationURL = "https://docs.github.com/rest"
		body = p
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// An error here means that the browser has gone away.
	_ = json.NewEncoder(w).Encode(body)
}
