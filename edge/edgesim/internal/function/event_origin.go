package function

import (
	"strconv"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// appendOrigin writes the origin's JSON.
func appendOrigin(b []byte, s *message.Origin) []byte {
	b = append(b, `{"`...)
	b = append(b, s.Kind...)
	b = append(b, `":{`...)
	if s.Kind == message.S3 {
		b = appendString(append(b, `"authMethod":`...), s.AuthMethod)
		b = append(b, ',')
	}
	b = appendHeaders(append(b, `"customHeaders":`...), s.CustomHeaders)
	b = appendString(append(b, `,"domainName":`...), s.DomainName)
	if s.Kind == message.Custom {
		b = appendSeconds(append(b, `,"keepaliveTimeout":`...), s.Keepalive)
	}
	b = appendString(append(b, `,"path":`...), s.Path)
	if s.Kind == message.Custom {
		b = strconv.AppendInt(append(b, `,"port":`...), int64(s.Port), 10)
		b = appendString(append(b, `,"protocol":`...), s.Protocol)
	}
	b = appendSeconds(append(b, `,"readTimeout":`...), s.ReadTimeout)
	if s.Kind == message.S3 {
		b = appendString(append(b, `,"region":`...), s.Region)
	}
	if s.CompletionTimeout > 0 {
		b = appendSeconds(append(b, `,"responseCompletionTimeout":`...), s.CompletionTimeout)
	}
	if s.Kind == message.Custom {
		b = append(b, `,"sslProtocols":[`...)
		for i, name := range s.SSLProtocols {
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

// SameOrigin reports whether two origins are the same to CloudFront.
func SameOrigin(a, b *message.Origin) bool {
	return string(appendOrigin(nil, a)) == string(appendOrigin(nil, b))
}
