package edgesim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A Config is what a simulator is made from. Only the distribution's origin is required.
type Config struct {
	Distribution Distribution

	CacheBytes     int64 // bound of the cache; 0 is 256 MiB
	ObjectBytes    int64 // larger objects are passed on and not cached; 0 is an eighth of CacheBytes
	MaxRequestBody int64 // longer request bodies get a 413; 0 is 64 GB, CloudFront's own quota

	Clock   func() time.Time // the time for Age, TTLs and Expires; nil is time.Now
	Observe func(*Trace)     // called once for each request when it is over, from its goroutine; nil: nobody looks

	// ViewerHeaders are the values of CloudFront-* headers for requests that do not bring their own with
	// X-Mock-CloudFront-*, for instance {"CloudFront-Viewer-Country": {"CH"}}.
	ViewerHeaders http.Header

	// LocalNames are further names under which viewers reach the simulator, without a port: a tunnel's, for instance, or the public
	// address of the machine. "*." may stand before one and is any name below it. Known without being named are localhost, the
	// machine's own name, loopback and private addresses and the one that a connection came to, names without a dot, names
	// below .localhost, .local, .test, .internal and .home.arpa, and httptest.NewRequest's example.com. A request for any host
	// but these, the distribution's domain name and its aliases is not the distribution's: CloudFront answers 403.
	LocalNames []string

	// LookupHost resolves the domain names of origins; nil is the system's resolver. An origin that does not
	// resolve is a 502, and its functions do not run.
	LookupHost func(ctx context.Context, host string) ([]string, error)

	// Brotli makes an encoder that writes to w what it gets, compressed, and the rest when it is closed, as brotli.NewWriter of
	// github.com/andybalholm/brotli does. The standard library has none. Nil: the simulator compresses with gzip only.
	Brotli func(w io.Writer) io.WriteCloser

	Unknowns Unknowns
	Pop      string // X-Amz-Cf-Pop; "" is ZRH55-P1
}

// check reports everything that is wrong with the configuration.
func (c *Config) check() error {
	d := &c.Distribution
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf("edgesim: "+format, args...)) }
	if strings.HasPrefix(d.DefaultRootObject, "/") {
		wrong("DefaultRootObject: got %q, must not begin with a slash", d.DefaultRootObject)
	}
	if c.CacheBytes < 0 || c.ObjectBytes < 0 || c.MaxRequestBody < 0 {
		wrong("CacheBytes, ObjectBytes and MaxRequestBody: must not be negative")
	}
	if len(d.Behaviors) > 75 {
		wrong("Behaviors: got %d, CloudFront allows 75", len(d.Behaviors))
	}
	for _, name := range d.Aliases {
		if !isAlias(name) {
			wrong("Aliases: got %q, want a host name in lower case, without scheme and port, %s", name, meantAlias(name))
		}
	}
	for _, name := range c.LocalNames {
		if !isAlias(strings.ToLower(name)) && net.ParseIP(name) == nil {
			wrong("LocalNames: got %q, want a host name or an address, without scheme and port", name)
		}
	}
	for i := range d.Behaviors {
		at := fmt.Sprintf("Behaviors[%d]", i)
		if n := len(d.Behaviors[i].PathPattern); n == 0 || n > 255 {
			wrong("%s: PathPattern: got %d characters, want 1 to 255", at, n)
		}
		errs = append(errs, d.Behaviors[i].check(at)...)
	}
	errs = append(errs, d.DefaultBehavior.check("DefaultBehavior")...)
	errs = append(errs, d.GeoRestriction.check()...)
	for _, id := range slices.Sorted(maps.Keys(d.Origins)) {
		o := d.Origins[id]
		err := checkOriginConfig(o)
		if _, group := o.(*OriginGroup); group && err == nil {
			err = errors.New("an *OriginGroup")
		}
		if err != nil {
			wrong("Origins[%q]: %w", id, err)
		}
	}
	errs = append(errs, d.checkErrorResponses()...)
	return errors.Join(errs...)
}

// checkErrorResponses reports what is wrong with the custom error responses.
func (d *Distribution) checkErrorResponses() (errs []error) {
	wrong := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("edgesim: ErrorResponses"+format, args...))
	}
	for i, e := range d.ErrorResponses {
		if allowed := []int{400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}; !slices.Contains(allowed, e.Status) {
			wrong("[%d]: Status: got %d, CloudFront has custom error responses for %v", i, e.Status, allowed)
		}
		if e.PagePath != "" && !strings.HasPrefix(e.PagePath, "/") {
			wrong("[%d]: PagePath: got %q, must begin with a slash", i, e.PagePath)
		}
		if e.ResponseCode != 0 && (e.ResponseCode < 200 || e.ResponseCode > 599 || e.PagePath == "") {
			wrong("[%d]: ResponseCode: got %d, want 200 to 599 together with a PagePath", i, e.ResponseCode)
		}
	}
	return errs
}

// check reports what is wrong with a behaviour; at says where it stands.
func (b *Behavior) check(at string) (errs []error) {
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf("edgesim: "+at+": "+format, args...)) }
	if err := checkOriginConfig(b.Origin); err != nil {
		wrong("Origin: %w", err)
	}
	switch b.ViewerProtocol {
	case "", AllowAll, HTTPSOnly, RedirectToHTTPS:
	default:
		wrong("ViewerProtocol: got %q, want %q, %q or %q", b.ViewerProtocol, AllowAll, HTTPSOnly, RedirectToHTTPS)
	}
	errs = append(errs, b.checkMethods(at)...)
	errs = append(errs, b.checkKeyGroups(at)...)
	if err := b.ResponseHeadersPolicy.check(); err != nil {
		wrong("ResponseHeadersPolicy: %w", err)
	}
	if p := b.CachePolicy; p != nil && (p.MinTTL < 0 || p.DefaultTTL < 0 || p.MaxTTL < p.MinTTL) {
		wrong("CachePolicy: MinTTL %v, DefaultTTL %v, MaxTTL %v: must not be negative, and the minimum not above the maximum",
			p.MinTTL, p.DefaultTTL, p.MaxTTL)
	}
	if err := b.CloudFrontFunctions.check(&b.Functions); err != nil {
		wrong("CloudFrontFunctions: %w", err)
	}
	for trigger, a := range b.Functions.all() {
		if !a.Fault.known() {
			wrong("Functions: %s: Fault: got %q, want one of the Fault constants", trigger, a.Fault)
		}
		if a.IncludeBody && strings.HasSuffix(string(trigger), "response") {
			wrong("Functions: %s: IncludeBody is for request triggers only", trigger)
		}
	}
	return errs
}

// checkMethods holds the methods to the sets that CloudFront has (DownloadDistValuesCacheBehavior.html, "Allowed HTTP
// methods" and "Cached HTTP methods").
func (b *Behavior) checkMethods(at string) (errs []error) {
	sets := []string{"GET HEAD", "GET HEAD OPTIONS", "DELETE GET HEAD OPTIONS PATCH POST PUT"}
	got := func(methods []string) string { return strings.Join(slices.Sorted(slices.Values(methods)), " ") }
	allowed, cached := got(b.AllowedMethods), got(b.CachedMethods)
	if b.AllowedMethods != nil && !slices.Contains(sets, allowed) {
		errs = append(errs, fmt.Errorf("edgesim: %s: AllowedMethods: got %q, CloudFront has the sets %q", at, b.AllowedMethods, sets))
	}
	if b.CachedMethods != nil && !slices.Contains(sets[:2], cached) {
		errs = append(errs, fmt.Errorf("edgesim: %s: CachedMethods: got %q, CloudFront has the sets %q", at, b.CachedMethods, sets[:2]))
	} else if strings.Contains(cached, "OPTIONS") && !strings.Contains(allowed, "OPTIONS") {
		errs = append(errs, fmt.Errorf("edgesim: %s: CachedMethods: OPTIONS is not among AllowedMethods, %q", at, b.AllowedMethods))
	}
	return errs
}

// isAlias reports whether a name can be an alternate domain name: a host name in lower case, whose first label may be
// a wildcard (CNAMEs.html, alternate-domain-names-wildcard.html).
func isAlias(name string) bool {
	if len(name) > 253 || net.ParseIP(name) != nil {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimPrefix(name, "*."), ".") {
		other := func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' }
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || strings.ContainsFunc(label, other) {
			return false
		}
	}
	return true
}

// meantAlias says which alias a name that is none may mean.
func meantAlias(name string) string {
	meant := strings.ToLower(name)
	if _, rest, ok := strings.Cut(meant, "://"); ok {
		meant = rest
	}
	if end := strings.IndexAny(meant, ":/?#"); end >= 0 {
		meant = meant[:end]
	}
	if meant = strings.TrimSuffix(meant, "."); isAlias(meant) {
		return fmt.Sprintf("here %q", meant)
	}
	return "for instance www.example.com or *.example.com"
}

func checkOriginConfig(o Origin) error {
	switch o := o.(type) {
	case nil:
		return errors.New("missing; give an *S3Origin, a *WebsiteOrigin, a *CustomOrigin or an *OriginGroup")
	case *S3Origin:
		if o == nil || o.FS == nil {
			return errors.New("S3Origin: FS is missing")
		}
	case *WebsiteOrigin:
		if o == nil {
			return errors.New("WebsiteOrigin: nil")
		}
		if err := o.check(); err != nil {
			return fmt.Errorf("WebsiteOrigin: %w", err)
		}
	case *CustomOrigin:
		if o == nil {
			return errors.New("CustomOrigin: nil")
		}
		if err := o.check(); err != nil {
			return fmt.Errorf("CustomOrigin: %w", err)
		}
	case *OriginGroup:
		if o == nil {
			return errors.New("OriginGroup: nil")
		}
		if _, nested := o.Primary.(*OriginGroup); nested {
			return errors.New("OriginGroup: a member is a group")
		}
		return errors.Join(checkOriginConfig(o.Primary), checkOriginConfig(o.Secondary))
	}
	return checkPath(o.seen(true).Path)
}

// checkPath holds the rule for an origin path.
func checkPath(path string) error {
	if path != "" && (!strings.HasPrefix(path, "/") || strings.HasSuffix(path, "/")) {
		return fmt.Errorf("path: got %q, must be empty, or begin with a slash and not end with one", path)
	}
	return nil
}

// lookupHost is the resolver in use.
func (c *Config) lookupHost(ctx context.Context, host string) error {
	lookup := c.LookupHost
	if lookup == nil {
		lookup = net.DefaultResolver.LookupHost
	}
	addresses, err := lookup(ctx, host)
	if err == nil && len(addresses) == 0 {
		err = errors.New("no address")
	}
	return err
}
