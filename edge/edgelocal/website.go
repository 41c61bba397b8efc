package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// isWebsite reports whether an origin is the website endpoint of a bucket (WebsiteEndpoints.html of Amazon S3).
func isWebsite(n awsconfig.OriginName) bool { return strings.Contains(n.DomainName, ".s3-website") }

// bucket is the origin that a bucket's files are: the bucket, or its website, of which a configuration that is no template does not say
// which documents it has.
func (b *binder) bucket(n awsconfig.OriginName, content fs.FS) edgesim.Origin {
	f := folder{content, n.ID}
	if !isWebsite(n) || b.project.terraform {
		return &edgesim.S3Origin{FS: f}
	}
	w, ok := b.project.websites[n.ID]
	if !ok {
		w.IndexDocument = "index.html"
		for _, name := range []string{"404.html", "error.html"} {
			if _, err := fs.Stat(content, name); err == nil {
				w.ErrorDocument = cmp.Or(w.ErrorDocument, name)
			}
		}
		b.project.notes = append(b.project.notes, fmt.Sprintf("%s: the documents of the bucket's website are not in this file: index.html is taken, and %s for errors",
			n.At, cmp.Or(w.ErrorDocument, "S3's own page")))
	}
	w.FS = f
	return &w
}

// website is a bucket's website as a template has it.
func (p *project) website(file, id string, w *template.Website) edgesim.WebsiteOrigin {
	o := edgesim.WebsiteOrigin{IndexDocument: w.Index, ErrorDocument: w.Error, RedirectAllRequestsTo: w.RedirectHost}
	if w.RedirectHost != "" && w.RedirectProtocol != "" {
		o.RedirectAllRequestsTo = w.RedirectProtocol + "://" + w.RedirectHost
	}
	var rules []struct {
		RoutingRuleCondition struct {
			KeyPrefixEquals             string
			HttpErrorCodeReturnedEquals json.Number
		}
		RedirectRule struct {
			HostName, Protocol, ReplaceKeyWith string
			ReplaceKeyPrefixWith               *string
			HttpRedirectCode                   json.Number
		}
	}
	if len(w.RoutingRules) == 0 {
		return o
	}
	if err := json.Unmarshal(w.RoutingRules, &rules); err != nil {
		p.problems = append(p.problems, fmt.Sprintf("%s: origin %q: its bucket's RoutingRules are not read: %v", file, id, err))
	}
	for _, r := range rules {
		status, _ := r.RoutingRuleCondition.HttpErrorCodeReturnedEquals.Int64() // absent is 0
		code, _ := r.RedirectRule.HttpRedirectCode.Int64()
		o.RoutingRules = append(o.RoutingRules, edgesim.RoutingRule{
			KeyPrefix: r.RoutingRuleCondition.KeyPrefixEquals, ErrorCode: int(status), Protocol: r.RedirectRule.Protocol, HostName: r.RedirectRule.HostName,
			ReplaceKeyWith: r.RedirectRule.ReplaceKeyWith, ReplaceKeyPrefixWith: r.RedirectRule.ReplaceKeyPrefixWith, RedirectCode: int(code),
		})
	}
	return o
}
