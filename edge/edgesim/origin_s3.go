package edgesim

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// An S3Origin is a private bucket behind an origin access control, with the files of FS as its objects. Only FS
// is required.
type S3Origin struct {
	FS         fs.FS
	DomainName string // what functions see; "" is amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com
	Path       string // the origin path, before every key: "" or with a leading and no trailing slash
	Region     string // what functions see; "" stays empty, as it is without an origin access identity
	AuthMethod string // what functions see; "" is "none"

	CustomHeaders http.Header   // sent with every request
	ReadTimeout   time.Duration // what functions see; 0 is 30 seconds

	// ListBucket says that CloudFront may list the bucket: then a missing key is a 404, and otherwise, as in a
	// new bucket, a 403.
	ListBucket bool
	// ContentTypes gives the content type of a file name's extension (with its dot) where it differs from what
	// "aws s3 cp" sets.
	ContentTypes map[string]string
	// CacheControl, when not empty, is the Cache-Control that the objects were uploaded with.
	CacheControl string

	etags sync.Map // file name to etagOf: the MD5 of a file is computed once
}

const defaultBucket = "amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com"

func (o *S3Origin) settings() *originSettings {
	return &originSettings{
		kind: kindS3, domainName: or(o.DomainName, defaultBucket), path: o.Path, customHeaders: o.CustomHeaders,
		readTimeout: or(o.ReadTimeout, 30*time.Second), authMethod: or(o.AuthMethod, "none"), region: o.Region,
	}
}

// or is v unless it is the zero value.
func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func (o *S3Origin) roundTrip(_ context.Context, call *originCall) (*response, error) {
	if host := call.header.Get("Host"); host != call.settings.domainName {
		// The signature of an origin access control covers the Host header
		// (private-content-restricting-access-to-s3.html).
		return s3Error(call, http.StatusForbidden, "SignatureDoesNotMatch",
			"The request signature we calculated does not match the signature you provided. Check your key and signing method."), nil
	}
	if call.method != http.MethodGet && call.method != http.MethodHead {
		// The bucket policy of an origin access control allows reading.
		return s3Error(call, http.StatusForbidden, "AccessDenied", "Access Denied"), nil
	}
	key, err := url.PathUnescape(strings.TrimPrefix(call.path, "/"))
	if err != nil {
		return s3Error(call, http.StatusBadRequest, "InvalidURI", "Couldn't parse the specified URI."), nil
	}
	file, info, err := o.open(key)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.ListBucket:
		return s3Error(call, http.StatusNotFound, "NoSuchKey", "The specified key does not exist."), nil
	case errors.Is(err, fs.ErrNotExist):
		return s3Error(call, http.StatusForbidden, "AccessDenied", "Access Denied"), nil
	case err != nil:
		return nil, fmt.Errorf("edgesim: bucket: %w", err)
	}
	return o.object(call, key, file, info)
}

// open opens the file of a key. A key is a name and no path: "a//b" or "a/../b" are keys of their own, which no
// folder has.
func (o *S3Origin) open(key string) (fs.File, fs.FileInfo, error) {
	if !fs.ValidPath(key) || key == "." {
		return nil, nil, fs.ErrNotExist
	}
	file, err := o.FS.Open(key)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// object answers with the file.
func (o *S3Origin) object(call *originCall, key string, file fs.File, info fs.FileInfo) (*response, error) {
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("edgesim: bucket: %w", err)
	}
	h := http.Header{
		"Accept-Ranges":  {"bytes"},
		"Content-Length": {strconv.Itoa(len(data))},
		"Content-Type":   {o.contentType(key)},
		"Etag":           {o.etag(key, info, data)},
		"Server":         {"AmazonS3"},
	}
	if !info.ModTime().IsZero() {
		h.Set("Last-Modified", info.ModTime().UTC().Format(http.TimeFormat))
	}
	if o.CacheControl != "" {
		h.Set("Cache-Control", o.CacheControl)
	}
	resp := &response{status: http.StatusOK, header: h, body: data}
	switch {
	case notModified(call.header, h):
		resp.status, resp.body = http.StatusNotModified, nil
		h.Del("Content-Length")
	case call.method == http.MethodHead:
		resp.body = nil
	default:
		applyRange(resp, call.header.Get("Range"), call.header.Get("If-Range"))
	}
	return resp, nil
}

// etagOf is an ETag and the file that it was computed from.
type etagOf struct {
	size     int64
	modified time.Time
	etag     string
}

// etag is the MD5 of the object, as S3 has it for an object that was uploaded in one piece.
func (o *S3Origin) etag(key string, info fs.FileInfo, data []byte) string {
	if known, ok := o.etags.Load(key); ok {
		known := known.(etagOf)
		if known.size == info.Size() && known.modified.Equal(info.ModTime()) && !info.ModTime().IsZero() {
			return known.etag
		}
	}
	sum := md5.Sum(data)
	etag := `"` + hex.EncodeToString(sum[:]) + `"`
	o.etags.Store(key, etagOf{info.Size(), info.ModTime(), etag})
	return etag
}

// contentType is what "aws s3 cp" stores for a file name.
func (o *S3Origin) contentType(key string) string {
	extension := strings.ToLower(path.Ext(key))
	if t, ok := o.ContentTypes[extension]; ok {
		return t
	}
	switch extension {
	case ".html", ".htm":
		return "text/html"
	case ".css":
		return "text/css"
	case ".js", ".mjs":
		return "text/javascript"
	case ".json", ".map":
		return "application/json"
	case ".txt":
		return "text/plain"
	case ".xml":
		return "application/xml"
	case ".svg":
		return "image/svg+xml"
	case ".png", ".gif", ".webp", ".avif", ".bmp":
		return "image/" + extension[1:]
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".ico":
		return "image/vnd.microsoft.icon"
	case ".woff", ".woff2", ".ttf", ".otf":
		return "font/" + extension[1:]
	case ".mp4", ".webm":
		return "video/" + extension[1:]
	case ".mp3":
		return "audio/mpeg"
	case ".pdf", ".zip", ".wasm":
		return "application/" + extension[1:]
	}
	return "binary/octet-stream"
}

// s3Error is one of S3's XML errors.
func s3Error(call *originCall, status int, code, message string) *response {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, "<Error><Code>%s</Code><Message>%s</Message>", code, message)
	if code == "NoSuchKey" {
		b.WriteString("<Key>")
		xml.EscapeText(&b, []byte(strings.TrimPrefix(call.path, "/")))
		b.WriteString("</Key>")
	}
	b.WriteString("<RequestId>SIMULATED0000001</RequestId><HostId>simulated</HostId></Error>")
	h := http.Header{"Content-Type": {"application/xml"}, "Server": {"AmazonS3"}}
	r := &response{status: status, header: h, body: b.Bytes()}
	if call.method == http.MethodHead {
		r.body = nil
	}
	return r
}
