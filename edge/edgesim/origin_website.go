package edgesim

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/origin"
)

// A WebsiteOrigin is the website endpoint of an S3 bucket, with the files of FS as objects that everybody may read ("Hosting a
// static website using Amazon S3"). To CloudFront and to functions it is a custom origin that is asked by http on port 80. FS
// and IndexDocument are required, or RedirectAllRequestsTo without them.
//
// A file that this process may not read counts as an object that is not public: 403.
type WebsiteOrigin struct {
	FS         fs.FS
	DomainName string // what functions see; "" is amzn-s3-demo-bucket.s3-website-us-east-1.amazonaws.com
	Path       string // the origin path, before every key: "" or with a leading and no trailing slash

	IndexDocument string        // the object of a folder, for instance "index.html": a name without a slash
	ErrorDocument string        // key of the object that is the body of 403 and 404 answers, for instance "404.html"; "" is S3's own page
	RoutingRules  []RoutingRule // the first one that fits counts; at most 50
	// RedirectAllRequestsTo is a host name, with or without a protocol: "https://www.example.com". Nothing else of the website
	// counts beside it.
	RedirectAllRequestsTo string
	// Redirects are the objects with x-amz-website-redirect-location: by key, the path or the URL that they send to. No file has to be there.
	Redirects map[string]string

	CustomHeaders http.Header   // sent with every request, in the place of the viewer's
	ReadTimeout   time.Duration // what functions see; 0 is 30 seconds
	Completion    time.Duration // what functions see as responseCompletionTimeout; 0 is none
	Keepalive     time.Duration // what functions see; 0 is 5 seconds

	ContentTypes map[string]string // as in S3Origin
	CacheControl string            // as in S3Origin
}

// A RoutingRule redirects requests at a website endpoint (API_RoutingRule.html of Amazon S3). Without KeyPrefix and ErrorCode it
// is for all requests; with both, both must fit. A rule without ErrorCode counts before the object is looked for.
type RoutingRule struct {
	KeyPrefix string // KeyPrefixEquals: how the key begins, without the slash before a path
	ErrorCode int    // HttpErrorCodeReturnedEquals: the status that the request would get otherwise, 400 to 599; 0: whatever it is

	Protocol string // "http" or "https"; "" is http, by which CloudFront asks the endpoint
	HostName string // "" is the host that the endpoint was asked for, which is not the viewer's: mostly the endpoint itself

	ReplaceKeyWith       string  // the whole key; "" leaves it
	ReplaceKeyPrefixWith *string // in the place of KeyPrefix, "" takes it away; nil leaves it
	RedirectCode         int     // HttpRedirectCode, 301 to 399; 0 is 301
}

const defaultWebsite = "amzn-s3-demo-bucket.s3-website-us-east-1.amazonaws.com"

func (o *WebsiteOrigin) seen(https bool) *message.Origin {
	return (&CustomOrigin{
		DomainName: cmp.Or(o.DomainName, defaultWebsite), Path: o.Path, Protocol: OriginHTTPOnly, CustomHeaders: o.CustomHeaders,
		ReadTimeout: o.ReadTimeout, Completion: o.Completion, Keepalive: o.Keepalive,
	}).seen(https)
}

func (o *WebsiteOrigin) asker(*http.Transport) (origin.Asker, error) {
	w := &origin.Website{
		Objects: &origin.Bucket{FS: o.FS, ContentTypes: o.ContentTypes, CacheControl: o.CacheControl},
		Index:   o.IndexDocument, Error: o.ErrorDocument, Redirects: o.Redirects,
	}
	for _, rule := range o.RoutingRules {
		w.Rules = append(w.Rules, origin.Rule(rule))
	}
	if o.RedirectAllRequestsTo != "" {
		protocol, host := splitProtocol(o.RedirectAllRequestsTo)
		w.Rules = []origin.Rule{{Protocol: protocol, HostName: host}}
	}
	return w, nil
}

func (o *WebsiteOrigin) lookup() string { return "" }

// splitProtocol takes the protocol off a host name that may have one.
func splitProtocol(s string) (protocol, host string) {
	if protocol, host, ok := strings.Cut(s, "://"); ok {
		return protocol, host
	}
	return "", s
}

// check reports what S3 refuses of a website configuration.
func (o *WebsiteOrigin) check() error {
	if o.RedirectAllRequestsTo != "" {
		if protocol, host := splitProtocol(o.RedirectAllRequestsTo); host == "" || !isProtocol(protocol) || message.ControlAt(host) >= 0 {
			return fmt.Errorf("RedirectAllRequestsTo: got %q, want a host name, or one with http:// or https://", o.RedirectAllRequestsTo)
		}
		return nil
	}
	var errs []error
	if o.FS == nil {
		errs = append(errs, errors.New("FS is missing"))
	}
	if o.IndexDocument == "" || strings.Contains(o.IndexDocument, "/") {
		errs = append(errs, fmt.Errorf("IndexDocument: got %q, S3 wants a name without a slash, for instance index.html", o.IndexDocument))
	}
	if len(o.RoutingRules) > 50 {
		errs = append(errs, fmt.Errorf("RoutingRules: got %d, S3 takes 50", len(o.RoutingRules)))
	}
	for i, rule := range o.RoutingRules {
		if err := rule.check(); err != nil {
			errs = append(errs, fmt.Errorf("RoutingRules[%d]: %w", i, err))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(o.Redirects)) {
		if to := o.Redirects[key]; message.ControlAt(to) >= 0 || !regexp.MustCompile("^(/|https?://.)").MatchString(to) {
			errs = append(errs, fmt.Errorf("object %q in Redirects: got %q, S3 takes what begins with /, http:// or https://", key, to))
		}
	}
	return errors.Join(errs...)
}

func isProtocol(s string) bool { return s == "" || s == "http" || s == "https" }

func (r *RoutingRule) check() error {
	switch {
	case r.ErrorCode != 0 && (r.ErrorCode < 400 || r.ErrorCode > 599):
		return fmt.Errorf("ErrorCode: got %d, S3 takes 400 to 599", r.ErrorCode)
	case r.RedirectCode != 0 && (r.RedirectCode < 301 || r.RedirectCode > 399):
		return fmt.Errorf("RedirectCode: got %d, S3 takes 301 to 399", r.RedirectCode)
	case !isProtocol(r.Protocol):
		return fmt.Errorf("the protocol: got %q, want http or https", r.Protocol)
	case message.ControlAt(r.HostName) >= 0:
		return fmt.Errorf("HostName: got %q, no host is called so", r.HostName)
	case r.ReplaceKeyWith != "" && r.ReplaceKeyPrefixWith != nil:
		return errors.New("ReplaceKeyWith and ReplaceKeyPrefixWith: S3 takes one of them")
	case r.Protocol == "" && r.HostName == "" && r.ReplaceKeyWith == "" && r.ReplaceKeyPrefixWith == nil && r.RedirectCode == 0:
		return errors.New("nothing is replaced: give Protocol, HostName, ReplaceKeyWith, ReplaceKeyPrefixWith or RedirectCode")
	}
	return nil
}
