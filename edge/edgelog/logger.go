package edgelog

import (
	"context"
	"io"
	"os"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A Logger writes lines. The zero Logger writes those from [Info] on to standard output. It must not be copied, nor its fields changed, once it
// has written, and is safe for concurrent use.
type Logger struct {
	// Output gets each line in one Write, one at a time; nil is standard output. Its errors are ignored: a viewer's request does not fail for a log.
	Output io.Writer

	// Level is the least level that is written. Requests that go well are Info, and one line of them has some 400 bytes: with Warn only what
	// fails costs money.
	Level Level

	// Show names what lines of requests have of the request as it came, beside its method: "uri", "querystring", "clientIp" and
	// names of headers. They stand in the line as in the event, below request.
	Show []string

	// Personal leaves what Show names as it is. Otherwise values are filled as edgetest.Redact does: of queries and cookies the names stay, of credentials the
	// scheme, of addresses the form; the path, host names and headers that tell nothing of a person stay as they are, and all headers that are not known are filled.
	Personal bool

	// Metrics is a namespace of CloudWatch, such as "Shop/Edge": letters, digits, spaces and ._#:/-, at most 256 bytes. "" makes no metrics. With it the line of a request has the metrics durationMs and
	// errors, 0 or 1, with the dimensions distributionId and trigger, in each region in which the function runs. What Level leaves out counts nothing.
	Metrics string

	mu   sync.Mutex
	line []byte // room for the next one
}

// Request returns next with a line for each request. The context of next is one of [ContextWithCall], so that the lines of the handler have what
// its request's line has. An error and a panic are lines of the level Error; both go on.
func (l *Logger) Request(next edge.RequestHandler) edge.RequestHandler {
	return func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		ctx = ContextWithCall(ctx, r)
		e := exchange{came: *r, began: time.Now(), end: "panicked", level: Error}
		defer l.ended(ctx, &e)
		outcome, err := next(ctx, r)
		if o, ok := outcome.(*edge.Request); ok && o != nil {
			e.end = "continued"
		}
		if o, ok := outcome.(*edge.Response); ok && o != nil {
			e.end, e.status = "answered", o.StatusCode
		}
		e.returned(err)
		return outcome, err
	}
}

// Response returns next with a line for each response, as [Logger.Request] does.
func (l *Logger) Response(next edge.ResponseHandler) edge.ResponseHandler {
	return func(ctx context.Context, r *edge.Response) error {
		e := exchange{began: time.Now(), end: "panicked", level: Error}
		if r.Request != nil {
			ctx, e.came = ContextWithCall(ctx, r.Request), *r.Request
		}
		defer l.ended(ctx, &e)
		err := next(ctx, r)
		e.end, e.status = "edited", r.StatusCode
		e.returned(err)
		return err
	}
}

// Warning writes a line about a rule that a function's result may break: for [edge.Function.Warn].
func (l *Logger) Warning(w *edge.FieldError) {
	l.Log(context.Background(), Warn, w.Error(), String("rule", w.Rule), String("field", w.Field))
}

// Log writes a line, if its level is not below that of l. The context is the handler's.
func (l *Logger) Log(ctx context.Context, level Level, message string, fields ...Field) {
	if level >= l.Level {
		l.write(ctx, level, message, nil, fields)
	}
}

// An exchange is a request on its way through a handler.
type exchange struct {
	came   edge.Request // as it came
	began  time.Time
	end    string // what became of it
	level  Level
	status int
	err    error
}

// returned notes that the handler has returned, and did not panic.
func (e *exchange) returned(err error) {
	e.err, e.level = err, Info
	if err != nil || e.end == "panicked" { // still: neither a request nor a response nor an error, which edge refuses
		e.end, e.level, e.status = "failed", Error, 0
	}
}

// ended writes the line of a request. It runs deferred and recovers nothing, so that the stack of a panic stays.
func (l *Logger) ended(ctx context.Context, e *exchange) {
	if e.level < l.Level {
		return
	}
	took := Milliseconds("durationMs", time.Since(e.began))
	fields := [4]Field{{}, took, Err(e.err), {}}
	if e.status != 0 {
		fields[0] = Int("status", e.status)
	}
	if l.Metrics != "" {
		fields[3] = Count("errors", 0)
		if e.level == Error {
			fields[3].number = 1
		}
	}
	l.write(ctx, e.level, e.end, &e.came, fields[:])
}

// mostRoom is how much room is kept for the next line, in bytes.
const mostRoom = 64 << 10

// write writes a line. With a request it is the line of one.
func (l *Logger) write(ctx context.Context, level Level, message string, came *edge.Request, fields []Field) {
	call, now := CallFromContext(ctx), time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	line := appendCall(l.line[:0], now, level, message, &call)
	if came != nil {
		line = l.appendRequest(line, came)
	}
	for i := range fields {
		line = appendField(line, &fields[i])
	}
	if l.Metrics != "" {
		line = appendMetrics(line, now, l.Metrics, &call, fields)
	}
	line = append(line, "}\n"...)
	if l.Output != nil {
		l.Output.Write(line)
	} else {
		os.Stdout.Write(line)
	}
	if l.line = line; cap(line) > mostRoom {
		l.line = nil
	}
}
