package edge

import (
	"slices"

	"github.com/edgehelpers/lambdaedge/edge/internal/header"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// editOrigin adds the edit of the request's origin, if it has changed.
func editOrigin(edits []jsontext.Edit, o, came Origin) []jsontext.Edit {
	if sameOrigin(o, came) {
		return edits
	}
	edit := jsontext.Edit{Name: "origin"} // nil: removed
	switch o := o.(type) {
	case *unknownOrigin:
		edit.Value = []byte(o.text)
	case *CustomOrigin:
		edit.Value = append(appendCustomOrigin([]byte(`{"custom":`), o), '}')
	case *S3Origin:
		edit.Value = append(appendS3Origin([]byte(`{"s3":`), o), '}')
	}
	return append(edits, edit)
}

// sameOrigin reports whether o is the origin that came, untouched.
func sameOrigin(o, came Origin) bool {
	switch o := o.(type) {
	case *CustomOrigin:
		came, ok := came.(*CustomOrigin)
		return ok && o != nil && o.extra == came.extra && o.Equal(came)
	case *S3Origin:
		came, ok := came.(*S3Origin)
		return ok && o != nil && o.extra == came.extra && o.Equal(came)
	}
	return o == came
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
	edits := editHeader(nil, "customHeaders", o.CustomHeaders, came.CustomHeaders)
	edits = editString(edits, "domainName", o.DomainName, came.DomainName)
	edits = editInt(edits, "keepaliveTimeout", o.KeepaliveTimeout, came.KeepaliveTimeout)
	edits = editString(edits, "path", o.Path, came.Path)
	edits = editInt(edits, "port", o.Port, came.Port)
	edits = editString(edits, "protocol", o.Protocol, came.Protocol)
	edits = editInt(edits, "readTimeout", o.ReadTimeout, came.ReadTimeout)
	edits = editInt(edits, "responseCompletionTimeout", o.ResponseCompletionTimeout, came.ResponseCompletionTimeout)
	if !slices.Equal(o.SSLProtocols, came.SSLProtocols) {
		edits = append(edits, jsontext.Edit{Name: "sslProtocols", Value: appendStrings(nil, o.SSLProtocols)})
	}
	return jsontext.AppendEdited(dst, originText(o.extra, `{"customHeaders":{},"path":""}`), edits)
}

// appendS3Origin appends the value of origin.s3, as appendCustomOrigin does.
func appendS3Origin(dst []byte, o *S3Origin) []byte {
	came := new(S3Origin)
	if o.extra == "" {
		o = o.withDefaults()
	} else {
		came = &decodeOrigin(o.extra, (*decoder).s3Origin).came
	}
	edits := editString(nil, "authMethod", o.AuthMethod, came.AuthMethod)
	edits = editHeader(edits, "customHeaders", o.CustomHeaders, came.CustomHeaders)
	edits = editString(edits, "domainName", o.DomainName, came.DomainName)
	edits = editString(edits, "path", o.Path, came.Path)
	edits = editString(edits, "region", o.Region, came.Region)
	edits = editInt(edits, "readTimeout", o.ReadTimeout, came.ReadTimeout)
	edits = editInt(edits, "responseCompletionTimeout", o.ResponseCompletionTimeout, came.ResponseCompletionTimeout)
	return jsontext.AppendEdited(dst, originText(o.extra, `{"customHeaders":{},"path":"","region":""}`), edits)
}

// decodeOrigin reads an origin's own text again, to see what a handler has changed
// in it since.
func decodeOrigin[T any](text string, read func(*decoder) T) T {
	d := decoder{text: text, headers: header.Reader{Text: text}}
	d.Init(text)
	return read(&d)
}

// originText returns the text that an origin's edits are made to: what came, or
// the members that AWS's examples always have.
func originText(extra, fresh string) string {
	if extra == "" {
		return fresh
	}
	return extra
}

// withDefaults returns a copy of o with the documented stand-ins for zero fields.
func (o *CustomOrigin) withDefaults() *CustomOrigin {
	c := *o
	if c.KeepaliveTimeout == 0 {
		c.KeepaliveTimeout = 5
	}
	if c.Protocol == "" {
		c.Protocol = "https"
	}
	if c.Port == 0 {
		c.Port = 443
		if c.Protocol == "http" {
			c.Port = 80
		}
	}
	if c.ReadTimeout == 0 {
		c.ReadTimeout = 30
	}
	if len(c.SSLProtocols) == 0 {
		c.SSLProtocols = []string{"TLSv1.2"}
	}
	return &c
}

// withDefaults returns a copy of o with the documented stand-in for a zero field.
func (o *S3Origin) withDefaults() *S3Origin {
	c := *o
	if c.AuthMethod == "" {
		c.AuthMethod = "none"
	}
	return &c
}

func appendStrings(dst []byte, list []string) []byte {
	dst = append(dst, '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = jsontext.AppendString(dst, s)
	}
	return append(dst, ']')
}
