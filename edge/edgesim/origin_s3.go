package edgesim

import (
	"cmp"
	"io/fs"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/origin"
)

// An S3Origin is a bucket with the files of FS as its objects: a private one behind an origin access control, if it is not Public.
// Only FS is required.
type S3Origin struct {
	FS         fs.FS
	DomainName string // what functions see; "" is amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com
	Path       string // the origin path, before every key: "" or with a leading and no trailing slash
	Region     string // what functions see; "" stays empty, as it is without an origin access identity
	AuthMethod string // what functions see; "" is "none"

	CustomHeaders http.Header   // sent with every request
	ReadTimeout   time.Duration // what functions see; 0 is 30 seconds
	Completion    time.Duration // what functions see as responseCompletionTimeout; 0 is none

	// Public says that everybody may read the bucket, and that CloudFront's requests are not signed, as without an origin access
	// control or identity.
	Public bool
	// ListBucket says that CloudFront may list the bucket: then a missing key is a 404, and otherwise, as in a
	// new bucket, a 403.
	ListBucket bool
	// ContentTypes gives the content type of a file name's extension (with its dot) where it differs from what
	// "aws s3 cp" sets.
	ContentTypes map[string]string
	// CacheControl, when not empty, is the Cache-Control that the objects were uploaded with.
	CacheControl string
}

const defaultBucket = "amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com"

func (o *S3Origin) seen(bool) *message.Origin {
	return &message.Origin{
		Kind: message.S3, DomainName: cmp.Or(o.DomainName, defaultBucket), Path: o.Path, CustomHeaders: o.CustomHeaders,
		ReadTimeout: cmp.Or(o.ReadTimeout, 30*time.Second), CompletionTimeout: o.Completion, AuthMethod: cmp.Or(o.AuthMethod, "none"), Region: o.Region,
	}
}

func (o *S3Origin) asker(*http.Transport) (origin.Asker, error) {
	return &origin.Bucket{FS: o.FS, Unsigned: o.Public, ListBucket: o.ListBucket, ContentTypes: o.ContentTypes, CacheControl: o.CacheControl}, nil
}

func (o *S3Origin) lookup() string { return "" }
