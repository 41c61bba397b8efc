package endpoints

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
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
	refused  map[string]answer // by action

	roles         map[string]*role
	functions     map[string]*function
	groups        map[string]map[string]any       // by region and name
	documents     map[string]map[string]*document // of CloudFront, by kind and id
	edgeFunctions map[string]*edgeFunction
	buckets       map[string]*bucket
}

// New returns a server without anything in it.
func New() *Server {
	s := &Server{
		calls: map[string]bool{}, refused: map[string]answer{}, roles: map[string]*role{}, functions: map[string]*function{}, groups: map[string]map[string]any{},
		documents: map[string]map[string]*document{}, edgeFunctions: map[string]*edgeFunction{}, buckets: map[string]*bucket{},
	}
	for _, kind := range kinds {
		s.documents[kind] = map[string]*document{}
	}
	return s
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
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(cmp.Or(a.status, http.StatusOK))
	_, _ = io.WriteString(w, a.body) // a client that has gone needs no answer
}

// id returns an identifier that no other thing has.
func (s *Server) id(prefix string) string {
	s.count++
	return fmt.Sprintf("%s%06d", prefix, s.count)
}

// Refuse makes CloudFront answer an action, such as UpdateDistribution, with a 400 until it is called with "".
func (s *Server) Refuse(action, code, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = map[string]answer{}
	if action != "" {
		s.refused["cloudfront:"+action] = cloudFrontError("cloudfront:"+action, http.StatusBadRequest, code, message)
	}
}

// Provider is Terraform's provider block that asks a server at a URL, for a file provider_override.tf. Its region is not the functions'.
func Provider(url string) string { return strings.ReplaceAll(provider, "URL", url) }

const provider = `provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "offline"
  secret_key                  = "offline"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true
  max_retries                 = 1

  endpoints {
    cloudfront = "URL"
    iam        = "URL"
    lambda     = "URL"
    logs       = "URL"
    s3         = "URL"
  }
}
`

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
