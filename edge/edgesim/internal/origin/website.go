package origin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A Website is the website endpoint of a bucket whose objects everybody may read.
type Website struct {
	Objects   *Bucket
	Index     string            // the index document of every folder
	Error     string            // key of the error document; "": none
	Rules     []Rule            // in order
	Redirects map[string]string // where objects send to, by key
}

// A Rule redirects requests (API_RoutingRule.html of Amazon S3).
type Rule struct {
	KeyPrefix            string // "": of every key
	ErrorCode            int    // 0: whatever becomes of the request
	Protocol, HostName   string // "": those of the request
	ReplaceKeyWith       string
	ReplaceKeyPrefixWith *string
	RedirectCode         int // 0: 301
}

// Ask implements [Asker].
func (w *Website) Ask(_ context.Context, call *Call) (*message.Response, error) {
	if call.Origin.Protocol == "https" {
		return nil, &Error{http.StatusGatewayTimeout, "an S3 website endpoint does not take https (WebsiteEndpoints.html)", nil}
	}
	host := call.Header.Get("Host")
	if host != call.Origin.DomainName && !strings.HasPrefix(call.Origin.DomainName, host+".s3-website") {
		// Host names the bucket, by the endpoint's name or by a domain that is called like it (VirtualHosting.html).
		return failure{404, "NoSuchBucket", "The specified bucket does not exist", []string{"BucketName", host}}.page(call), nil
	}
	if call.Method != http.MethodGet && call.Method != http.MethodHead {
		return failure{405, "MethodNotAllowed", "The specified method is not allowed against this resource.",
			[]string{"Method", call.Method, "ResourceType", "OBJECT"}}.page(call), nil
	}
	key, err := keyOf(call)
	if err != nil {
		return failure{400, "InvalidURI", "Couldn't parse the specified URI.", []string{"URI", call.Path}}.page(call), nil
	}
	if rule := w.rule(key, 0); rule != nil {
		return rule.redirect(call, key), nil
	}
	return w.serve(call, key)
}

// serve looks for the object, then for the index document of a folder of that name (IndexDocumentSupport.html).
func (w *Website) serve(call *Call, key string) (*message.Response, error) {
	name := key
	folder := key == "" || strings.HasSuffix(key, "/")
	if folder {
		name += w.Index
	}
	resp, err := w.object(name)
	switch {
	case err == nil && resp.Status == http.StatusOK:
		answer(call, resp)
		return resp, nil
	case err == nil:
		return resp, nil
	case errors.Is(err, fs.ErrPermission):
		return w.fail(call, key, failure{403, "AccessDenied", "Access Denied", nil})
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("website: %w", err)
	}
	if !folder && w.has(key+"/"+w.Index) {
		found := failure{302, "Found", "Resource Found", nil}.page(call)
		// Without the query string (github.com/gatsby-uc/gatsby-plugin-s3/issues/51).
		found.Header["Location"] = []string{escaped("/" + key + "/")}
		found.Reason = "Moved Temporarily"
		return found, nil
	}
	return w.fail(call, key, failure{404, "NoSuchKey", "The specified key does not exist.", []string{"Key", name}})
}

// object is the object of a key, or the redirect that it stands for (how-to-page-redirect.html, "Redirect requests for an object").
func (w *Website) object(key string) (*message.Response, error) {
	if to, ok := w.Redirects[key]; ok {
		return redirectTo(to, http.StatusMovedPermanently), nil
	}
	return w.Objects.object(key)
}

// has reports whether there is an object of the key.
func (w *Website) has(key string) bool {
	if _, ok := w.Redirects[key]; ok {
		return true
	}
	file, _, err := w.Objects.open(key)
	if err == nil {
		file.Close()
	}
	return err == nil
}

// fail answers with the redirect of a rule for the error, with the error document, or with S3's own page (CustomErrorDocSupport.html).
func (w *Website) fail(call *Call, key string, f failure) (*message.Response, error) {
	if rule := w.rule(key, f.status); rule != nil {
		return rule.redirect(call, key), nil
	}
	if w.Error == "" {
		return f.page(call), nil
	}
	resp, err := w.object(w.Error)
	switch {
	case err == nil && resp.Status == http.StatusOK:
		resp.Status = f.status
		if call.Method == http.MethodHead {
			resp.Body = nil
		}
		f.describe(resp.Header)
		return resp, nil
	case err == nil:
		return resp, nil
	case errors.Is(err, fs.ErrPermission):
		return f.page(call, failure{403, "AccessDenied", "Access Denied", nil}), nil
	case errors.Is(err, fs.ErrNotExist):
		return f.page(call, failure{404, "NoSuchKey", "The specified key does not exist.", []string{"Key", w.Error}}), nil
	}
	return nil, fmt.Errorf("website: error document: %w", err)
}

// rule is the first rule for the key; status is the error that became of the request, or 0 before it was looked for.
func (w *Website) rule(key string, status int) *Rule {
	for i, rule := range w.Rules {
		if strings.HasPrefix(key, rule.KeyPrefix) && (rule.ErrorCode == 0 || rule.ErrorCode == status) {
			return &w.Rules[i]
		}
	}
	return nil
}

// redirect sends to what the rule makes of the request. The URL is absolute, with the host and the protocol of the request that
// reached the endpoint where the rule has none.
func (r *Rule) redirect(call *Call, key string) *message.Response {
	path := call.Path
	switch {
	case r.ReplaceKeyWith != "":
		path = escaped("/" + r.ReplaceKeyWith)
	case r.ReplaceKeyPrefixWith != nil:
		path = escaped("/" + *r.ReplaceKeyPrefixWith + strings.TrimPrefix(key, r.KeyPrefix))
	}
	to := cmp.Or(r.Protocol, "http") + "://" + cmp.Or(r.HostName, call.Header.Get("Host")) + message.Target(path, call.Query)
	return redirectTo(to, cmp.Or(r.RedirectCode, http.StatusMovedPermanently))
}

// redirectTo is a redirect without a body.
func redirectTo(location string, status int) *message.Response {
	return &message.Response{Status: status, Header: http.Header{"Content-Length": {"0"}, "Location": {location}, "Server": {"AmazonS3"}}}
}

// escaped is a path as it stands in a URL.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }
