package workload

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// The rules of a large documentation site that has moved.
const (
	ManyExact     = 1_000_000
	ManyWildcards = 100_000
)

// ExactRule is the rule for one path.
func ExactRule(i int) redirect.Rule {
	return redirect.Rule{
		From:   ExactPath(i),
		To:     fmt.Sprintf("/library/article-%07d", i),
		Status: 301,
	}
}

// ExactPath is the path that ExactRule(i) is for.
func ExactPath(i int) string {
	return fmt.Sprintf("/archive/%d/%02d/article-%07d.html", 2000+i%25, 1+i%12, i)
}

// MissingPath is one of many paths that no rule is for.
func MissingPath(i int) string { return fmt.Sprintf("/articles/%d/new-%07d.html", 2000+i%25, i) }

// WildcardRule is a rule for many paths, of one of four forms.
func WildcardRule(i int) redirect.Rule {
	switch i % 4 {
	case 0:
		return redirect.Rule{From: fmt.Sprintf("/docs/product-%06d/*", i), To: fmt.Sprintf("/manual/%06d/:splat", i)}
	case 1:
		return redirect.Rule{From: fmt.Sprintf("/forum/topic-%06d-*", i), To: fmt.Sprintf("/talk/%06d/:splat", i)}
	case 2:
		return redirect.Rule{From: fmt.Sprintf("/:lang/press/%06d", i), To: fmt.Sprintf("/news/:lang/%06d", i)}
	}
	return redirect.Rule{From: fmt.Sprintf("/shop/:section/item-%06d/:tab", i), To: fmt.Sprintf("/store/%06d/:section/:tab", i)}
}

// WildcardPath is a path that WildcardRule(i) is for.
func WildcardPath(i int) string {
	switch i % 4 {
	case 0:
		return fmt.Sprintf("/docs/product-%06d/install/linux.html", i)
	case 1:
		return fmt.Sprintf("/forum/topic-%06d-how-to", i)
	case 2:
		return fmt.Sprintf("/de/press/%06d", i)
	}
	return fmt.Sprintf("/shop/garden/item-%06d/reviews", i)
}

// Rules are so many exact rules, and then so many wildcard rules.
func Rules(exact, wildcards int) iter.Seq[redirect.Rule] {
	return func(yield func(redirect.Rule) bool) {
		for i := range exact {
			if !yield(ExactRule(i)) {
				return
			}
		}
		for i := range wildcards {
			if !yield(WildcardRule(i)) {
				return
			}
		}
	}
}

// Scattered returns 262,144 of the n first paths, in such an order that neither rules
// nor the processor's guesses stay in caches.
func Scattered(path func(i int) string, n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 1<<18)
	for i := range list {
		list[i] = path(random.IntN(n))
	}
	return list
}

const domain = "d111111abcdef8.cloudfront.net"

// Request returns a request as viewers make it.
func Request(path, query string) *edge.Request {
	r := &edge.Request{
		Config:      edge.Config{Trigger: edge.ViewerRequest, DistributionDomainName: domain},
		Method:      "GET",
		URI:         path,
		QueryString: query,
	}
	r.Header.Set("Host", domain)
	return r
}
