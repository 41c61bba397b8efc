package message

import (
	"net/http"
	"time"
)

// The kinds of origin that an event can show.
const (
	Custom = "custom"
	S3     = "s3"
)

// An Origin is an origin as functions see it (lambda-event-structure.html, "Fields in request.origin").
type Origin struct {
	Kind              string
	DomainName, Path  string
	CustomHeaders     http.Header
	ReadTimeout       time.Duration
	CompletionTimeout time.Duration // 0: none

	Protocol     string // custom only, as the next three
	Port         int
	Keepalive    time.Duration
	SSLProtocols []string

	AuthMethod, Region string // s3 only
}
