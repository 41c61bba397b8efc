// Package originresponse is the demo's origin-response function: it adds the Content-Security-Policy and the other security
// headers.
package originresponse

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge"
)

// Handler returns the handler that adds the security headers to what the bucket answers, whatever its status,
// before CloudFront caches it.
//
// githubAPI is the origin that the pages' script asks, such as "https://api.github.com". An error says that it cannot
// stand in a policy.
func Handler(githubAPI string) (edge.ResponseHandler, error) {
	api, err := csp.ParseHost(githubAPI)
	if err != nil {
		return nil, errors.New("githubdemo: address of the GitHub API: " + err.Error())
	}
	return (&securityHeaders{api: api}).add, nil
}

// securityHeaders keeps the policy of the distribution that it has last worked for. There is hardly ever another one, so
// the policy is made once and not for every event.
type securityHeaders struct {
	api  csp.Host
	last atomic.Pointer[domainPolicy]
}

type domainPolicy struct{ domain, policy string }

func (s *securityHeaders) add(_ context.Context, r *edge.Response) error {
	policy, err := s.policyFor(r.Request.Config.DistributionDomainName)
	if err != nil {
		return err
	}
	r.Header.Set(csp.HeaderName, policy)
	for _, h := range fixedHeaders() {
		r.Header.Set(h.name, h.value)
	}
	return nil
}

func (s *securityHeaders) policyFor(domain string) (string, error) {
	if last := s.last.Load(); last != nil && last.domain == domain {
		return last.policy, nil
	}
	policy, err := Policy(domain, s.api)
	if err != nil {
		return "", errors.New("githubdemo: policy of distribution domain " + strconv.Quote(domain) + ": " + err.Error())
	}
	s.last.Store(&domainPolicy{domain, policy.String()})
	return policy.String(), nil
}
