package main

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// checkGitHub returns the API's address as an origin, which is what the policy names.
func checkGitHub(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil ||
		u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("-github: got %q, want an origin without a path, such as https://api.github.com", address)
	}
	origin := u.Scheme + "://" + u.Host
	if _, err := csp.ParseHost(origin); err != nil {
		return "", fmt.Errorf("-github: %s", strings.TrimPrefix(err.Error(), "csp: "))
	}
	return origin, nil
}
