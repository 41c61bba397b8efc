package main

import (
	"fmt"
	"net/url"
)

// checkGitHub returns the API's address as an origin, which is what the policy names.
func checkGitHub(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil ||
		u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("githubdemo: -github: got %q; want an origin without a path, such as https://api.github.com", address)
	}
	return u.Scheme + "://" + u.Host, nil
}
