package edgesim

import (
	"context"
	"io"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/runtimes"
)

// A Package is a function as it is deployed: a zip or a folder, run in processes of its own over a local Runtime
// API, as Lambda runs it. It may hold a function of this library, or one in JavaScript or Python. [Package.Open]
// makes a [Function] of it.
//
// A handler is called as AWS's own client of its runtime calls it, and what that client does not take is not taken
// here: docs/simulator.md has the rules of each.
type Package struct {
	Path string // a zip file, or a folder

	// Handler is the module and the member, as in Lambda; "" is "index.handler". JavaScript has the module up to
	// the first dot and may have members of members behind it, "src/app.edge.handler"; Python has it up to the last.
	Handler string

	// Runtime is what Lambda calls the runtime. It sets by which rules a handler is called.
	//
	// "nodejs22.x" and older: it answers by a promise, by the callback in its third argument (which waits until the
	// event loop is empty, unless context.callbackWaitsForEmptyEventLoop is false), or by context.succeed, done or
	// fail. A value that it just returns is lost: the answer is null, and CloudFront's page a 502.
	//
	// "nodejs24.x" and newer: what it returns, or the promise of it, is the answer. There is no callback: a handler
	// with three parameters does not start, and CloudFront's page is a 503.
	//
	// "python3.13", or another version: what it returns is the answer.
	//
	// "bootstrap", or "provided.al2023": the file bootstrap is started, as a package of this library starts itself.
	// Lambda@Edge has no such runtime; it is the shortest way to the program.
	//
	// "node" and "python3" are the version of the interpreter. "" is the first of bootstrap, node and python3 that
	// the package has a file for. A version that is not the interpreter's is played on the one that is there, by
	// the rules of the version named, and Log says so.
	Runtime     string
	Interpreter string // the node or python3 program; "" is found in PATH

	Timeout     time.Duration // of an invocation; 0 is 5 seconds. The process that does not keep it is killed
	InitTimeout time.Duration // from start to first request for an event; 0 is 10 seconds
	Processes   int           // how many events are worked on at once, each in a process of its own; 0 is 4

	// Log gets what the processes print, and the errors of handlers with their stacks; nil discards it. One
	// process's write does not fall into another's.
	Log io.Writer
}

// An OpenPackage is a [Package] that is ready to run. It is safe for concurrent use.
type OpenPackage struct{ pool *runtimes.Pool }

// Open unpacks the package and finds out how to run it; a process starts with the first event. Close ends what
// was started. The error says what of the package, its handler, its runtime or the interpreter is not there.
func (p Package) Open() (*OpenPackage, error) {
	pool, err := runtimes.Open(runtimes.Config(p))
	if err != nil {
		return nil, err
	}
	return &OpenPackage{pool}, nil
}

// Invoke implements [Function]: it gives the event to a process that is free, or to a new one. The error is what
// Lambda would report: the handler's own error, a crash, a timeout, a failed start, or an answer above 6,291,556
// bytes, Lambda's limit for any function.
func (o *OpenPackage) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	return o.pool.Invoke(ctx, event)
}

// Load starts a process before there is an event for it, and waits until it asks for one: what keeps the code from being loaded, a mistake
// in its syntax or a module that is not there, shows here and not with the first request. The next event finds the process warm.
func (o *OpenPackage) Load(ctx context.Context) error { return o.pool.Load(ctx) }

// Limit is how long an event takes at most when a process is free for it: InitTimeout and Timeout together.
func (o *OpenPackage) Limit() time.Duration { return o.pool.Limit() }

// Runtime is the identifier of the runtime by whose rules the handler is called, for instance "nodejs22.x", or
// "bootstrap".
func (o *OpenPackage) Runtime() string { return o.pool.Runtime() }

// Starts is how many processes were started so far: one more after each crash and each timeout.
func (o *OpenPackage) Starts() (n int) { return o.pool.Starts() }

// Close ends the processes and removes what was unpacked.
func (o *OpenPackage) Close() error { return o.pool.Close() }
