package edgesim

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/cffunction"
)

// A CloudFrontFunction is a function of CloudFront Functions, which is JavaScript and runs on viewer-request or
// viewer-response. Here it runs in Node.js, in a process of its own, and has what AWS lists for the runtime: no modules
// but crypto, querystring, buffer and cloudfront, no timers, no network, no files, of console only log, and a Date that
// stands still while it runs. What it keeps in variables is gone with the next run.
//
// Node.js's module vm keeps these things from the function. It is no security boundary: run only functions that you
// would run anyway.
//
// [CloudFrontFunction.Open] makes of it what a behaviour takes.
type CloudFrontFunction struct {
	Name   string // shown in traces; "" is the file's name, or "function"
	Path   string // of the file with the source
	Source string // the source, when Path is ""; at most 10,240 bytes

	Runtime       string         // "cloudfront-js-2.0", which is also what "" is, or "cloudfront-js-1.0"
	KeyValueStore *KeyValueStore // what cf.kvs() is; nil: the function has none. Runtime 2.0 only

	Version string        // shown in traces, to tell one from the next; "" is none
	Node    string        // the node program; "" is found in PATH
	Timeout time.Duration // of a run; 0 is a second. CloudFront allows less than a millisecond of its own machines, and does not say how much
}

// CloudFrontFunctions are the CloudFront Functions of a behaviour; nil is none. A behaviour that has one has no
// Lambda@Edge function on viewer-request and viewer-response (edge-function-restrictions-all.html).
type CloudFrontFunctions struct {
	ViewerRequest, ViewerResponse *OpenCloudFrontFunction
}

// An OpenCloudFrontFunction is a [CloudFrontFunction] that is ready to run. It is safe for concurrent use; runs wait
// for each other.
type OpenCloudFrontFunction struct {
	mu  sync.RWMutex
	now cloudFrontRevision
}

// A cloudFrontRevision is a version of a function.
type cloudFrontRevision struct {
	name, version string
	timeout       time.Duration
	process       *cffunction.Process
}

// maxFunction is the size that a function may have (cloudfront-limits.html).
const maxFunction = 10 << 10

// Open compiles the function and starts its process. Close ends it. The error says what CloudFront would not take (the
// size, a store with runtime 1.0, syntax that AWS names as not supported), what fails when the source is evaluated, or
// that there is no Node.js.
func (f CloudFrontFunction) Open() (*OpenCloudFrontFunction, error) {
	name := cmp.Or(f.Name, strings.TrimSuffix(filepath.Base(f.Path), filepath.Ext(f.Path)))
	if f.Path == "" && f.Name == "" {
		name = "function"
	}
	fail := func(err error) (*OpenCloudFrontFunction, error) {
		return nil, fmt.Errorf("edgesim: CloudFront Function %s: %w", name, err)
	}
	p := cffunction.Program{
		Source: f.Source, File: "function.js", Node: cmp.Or(f.Node, "node"), Timeout: cmp.Or(f.Timeout, time.Second), Store: f.KeyValueStore.store(),
	}
	if f.Path != "" {
		source, err := os.ReadFile(f.Path)
		if err != nil {
			return fail(err)
		}
		p.Source, p.File = string(source), filepath.Base(f.Path)
	}
	if f.Path != "" && f.Source != "" {
		return fail(errors.New("both Path and Source are set, want one"))
	}
	if n := len(p.Source); n == 0 || n > maxFunction {
		return fail(fmt.Errorf("the source has %d bytes, 1 to %d are allowed; put data into a key value store", n, maxFunction))
	}
	switch f.Runtime {
	case "", "cloudfront-js-2.0":
		p.Version = 2
	case "cloudfront-js-1.0":
		p.Version = 1
	default:
		return fail(fmt.Errorf(`runtime: got %q, want "cloudfront-js-2.0" or "cloudfront-js-1.0"`, f.Runtime))
	}
	if p.Version == 1 && p.Store != nil {
		return fail(errors.New("key value stores need the runtime cloudfront-js-2.0"))
	}
	process, err := cffunction.Start(p)
	if err != nil {
		return fail(err)
	}
	return &OpenCloudFrontFunction{now: cloudFrontRevision{name, f.Version, p.Timeout, process}}, nil
}

// Replace has another version of the function answer from the next run on, as CloudFront does when a function is published; what is in
// the cache stays. Runs that are under way end first. When the version cannot be opened the one before it goes on.
func (o *OpenCloudFrontFunction) Replace(f CloudFrontFunction) error {
	next, err := f.Open()
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	old := o.now
	o.now = next.now
	return old.process.Close()
}

// use gives the version that answers, which stays until release is called.
func (o *OpenCloudFrontFunction) use() (r cloudFrontRevision, release func()) {
	o.mu.RLock()
	return o.now, o.mu.RUnlock
}

func (o *OpenCloudFrontFunction) current() cloudFrontRevision {
	r, release := o.use()
	defer release()
	return r
}

// Name is the function's name.
func (o *OpenCloudFrontFunction) Name() string { return o.current().name }

// Warnings names what the source uses that is not among the features that AWS lists for the runtime, a line for each.
// Node.js takes it; CloudFront may refuse it.
func (o *OpenCloudFrontFunction) Warnings() []string { return o.current().process.Warnings() }

// Starts is how many processes were started so far: one more after each that ended or did not answer in time.
func (o *OpenCloudFrontFunction) Starts() int { return o.current().process.Starts() }

// Close ends the process. A run after it is a 503.
func (o *OpenCloudFrontFunction) Close() error { return o.current().process.Close() }

// A KeyValueStore is the data of a CloudFront KeyValueStore. A function sees it as it was when the function was opened.
type KeyValueStore struct {
	ID      string // what cf.kvs may be called with; "": anything
	Pairs   map[string]string
	Updated time.Time // what meta says of when the store was created and updated
}

// ReadKeyValueStore reads the file that AWS imports into a store: {"data": [{"key": "...", "value": "..."}]}. The error
// names everything that AWS would not import: a key that stands twice, a key of more than 512 or a value of more than
// 1,024 characters, more than 5 MB.
func ReadKeyValueStore(file []byte) (*KeyValueStore, error) {
	pairs, err := cffunction.ParseStore(file)
	if err != nil {
		return nil, fmt.Errorf("edgesim: key value store: %w", err)
	}
	return &KeyValueStore{Pairs: pairs, Updated: time.Now()}, nil
}

func (s *KeyValueStore) store() *cffunction.Store {
	if s == nil {
		return nil
	}
	c := cffunction.Store(*s)
	if c.Pairs == nil {
		c.Pairs = map[string]string{}
	}
	return &c
}

// on is the function of a trigger, or nil.
func (f *CloudFrontFunctions) on(trigger string) *OpenCloudFrontFunction {
	switch edge.Trigger(trigger) {
	case edge.ViewerRequest:
		return f.ViewerRequest
	case edge.ViewerResponse:
		return f.ViewerResponse
	}
	return nil
}

// check holds that a behaviour has functions of one kind only on the viewer's triggers ("Combining CloudFront Functions
// with Lambda@Edge").
func (f *CloudFrontFunctions) check(lambda *Functions) error {
	own := f.ViewerRequest != nil || f.ViewerResponse != nil
	if own && (lambda.ViewerRequest.Function != nil || lambda.ViewerResponse.Function != nil) {
		return errors.New("a CloudFront Function and a Lambda@Edge function on viewer-request or viewer-response: CloudFront allows one kind in a behaviour; " +
			"Lambda@Edge functions may stay on origin-request and origin-response")
	}
	return nil
}
