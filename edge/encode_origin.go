package edge

import "github.com/edgehelpers/lambdaedge/edge/internal/jsontext"

// origin adds the edit of a request's origin, if it has changed.
func (e *edits) origin(name string, o, came Origin) {
	if sameOrigin(o, came) {
		return
	}
	var value []byte // nil: removed
	switch o := o.(type) {
	case *unknownOrigin:
		value = []byte(o.text)
	case *CustomOrigin:
		value = append(appendCustomOrigin([]byte(`{"custom":`), o), '}')
	case *S3Origin:
		value = append(appendS3Origin([]byte(`{"s3":`), o), '}')
	}
	e.set(name, value)
}

// appendCustomOrigin appends the value of origin.custom. An origin that came in an
// event, or is a copy of one, keeps the members that this package does not know.
func appendCustomOrigin(dst []byte, o *CustomOrigin) []byte {
	came := new(CustomOrigin)
	if o.extra == "" {
		o = o.withDefaults()
	} else {
		came = &decodeOrigin(o.extra, (*decoder).customOrigin).came
	}
	var e edits
	e.header("customHeaders", o.CustomHeaders, came.CustomHeaders)
	e.string("domainName", o.DomainName, came.DomainName)
	e.int("keepaliveTimeout", o.KeepaliveTimeout, came.KeepaliveTimeout)
	e.string("path", o.Path, came.Path)
	e.int("port", o.Port, came.Port)
	e.string("protocol", o.Protocol, came.Protocol)
	e.int("readTimeout", o.ReadTimeout, came.ReadTimeout)
	e.int("responseCompletionTimeout", o.ResponseCompletionTimeout, came.ResponseCompletionTimeout)
	e.strings("sslProtocols", o.SSLProtocols, came.SSLProtocols)
	return jsontext.AppendEdited(dst, originText(o.extra, `{"customHeaders":{},"path":""}`), e)
}

// appendS3Origin appends the value of origin.s3, as appendCustomOrigin does.
func appendS3Origin(dst []byte, o *S3Origin) []byte {
	came := new(S3Origin)
	if o.extra == "" {
		o = o.withDefaults()
	} else {
		came = &decodeOrigin(o.extra, (*decoder).s3Origin).came
	}
	var e edits
	e.string("authMethod", o.AuthMethod, came.AuthMethod)
	e.header("customHeaders", o.CustomHeaders, came.CustomHeaders)
	e.string("domainName", o.DomainName, came.DomainName)
	e.string("path", o.Path, came.Path)
	e.string("region", o.Region, came.Region)
	e.int("readTimeout", o.ReadTimeout, came.ReadTimeout)
	e.int("responseCompletionTimeout", o.ResponseCompletionTimeout, came.ResponseCompletionTimeout)
	return jsontext.AppendEdited(dst, originText(o.extra, `{"customHeaders":{},"path":"","region":""}`), e)
}

// originText returns the text that an origin's edits are made to: what came, or
// the members that AWS's examples always have.
func originText(extra, fresh string) string {
	if extra == "" {
		return fresh
	}
	return extra
}
