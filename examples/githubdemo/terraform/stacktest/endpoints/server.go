package endpoints

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"sync"
)

// account is the one that everything lies in.
const account = "111122223333"

// A Server is one account, empty at first. It is safe for concurrent use.
type Server struct {
	mu       sync.Mutex
	count    int // of what was made, for identifiers
	watching bool
	calls    map[string]bool
	unknown  []string
	outages  []string

	roles         map[string]*role
	functions     map[string]*function
	groups        map[string]map[string]any // by region and name
	controls      map[string]*document      // origin access controls
	distributions map[string]*document
	buckets       map[string]*bucket
}

// New returns a server without anything in it.
func New() *Server {
	return &Server{
		calls: map[string]bool{}, roles: map[string]*role{}, functions: map[string]*function{}, groups: map[string]map[string]any{},
		controls: map[string]*document{}, distributions: map[string]*document{}, buckets: map[string]*bucket{},
	}
}

// A call is a request to one of the services.
type call struct {
	*http.Request
	service, region string
	body            []byte
}

// An answer is what a service says: the IAM action that the call needs, and the response.
type answer struct {
	action string // such as s3:GetObject; "" for a call that is not known
	status int    // 0 is 200
	header map[string]string
	body   string
}

// scope finds region and service in a signature's credential scope.
var scope = regexp.MustCompile(`Credential=[^/]+/[0-9]+/([^/]+)/([^/]+)/aws4_request`)

// ServeHTTP answers a signed request of any of the services; which one it is for, the signature's scope tells.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<20))
	found := scope.FindStringSubmatch(r.Header.Get("Authorization"))
	if err != nil || found == nil {
		http.Error(w, "not a signed request", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	services := map[string]func(call) answer{"iam": s.iam, "lambda": s.lambda, "cloudfront": s.cloudFront, "s3": s.s3, "logs": s.logs}
	a := answer{}
	if serve := services[found[2]]; serve != nil {
		a = serve(call{Request: r, service: found[2], region: found[1], body: body})
	}
	if a.action == "" {
		s.unknown = append(s.unknown, fmt.Sprintf("%s %s %s %s", found[2], r.Method, r.URL, r.Header.Get("X-Amz-Target")))
		http.Error(w, "the stand-in does not know this call", http.StatusNotImplemented)
		return
	}
	s.calls[a.action] = true
	s.watch(a.action)
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(cmp.Or(a.status, http.StatusOK))
	_, _ = io.WriteString(w, a.body) // a client that has gone needs no answer
}

// id returns an identifier that no other thing has.
func (s *Server) id(prefix string) string {
	s.count++
	return fmt.Sprintf("%s%06d", prefix, s.count)
}

// Watch makes the server look after every call whether viewers are served, until it is called with false.
func (s *Server) Watch(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watching = on
}

// Outages returns after which calls a distribution could not serve, and why.
func (s *Server) Outages() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.outages)
}

// Unknown returns the calls that the server had no answer for.
func (s *Server) Unknown() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.unknown)
}

// Actions returns the IAM actions that were needed so far, sorted.
func (s *Server) Actions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sorted(s.calls)
}
