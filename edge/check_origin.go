package edge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/header"
	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// origin checks the request's origin against the one that came.
func (c *checker) origin(r, came *Request) {
	if c.trigger == ViewerRequest {
		if r.Origin != nil && !sameOrigin(r.Origin, came.Origin) {
			c.breach(rules.OriginTrigger, "origin", "", "")
		}
		return
	}
	changed := !sameOrigin(r.Origin, came.Origin)
	switch o := r.Origin.(type) {
	case nil:
		if changed {
			c.breach(rules.OriginKind, "origin", "nil", "")
		}
	case *CustomOrigin:
		switch {
		case o == nil:
			c.breach(rules.OriginKind, "origin", "a nil *edge.CustomOrigin", "")
			return
		case changed:
			c.customOrigin(o, came.Origin)
			c.originHost(r, came, o.DomainName)
		}
	case *S3Origin:
		switch {
		case o == nil:
			c.breach(rules.OriginKind, "origin", "a nil *edge.S3Origin", "")
			return
		case changed:
			c.s3Origin(o, came.Origin)
			c.originHost(r, came, o.DomainName)
		}
	}
	if changed || !r.Header.fields.UntouchedSince(came.Header.fields) {
		c.headersTwice(r, came)
	}
}

// headersTwice checks that no custom header of the origin is a header of the
// request, too, unless both came so.
func (c *checker) headersTwice(r, came *Request) {
	at, h := customHeadersOf(r.Origin)
	_, cameCustom := customHeadersOf(came.Origin)
	for i := 0; i < h.Len(); i = h.After(i) {
		name := h.Name(i)
		if r.Header.Has(name) && !(came.Header.Has(name) && cameCustom.Has(name)) {
			c.breach(rules.CustomHeaderTwice, at+name, "", "")
		}
	}
}

// customHeadersOf returns the custom headers of an origin and the place that they
// stand at.
func customHeadersOf(o Origin) (at string, h header.Map) {
	switch o := o.(type) {
	case *CustomOrigin:
		return "origin.custom.customHeaders.", o.CustomHeaders.fields
	case *S3Origin:
		return "origin.s3.customHeaders.", o.CustomHeaders.fields
	}
	return "", h
}

// originHost checks that a request to another origin names its host.
func (c *checker) originHost(r, came *Request, domain string) {
	var before string
	switch o := came.Origin.(type) {
	case *CustomOrigin:
		before = o.DomainName
	case *S3Origin:
		before = o.DomainName
	}
	if domain != before && !strings.EqualFold(r.Header.Get("host"), domain) {
		c.breach(rules.OriginHost, "headers.host", r.Header.Get("host"), "the origin is "+strconv.Quote(shorten(domain)))
	}
}

// customOrigin checks a custom origin: of one that a handler made what differs from the origin that it replaces, of one that came in an
// event what has changed.
func (c *checker) customOrigin(o *CustomOrigin, was Origin) {
	const at = "origin.custom."
	came, _ := was.(*CustomOrigin)
	if o.extra != "" {
		came = &decodeOrigin(o.extra, (*decoder).customOrigin).came
	} else {
		o = o.withDefaults()
	}
	if came == nil {
		came = new(CustomOrigin)
	}
	if o.DomainName != came.DomainName || o.extra == "" && o.DomainName == "" {
		c.domain(at, o.DomainName, rules.MaxCustomDomain.InForce())
	}
	if o.Path != came.Path {
		c.originPath(at, o.Path, rules.MaxOriginPath.InForce())
	}
	if o.Port != came.Port && o.Port != 80 && o.Port != 443 && (o.Port < 1024 || o.Port > 65535) {
		c.breach(rules.Port, at+"port", strconv.Itoa(o.Port), "")
	}
	if o.Protocol != came.Protocol && o.Protocol != "http" && o.Protocol != "https" {
		c.breach(rules.Protocol, at+"protocol", o.Protocol, "")
	}
	c.sslProtocols(at, o.SSLProtocols, came.SSLProtocols)
	if n := o.KeepaliveTimeout; n != came.KeepaliveTimeout && (n < 1 || n > rules.MaxKeepalive.InForce()) {
		c.breach(rules.Keepalive, at+"keepaliveTimeout", strconv.Itoa(n), "")
	}
	c.readTimeout(at, o.ReadTimeout, came.ReadTimeout)
	if o.ReadTimeout != came.ReadTimeout || o.ResponseCompletionTimeout != came.ResponseCompletionTimeout {
		c.completionTimeout(at, o.ResponseCompletionTimeout, o.ReadTimeout)
	}
	c.customHeaders(at, o.CustomHeaders.fields, came.CustomHeaders.fields)
}

// sslProtocols checks the protocols that did not come.
func (c *checker) sslProtocols(at string, protocols, came []string) {
	for i, p := range protocols {
		if slices.Contains(came, p) {
			continue
		}
		field := at + "sslProtocols[" + strconv.Itoa(i) + "]"
		c.originText(field, p)
		switch p {
		case "TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3":
		default:
			c.breach(rules.SSLProtocols, field, p, "")
		}
	}
}

// s3Origin checks a bucket as customOrigin does.
func (c *checker) s3Origin(o *S3Origin, was Origin) {
	const at = "origin.s3."
	came, _ := was.(*S3Origin)
	if o.extra != "" {
		came = &decodeOrigin(o.extra, (*decoder).s3Origin).came
	} else {
		o = o.withDefaults()
	}
	if came == nil {
		came = new(S3Origin)
	}
	if o.DomainName != came.DomainName || o.extra == "" && o.DomainName == "" {
		c.domain(at, o.DomainName, rules.MaxS3Domain.InForce())
		if strings.ToLower(o.DomainName) != o.DomainName {
			c.breach(rules.S3Domain, at+"domainName", o.DomainName, "")
		}
	}
	if o.Path != came.Path {
		c.originPath(at, o.Path, 0)
	}
	c.authMethod(at, o, came, was)
	c.readTimeout(at, o.ReadTimeout, came.ReadTimeout)
	if o.ReadTimeout != came.ReadTimeout || o.ResponseCompletionTimeout != came.ResponseCompletionTimeout {
		c.completionTimeout(at, o.ResponseCompletionTimeout, o.ReadTimeout)
	}
	c.customHeaders(at, o.CustomHeaders.fields, came.CustomHeaders.fields)
}

// authMethod checks how CloudFront is to authenticate itself to a bucket. was is the kind of the origin that it replaces.
func (c *checker) authMethod(at string, o, came *S3Origin, was Origin) {
	method, region := o.AuthMethod != came.AuthMethod, o.Region != came.Region
	if method {
		c.originText(at+"authMethod", o.AuthMethod)
	}
	if region {
		c.originText(at+"region", o.Region)
	}
	switch o.AuthMethod {
	case "origin-access-identity":
		if o.Region == "" && (method || region) {
			c.breach(rules.IdentityRegion, at+"region", "", "")
		}
		if _, custom := was.(*CustomOrigin); custom {
			c.breach(rules.IdentitySwitch, at+"authMethod", o.AuthMethod, "")
		}
	case "none":
	default:
		if method {
			c.breach(rules.AuthMethod, at+"authMethod", o.AuthMethod, "")
		}
	}
}

// originText checks a member that has no other rule which refuses.
func (c *checker) originText(field, value string) {
	if !rules.IsPrintable(value) {
		c.breach(rules.OriginText, field, value, "")
	}
}

// domain checks the DNS name of an origin.
func (c *checker) domain(at, domain string, most int) {
	if domain == "" || !rules.IsHostName(domain) || rules.IsIPv4(domain) {
		c.breach(rules.Domain, at+"domainName", domain, "")
	}
	if len(domain) > most {
		c.breach(rules.DomainLength, at+"domainName", domain, sizes(len(domain), most))
	}
}

// originPath checks an origin's path, which may have most bytes, any number if
// most is 0.
func (c *checker) originPath(at, path string, most int) {
	if path == "" {
		return
	}
	if path[0] != '/' || path[len(path)-1] == '/' || !rules.IsURLText(path) || !rules.HasWholeEscapes(path) ||
		strings.ContainsAny(path, "?#") || most > 0 && len(path) > most {
		c.breach(rules.OriginPath, at+"path", path, "")
	}
}

func (c *checker) readTimeout(at string, read, came int) {
	if read != came && (read < 1 || read > rules.MaxReadTimeout.InForce()) {
		c.breach(rules.ReadTimeout, at+"readTimeout", strconv.Itoa(read), "")
	}
}

func (c *checker) completionTimeout(at string, completion, read int) {
	if completion < 0 || completion != 0 && completion < read {
		c.breach(rules.CompletionTimeout, at+"responseCompletionTimeout", strconv.Itoa(completion), "the read timeout is "+strconv.Itoa(read))
	}
}

// customHeaders checks the headers that CloudFront adds for the origin. Those that
// the distribution defines are not the function's to mend.
func (c *checker) customHeaders(at string, h, came header.Map) {
	at += "customHeaders."
	for i := 0; i < h.Len(); i = h.After(i) {
		name := h.Name(i)
		if !came.Has(name) {
			c.addedCustomHeader(at, name)
		}
		for n := range h.After(i) - i {
			if f := h.At(i + n); f.IsNew() && !cameSo(came, f) {
				c.customHeader(at, f, n)
			}
		}
	}
}

// addedCustomHeader checks the name of a custom header that did not come.
func (c *checker) addedCustomHeader(at, name string) {
	switch {
	case !rules.IsToken(name):
		c.breach(rules.HeaderName, at[:len(at)-1], name, "")
	case rules.IsNotCustom(name):
		c.breach(rules.CustomHeader, at+name, "", "")
	}
}

// customHeader checks the nth custom header of its name, which a function has set.
func (c *checker) customHeader(at string, f header.Field, n int) {
	if !rules.IsPrintable(f.Value) {
		c.breach(rules.HeaderValue, at+f.Name+"["+strconv.Itoa(n)+"].value", f.Value, "")
	}
	if len(f.Name) > rules.MaxCustomHeaderName.InForce() || len(f.Value) > rules.MaxCustomHeaderValue.InForce() {
		c.breach(rules.CustomHeaderSize, at+f.Name, "", "")
	}
}
