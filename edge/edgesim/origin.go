package edgesim

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"
)

// An Origin is where a behaviour gets objects from. Only the types of this package implement it: *[S3Origin],
// *[CustomOrigin] and *[OriginGroup].
type Origin interface {
	settings() *originSettings
	roundTrip(ctx context.Context, call *originCall) (*response, error)
}

// An originCall is the request that CloudFront sends to an origin.
type originCall struct {
	method, path, query string // path with the origin's own path before it, escaped
	header              http.Header
	body                io.Reader
	length              int64 // of body, -1 when not known
	settings            *originSettings
	transport           *http.Transport // for what is not in this process
}

// The kinds of origin that an event can show.
const (
	kindCustom = "custom"
	kindS3     = "s3"
)

// originSettings is an origin as functions see it (lambda-event-structure.html, "Fields in request.origin").
type originSettings struct {
	kind              string
	domainName, path  string
	customHeaders     http.Header
	readTimeout       time.Duration
	completionTimeout time.Duration // 0: none

	protocol  string // custom only, as the next three
	port      int
	keepalive time.Duration
	protocols []string

	authMethod, region string // s3 only
}

// append writes the origin's JSON.
func (s *originSettings) append(b []byte) []byte {
	b = append(b, `{"`...)
	b = append(b, s.kind...)
	b = append(b, `":{`...)
	if s.kind == kindS3 {
		b = appendString(append(b, `"authMethod":`...), s.authMethod)
		b = append(b, ',')
	}
	b = appendHeaders(append(b, `"customHeaders":`...), s.customHeaders)
	b = appendString(append(b, `,"domainName":`...), s.domainName)
	if s.kind == kindCustom {
		b = appendSeconds(append(b, `,"keepaliveTimeout":`...), s.keepalive)
	}
	b = appendString(append(b, `,"path":`...), s.path)
	if s.kind == kindCustom {
		b = strconv.AppendInt(append(b, `,"port":`...), int64(s.port), 10)
		b = appendString(append(b, `,"protocol":`...), s.protocol)
	}
	b = appendSeconds(append(b, `,"readTimeout":`...), s.readTimeout)
	if s.kind == kindS3 {
		b = appendString(append(b, `,"region":`...), s.region)
	}
	if s.completionTimeout > 0 {
		b = appendSeconds(append(b, `,"responseCompletionTimeout":`...), s.completionTimeout)
	}
	if s.kind == kindCustom {
		b = append(b, `,"sslProtocols":[`...)
		for i, name := range s.protocols {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, name)
		}
		b = append(b, ']')
	}
	return append(b, `}}`...)
}

func appendSeconds(b []byte, d time.Duration) []byte {
	return strconv.AppendInt(b, int64(d/time.Second), 10)
}

// same reports whether two settings are the same to CloudFront.
func (s *originSettings) same(t *originSettings) bool {
	return string(s.append(nil)) == string(t.append(nil))
}
