package awsconfig

import (
	"path"
	"strings"
)

// objects is how a Terraform file uploads a bucket's objects.
type objects struct {
	contentTypes map[string]string // by extension
	cacheControl string            // "" unless all objects have the same
	redirects    map[string]string // website_redirect, by key
}

// objectsOf reads the aws_s3_object resources, so that the bucket answers with their content types and Cache-Control.
// A folder has one Cache-Control and one type for an extension: what cannot be had is said.
func (r *reader) objectsOf(resources []resource) (o objects) {
	cacheControls := map[string]bool{}
	for _, res := range resources {
		if res.kind != "aws_s3_object" {
			continue
		}
		extension := strings.ToLower(path.Ext(res.values.text("key")))
		if t := res.values.text("content_type"); t != "" {
			if o.contentTypes == nil {
				o.contentTypes = map[string]string{}
			}
			if known := o.contentTypes[extension]; known != "" && known != t {
				r.note("%s: the content type %q goes for all of %q here; another object has %q", res.address, t, extension, known)
			}
			o.contentTypes[extension] = t
		}
		for _, name := range []string{"content_encoding", "content_disposition", "content_language"} {
			if v := res.values.text(name); v != "" {
				r.note("%s.%s: the object is served without %q; S3 sends it", res.address, name, v)
			}
		}
		if to := res.values.text("website_redirect"); to != "" {
			if o.redirects == nil {
				o.redirects = map[string]string{}
			}
			o.redirects[res.values.text("key")] = to
		}
		o.cacheControl = res.values.text("cache_control")
		cacheControls[o.cacheControl] = true
	}
	if len(cacheControls) > 1 {
		o.cacheControl = ""
		r.note("aws_s3_object.cache_control: the objects have %d different values and are served without any; "+
			"bind an edgesim.S3Origin with one", len(cacheControls))
	}
	return o
}
