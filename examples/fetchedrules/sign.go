package fetchedrules

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

// A Signer signs requests for objects of a bucket with the credentials of the
// function's role, which Lambda puts into the environment: AWS Signature Version 4,
// as "Authenticating Requests: Using the Authorization Header" of the Amazon S3 API
// Reference describes it. It is for GET without a query, and for keys of letters,
// digits, slashes and -._~ alone.
type Signer struct {
	Region string // of the bucket, not of the function
	Next   http.RoundTripper
}

// RoundTrip sends the signed request.
func (s Signer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context()) // a RoundTripper must not change the request
	if token := os.Getenv("AWS_SESSION_TOKEN"); token != "" {
		r.Header.Set("X-Amz-Security-Token", token)
	}
	sign(r, s.Region, os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), time.Now())
	return s.Next.RoundTrip(r)
}

// sign adds the Authorization header, which covers all headers that are set.
func sign(r *http.Request, region, id, secret string, now time.Time) {
	date := now.UTC().Format("20060102T150405Z")
	scope := date[:8] + "/" + region + "/s3/aws4_request"
	bodySum := fmt.Sprintf("%x", sha256.Sum256(nil))
	r.Header.Set("X-Amz-Date", date)
	r.Header.Set("X-Amz-Content-Sha256", bodySum)

	names := []string{"host"}
	for name := range r.Header {
		names = append(names, strings.ToLower(name))
	}
	slices.Sort(names)
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = name + ":" + r.Header.Get(name)
	}
	lines[slices.Index(names, "host")] = "host:" + r.URL.Host
	signed := strings.Join(names, ";")
	canonical := strings.Join([]string{r.Method, r.URL.EscapedPath(), "", strings.Join(lines, "\n"), "", signed, bodySum}, "\n")
	text := fmt.Sprintf("AWS4-HMAC-SHA256\n%s\n%s\n%x", date, scope, sha256.Sum256([]byte(canonical)))

	key := []byte("AWS4" + secret)
	for _, part := range append(strings.Split(scope, "/"), text) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	r.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s,SignedHeaders=%s,Signature=%x", id, scope, signed, key))
}
