package origin

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
	"maps"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A Bucket is a bucket with the files of FS as its objects.
type Bucket struct {
	FS           fs.FS
	Unsigned     bool              // requests to it are not signed, as they are by an origin access control
	ListBucket   bool              // a missing key is a 404, otherwise a 403
	ContentTypes map[string]string // by a file name's extension with its dot
	CacheControl string            // of every object; "": none

	etags sync.Map // file name to etagOf: the MD5 of a file is computed once
}

// Ask implements [Asker].
func (b *Bucket) Ask(_ context.Context, call *Call) (*message.Response, error) {
	host := call.Header.Get("Host")
	if host != call.Origin.DomainName && b.Unsigned {
		return s3Error(call, http.StatusNotFound, "NoSuchBucket", "The specified bucket does not exist"), nil // Host names the bucket
	}
	if host != call.Origin.DomainName {
		// The signature of an origin access control covers the Host header
		// (private-content-restricting-access-to-s3.html).
		return s3Error(call, http.StatusForbidden, "SignatureDoesNotMatch",
			"The request signature we calculated does not match the signature you provided. Check your key and signing method."), nil
	}
	if call.Method != http.MethodGet && call.Method != http.MethodHead {
		// The bucket policy of an origin access control allows reading.
		return s3Error(call, http.StatusForbidden, "AccessDenied", "Access Denied"), nil
	}
	overrides, refused := b.overrides(call)
	if refused != nil {
		return refused, nil
	}
	key, err := keyOf(call)
	if err != nil {
		return s3Error(call, http.StatusBadRequest, "InvalidURI", "Couldn't parse the specified URI."), nil
	}
	resp, err := b.object(key)
	switch {
	case errors.Is(err, fs.ErrNotExist) && b.ListBucket:
		return s3Error(call, http.StatusNotFound, "NoSuchKey", "The specified key does not exist."), nil
	case errors.Is(err, fs.ErrNotExist):
		return s3Error(call, http.StatusForbidden, "AccessDenied", "Access Denied"), nil
	case err != nil:
		return nil, fmt.Errorf("bucket: %w", err)
	}
	answer(call, resp)
	if resp.Status == http.StatusOK {
		maps.Copy(resp.Header, overrides)
	}
	return resp, nil
}

// keyOf is the key that the call asks for.
func keyOf(call *Call) (string, error) { return url.PathUnescape(strings.TrimPrefix(call.Path, "/")) }

// open opens the file of a key. A key is a name and no path: "a//b" or "a/../b" are keys of their own, which no
// folder has.
func (b *Bucket) open(key string) (fs.File, fs.FileInfo, error) {
	if !fs.ValidPath(key) || key == "." {
		return nil, nil, fs.ErrNotExist
	}
	file, err := b.FS.Open(key)
	if errors.Is(err, fs.ErrInvalid) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ENAMETOOLONG) {
		err = fs.ErrNotExist // a key that no file here can have
	}
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

// object is the whole object of a key, with its headers.
func (b *Bucket) object(key string) (*message.Response, error) {
	file, info, err := b.open(key)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	h := http.Header{
		"Accept-Ranges":  {"bytes"},
		"Content-Length": {strconv.Itoa(len(data))},
		"Content-Type":   {b.contentType(key)},
		"Etag":           {b.etag(key, info, data)},
		"Server":         {"AmazonS3"},
	}
	if !info.ModTime().IsZero() {
		h.Set("Last-Modified", info.ModTime().UTC().Format(http.TimeFormat))
	}
	if b.CacheControl != "" {
		h.Set("Cache-Control", b.CacheControl)
	}
	return &message.Response{Status: http.StatusOK, Header: h, Body: data}, nil
}

// answer makes of a whole object what the call asks for: a 304, the headers alone, a range.
func answer(call *Call, resp *message.Response) {
	switch {
	case message.NotModified(call.Header, resp.Header, time.Now()):
		resp.Status, resp.Body = http.StatusNotModified, nil
		resp.Header.Del("Content-Length")
	case call.Method == http.MethodHead:
		resp.Body = nil
	case !strings.Contains(call.Header.Get("Range"), ","): // S3's API reference, GetObject: not several ranges in one request
		resp.Cut(call.Header)
	}
}

// etagOf is an ETag and the file that it was computed from.
type etagOf struct {
	size     int64
	modified time.Time
	etag     string
}

// etag is the MD5 of the object, as S3 has it for an object that was uploaded in one piece.
func (b *Bucket) etag(key string, info fs.FileInfo, data []byte) string {
	if known, ok := b.etags.Load(key); ok {
		known := known.(etagOf)
		if known.size == info.Size() && known.modified.Equal(info.ModTime()) && !info.ModTime().IsZero() {
			return known.etag
		}
	}
	sum := md5.Sum(data)
	etag := `"` + hex.EncodeToString(sum[:]) + `"`
	b.etags.Store(key, etagOf{info.Size(), info.ModTime(), etag})
	return etag
}

// contentType is what "aws s3 cp" stores for a file name.
func (b *Bucket) contentType(key string) string {
	extension := strings.ToLower(path.Ext(key))
	if t, ok := b.ContentTypes[extension]; ok {
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
func s3Error(call *Call, status int, code, text string) *message.Response {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, "<Error><Code>%s</Code><Message>%s</Message>", code, text)
	if code == "NoSuchKey" {
		b.WriteString("<Key>")
		xml.EscapeText(&b, []byte(strings.TrimPrefix(call.Path, "/")))
		b.WriteString("</Key>")
	}
	b.WriteString("<RequestId>SIMULATED0000001</RequestId><HostId>simulated</HostId></Error>")
	// S3 does not give the length of an error, not even to a HEAD request (github.com/aws/aws-cli/issues/666).
	h := http.Header{"Content-Type": {"application/xml"}, "Server": {"AmazonS3"}, "Transfer-Encoding": {"chunked"}}
	r := &message.Response{Status: status, Header: h, Body: b.Bytes()}
	if call.Method == http.MethodHead {
		r.Body = nil
	}
	return r
}
