package endpoints

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// A bucket is one of S3: its settings as they came, by the query that names them, and the headers of its objects.
type bucket struct {
	settings map[string]string
	objects  map[string]http.Header
}

// setting is a part of a bucket: the IAM action's name without Get or Put, and what S3 says where it was never set: an error's
// code, or an answer.
type setting struct{ action, code, unset string }

var settings = map[string]setting{
	"policy":            {"BucketPolicy", "NoSuchBucketPolicy", ""},
	"acl":               {"BucketAcl", "", "<AccessControlPolicy><Owner><ID>owner</ID></Owner><AccessControlList/></AccessControlPolicy>"},
	"cors":              {"BucketCORS", "NoSuchCORSConfiguration", ""},
	"website":           {"BucketWebsite", "NoSuchWebsiteConfiguration", ""},
	"versioning":        {"BucketVersioning", "", "<VersioningConfiguration/>"},
	"accelerate":        {"AccelerateConfiguration", "", "<AccelerateConfiguration/>"},
	"requestPayment":    {"BucketRequestPayment", "", "<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>"},
	"logging":           {"BucketLogging", "", "<BucketLoggingStatus/>"},
	"lifecycle":         {"LifecycleConfiguration", "NoSuchLifecycleConfiguration", ""},
	"replication":       {"ReplicationConfiguration", "ReplicationConfigurationNotFoundError", ""},
	"encryption":        {"EncryptionConfiguration", "ServerSideEncryptionConfigurationNotFoundError", ""},
	"object-lock":       {"BucketObjectLockConfiguration", "ObjectLockConfigurationNotFoundError", ""},
	"tagging":           {"BucketTagging", "NoSuchTagSet", ""},
	"publicAccessBlock": {"BucketPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration", ""},
	"ownershipControls": {"BucketOwnershipControls", "OwnershipControlsNotFoundError", ""},
}

// s3 answers S3's REST API, with the bucket in the path.
func (s *Server) s3(c call) answer {
	name, key, _ := strings.Cut(strings.TrimPrefix(c.URL.Path, "/"), "/")
	b := s.buckets[name]
	query := c.URL.Query()
	switch {
	case key == "" && c.Method == "PUT" && len(without(query, "x-id")) == 0:
		s.buckets[name] = &bucket{settings: map[string]string{}, objects: map[string]http.Header{}}
		if tags := element("Tags", string(c.body)); tags != "" {
			s.buckets[name].settings["tagging"] = "<Tagging>" + strings.ReplaceAll(tags, "Tags>", "TagSet>") + "</Tagging>"
		}
		return answer{action: "s3:CreateBucket", header: map[string]string{"Location": "/" + name}}
	case b == nil:
		return s3Error("s3:ListBucket", 404, "NoSuchBucket")
	case key != "":
		return b.object(c, key)
	case c.Method == "HEAD":
		return answer{action: "s3:ListBucket", header: map[string]string{"X-Amz-Bucket-Region": c.region}}
	case c.Method == "DELETE" && len(without(query, "x-id")) == 0:
		if len(b.objects) > 0 {
			return s3Error("s3:DeleteBucket", 409, "BucketNotEmpty")
		}
		delete(s.buckets, name)
		return answer{action: "s3:DeleteBucket", status: 204}
	case query.Has("versions"):
		return answer{action: "s3:ListBucketVersions", body: b.versions(query.Get("prefix"))}
	}
	for part, about := range settings {
		if query.Has(part) {
			return b.setting(c, part, about)
		}
	}
	return answer{}
}

// without returns the names of a query but for one.
func without(query map[string][]string, name string) []string {
	var rest []string
	for _, n := range sorted(query) {
		if n != name {
			rest = append(rest, n)
		}
	}
	return rest
}

// setting tells, sets or removes a part of a bucket.
func (b *bucket) setting(c call, part string, about setting) answer {
	switch body, set := b.settings[part]; {
	case c.Method == "PUT":
		b.settings[part] = string(c.body)
		return answer{action: "s3:Put" + about.action}
	case c.Method == "DELETE" && part == "policy":
		delete(b.settings, part)
		return answer{action: "s3:DeleteBucketPolicy", status: 204}
	case c.Method == "DELETE": // S3 has no action of its own for removing the others
		delete(b.settings, part)
		return answer{action: "s3:Put" + about.action, status: 204}
	case set:
		return answer{action: "s3:Get" + about.action, body: body}
	case about.code != "":
		return s3Error("s3:Get"+about.action, 404, about.code)
	}
	return answer{action: "s3:Get" + about.action, body: about.unset}
}

// object stores, tells or deletes an object; of its content the digest alone is kept.
func (b *bucket) object(c call, key string) answer {
	switch {
	case c.URL.Query().Has("tagging"):
		return answer{action: "s3:GetObjectTagging", body: "<Tagging><TagSet>" + b.objectTags(key) + "</TagSet></Tagging>"}
	case c.Method == "PUT":
		sum := md5.Sum(c.body)
		b.objects[key] = http.Header{"Etag": {`"` + hex.EncodeToString(sum[:]) + `"`}}
		for _, name := range []string{"Content-Type", "Cache-Control", "X-Amz-Tagging"} {
			b.objects[key].Set(name, c.Header.Get(name))
		}
		return answer{action: "s3:PutObject", header: b.told(key)}
	case c.Method == "DELETE":
		delete(b.objects, key)
		return answer{action: "s3:DeleteObjectVersion", status: 204}
	case b.objects[key] == nil:
		return s3Error("s3:GetObject", 404, "NotFound")
	}
	return answer{action: "s3:GetObject", header: b.told(key)}
}

// objectTags are those with which an object was stored, in XML.
func (b *bucket) objectTags(key string) (all string) {
	tags, _ := url.ParseQuery(b.objects[key].Get("X-Amz-Tagging")) // the provider wrote them
	for _, name := range sorted(tags) {
		all += fmt.Sprintf("<Tag><Key>%s</Key><Value>%s</Value></Tag>", name, tags.Get(name))
	}
	return all
}

func (b *bucket) told(key string) map[string]string {
	all := map[string]string{"X-Amz-Version-Id": "1", "X-Amz-Server-Side-Encryption": "AES256", "Last-Modified": "Sun, 01 Nov 2026 00:00:00 GMT"}
	for name := range b.objects[key] {
		all[name] = b.objects[key].Get(name)
	}
	return all
}

// versions lists the versions of the objects with a prefix, one of each.
func (b *bucket) versions(prefix string) string {
	all := "<ListVersionsResult><IsTruncated>false</IsTruncated>"
	for _, key := range sorted(b.objects) {
		if strings.HasPrefix(key, prefix) {
			all += fmt.Sprintf("<Version><Key>%s</Key><VersionId>1</VersionId><IsLatest>true</IsLatest></Version>", key)
		}
	}
	return all + "</ListVersionsResult>"
}

func s3Error(action string, status int, code string) answer {
	return answer{action: action, status: status, body: fmt.Sprintf("<Error><Code>%s</Code><Message>not there</Message></Error>", code)}
}
