package lambdahost

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

// An environment is what Lambda calls an execution environment: one process, and the Runtime API server that only it knows.
// A new process gets a new server, so a late request of an old one reaches nobody.
type environment struct {
	config  Config
	server  *http.Server
	process *exec.Cmd
	exited  chan struct{} // closed when the process has ended
	work    chan *invocation

	ready     chan struct{} // closed at the first request for an invocation
	readyOnce sync.Once
	failed    chan *Error // the report of a failed start
	channel   *channel    // nil: there is the Runtime API only
	byChannel bool        // the process takes its invocations from the channel; set before ready is closed

	mu      sync.Mutex
	current *invocation // handed over and not answered
}

// An invocation is one event on its way through the process.
type invocation struct {
	id, traceID string
	event       []byte
	limit       time.Duration
	deadline    time.Time
	outcome     chan outcome // holds one
}

type outcome struct {
	answer []byte
	err    error
}

// errEndedBefore says that the process was gone before it took the invocation.
var errEndedBefore = errors.New("lambdahost: the process ended before it asked for the invocation")

func startEnvironment(c Config) (*environment, error) {
	if len(c.Command) == 0 {
		return nil, errors.New("Config.Command is empty; it names the program to run")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	e := &environment{
		config: c,
		exited: make(chan struct{}),
		work:   make(chan *invocation),
		ready:  make(chan struct{}),
		failed: make(chan *Error, 1),
	}
	e.server = &http.Server{Handler: e.api()}
	go e.server.Serve(listener)

	e.process = exec.Command(c.Command[0], c.Command[1:]...)
	e.process.Dir = c.Dir
	e.process.Env = append(environ(c, listener.Addr().String()), c.Env...)
	e.process.Stdout, e.process.Stderr = c.Stdout, c.Stderr
	// A child of the process may outlive it and hold its output open: the answer must not wait for that.
	e.process.WaitDelay = time.Second
	ownGroup(e.process)
	if err := e.start(); err != nil {
		e.server.Close()
		return nil, err
	}
	go func() {
		e.process.Wait() // ProcessState tells all that is needed of it
		if e.channel != nil {
			e.channel.end()
		}
		close(e.exited)
	}()
	return e, nil
}

// launch starts the process. A program that was just unpacked is busy for a moment when another process was forked while it was written
// (golang/go issue 22315).
func (e *environment) launch() error {
	unstarted := *e.process // a command cannot be started twice
	for wait := time.Millisecond; ; wait *= 2 {
		p := unstarted
		err := p.Start()
		if e.process = &p; !busy(err) || wait > time.Second {
			return err
		}
		time.Sleep(wait)
	}
}

// start starts the process, with a channel if it speaks one.
func (e *environment) start() error {
	if !e.config.Channel {
		return e.launch()
	}
	c, theirs, err := newChannel()
	if errors.Is(err, errors.ErrUnsupported) {
		return e.launch()
	} else if err != nil {
		return err
	}
	defer theirs.Close()
	e.process.ExtraFiles = []*os.File{theirs}
	e.process.Env = append(e.process.Env, ChannelVariable+"=3") // the first of ExtraFiles
	if err := e.launch(); err != nil {
		c.file.Close()
		return err
	}
	e.channel = c
	go func() {
		if c.awaitNext() == nil {
			e.readyOnce.Do(func() { e.byChannel = true; close(e.ready) })
		}
	}()
	return nil
}

// awaitReady waits for the end of the init phase.
func (e *environment) awaitReady(limit time.Duration, closed <-chan struct{}) error {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-e.ready:
		return nil
	case err := <-e.failed:
		return err
	case <-e.exited:
		select {
		case err := <-e.failed: // reported, then exited: the report says more
			return err
		default:
		}
		return &Error{Kind: InitError, Type: "Runtime.ExitError",
			Message: fmt.Sprintf("the process ended before it asked for an invocation: %v", e.process.ProcessState)}
	case <-timer.C:
		return &Error{Kind: InitError, Type: "Sandbox.Timedout",
			Message: fmt.Sprintf("the process did not ask for an invocation within %v", limit)}
	case <-closed:
		return ErrClosed
	}
}

// timedOut is the error for an invocation that was not answered in time.
func (inv *invocation) timedOut() error {
	return &Error{Kind: TimedOut, RequestID: inv.id, Type: "Sandbox.Timedout", Message: fmt.Sprintf("task timed out after %.2f seconds", inv.limit.Seconds())}
}

// crashed is the error for an invocation in which the process ended.
func (e *environment) crashed(inv *invocation) error {
	return &Error{Kind: Crashed, RequestID: inv.id, Type: "Runtime.ExitError", Message: fmt.Sprintf("the process ended without an answer: %v", e.process.ProcessState)}
}

// invoke hands the event over and waits for the answer, the end of the process or the deadline.
func (e *environment) invoke(event []byte, limit time.Duration, closed <-chan struct{}) ([]byte, error) {
	inv := &invocation{id: newRequestID(), traceID: newTraceID(), event: event, limit: limit, deadline: time.Now().Add(limit)}
	if e.byChannel {
		return e.invokeByChannel(inv, closed)
	}
	inv.outcome = make(chan outcome, 1)
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case e.work <- inv:
	case <-e.exited:
		return nil, errEndedBefore
	case <-timer.C:
		return nil, inv.timedOut()
	case <-closed:
		return nil, ErrClosed
	}
	select {
	case o := <-inv.outcome:
		return o.answer, o.err
	case <-e.exited:
		select {
		case o := <-inv.outcome: // answered, then exited
			return o.answer, o.err
		default:
		}
		return nil, e.crashed(inv)
	case <-timer.C:
		return nil, inv.timedOut()
	case <-closed:
		return nil, ErrClosed
	}
}

func (e *environment) ended() bool {
	select {
	case <-e.exited:
		return true
	default:
		return false
	}
}

// close kills the process with all that it started, waits for its end, and ends the server.
func (e *environment) close() {
	if !e.ended() {
		killGroup(e.process.Process)
	}
	<-e.exited
	e.server.Close()
	if e.channel != nil {
		e.channel.file.Close()
	}
}
