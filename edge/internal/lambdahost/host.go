package lambdahost

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// A Config says what to run and with which limits. Only Command has no default.
type Config struct {
	Command      []string      // the program and its arguments; see [Bootstrap], [Node] and [Python]
	Dir          string        // working directory and LAMBDA_TASK_ROOT; "" is the present directory
	Env          []string      // "NAME=value", added to Lambda's environment; the present environment is not handed on
	Timeout      time.Duration // of one invocation; 0 is 5 s, the most that a viewer trigger is given
	InitTimeout  time.Duration // from the start to the first request for an invocation; 0 is 10 s, as in Lambda
	MemoryMB     int           // AWS_LAMBDA_FUNCTION_MEMORY_SIZE, told and not enforced; 0 is 128
	FunctionName string        // without Lambda@Edge's region prefix; "" is "function"
	Channel      bool          // the process speaks the protocol of channel.go, and finds its end by [ChannelVariable]
	Stdout       io.Writer     // of the process; nil discards
	Stderr       io.Writer     // of the process; nil discards
}

func (c Config) withDefaults() Config {
	if c.Timeout == 0 {
		c.Timeout = 5 * time.Second
	}
	if c.InitTimeout == 0 {
		c.InitTimeout = 10 * time.Second
	}
	if c.MemoryMB == 0 {
		c.MemoryMB = 128
	}
	if c.FunctionName == "" {
		c.FunctionName = "function"
	}
	return c
}

// Limit is how long an invocation takes at most, with the start of the process.
func (c Config) Limit() time.Duration {
	c = c.withDefaults()
	return c.InitTimeout + c.Timeout
}

// A Host runs one function. Its methods may be called from several goroutines.
type Host struct {
	config Config
	turn   chan struct{} // holds a value while an invocation or a start is under way
	closed chan struct{}
	done   sync.Once

	mu     sync.Mutex
	env    *environment // nil before the first start and after a crash, a timeout or a failed start
	starts int
}

// New returns a host for the function. It starts nothing.
func New(c Config) *Host {
	return &Host{config: c.withDefaults(), turn: make(chan struct{}, 1), closed: make(chan struct{})}
}

// Start starts the process, unless it runs, and waits until it asks for its first invocation.
// The error is an [*Error] of kind InitError when the process fails to.
func (h *Host) Start(ctx context.Context) error {
	_, err := h.inTurn(ctx, func() ([]byte, error) {
		_, err := h.running()
		return nil, err
	})
	return err
}

// Invoke hands the event to the process and returns its answer. It starts the process first when none runs.
// A failed invocation is an [*Error]. When ctx ends first, Invoke returns its error; the process goes on with the
// invocation, as in Lambda, and the next Invoke waits for it.
func (h *Host) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	return h.inTurn(ctx, func() ([]byte, error) {
		answer, err := h.invoke(event)
		if errors.Is(err, errEndedBefore) {
			// The process ended of itself since the last invocation. It has not seen the event: Lambda starts a new one.
			h.drop()
			answer, err = h.invoke(event)
		}
		if e := (*Error)(nil); errors.Is(err, errEndedBefore) || errors.As(err, &e) && e.Kind != Reported {
			h.drop()
		}
		return answer, err
	})
}

// inTurn runs f alone, and leaves it to end by itself when ctx ends first. A context that does not end needs no goroutine for that.
func (h *Host) inTurn(ctx context.Context, f func() ([]byte, error)) ([]byte, error) {
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-h.closed:
		return nil, ErrClosed
	}
	if ctx.Done() == nil {
		defer func() { <-h.turn }()
		return f()
	}
	type result struct {
		answer []byte
		err    error
	}
	results := make(chan result, 1)
	go func() {
		answer, err := f()
		<-h.turn
		results <- result{answer, err}
	}()
	select {
	case r := <-results:
		return r.answer, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *Host) invoke(event []byte) ([]byte, error) {
	env, err := h.running()
	if err != nil {
		return nil, err
	}
	return env.invoke(event, h.config.Timeout, h.closed)
}

// running returns the present environment, or a new one whose process has asked for its first invocation.
func (h *Host) running() (*environment, error) {
	env, isNew, err := h.environment()
	if err != nil || !isNew {
		return env, err
	}
	if err := env.awaitReady(h.config.InitTimeout, h.closed); err != nil {
		h.drop()
		return nil, err
	}
	return env, nil
}

// environment returns the present environment or starts one. Its caller has the turn, so no other starts one.
func (h *Host) environment() (env *environment, isNew bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.closed:
		return nil, false, ErrClosed
	default:
	}
	if h.env != nil {
		return h.env, false, nil
	}
	env, err = startEnvironment(h.config)
	if err != nil {
		return nil, false, fmt.Errorf("lambdahost: start of %q: %w", h.config.Command, err)
	}
	h.starts++
	h.env = env
	return env, true, nil
}

// drop ends the present environment.
func (h *Host) drop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.env != nil {
		h.env.close()
		h.env = nil
	}
}

// PID returns the process id of the process that runs now, or 0.
func (h *Host) PID() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.env == nil || h.env.ended() {
		return 0
	}
	return h.env.process.Process.Pid
}

// Starts returns how many processes were started so far.
func (h *Host) Starts() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.starts
}

// Close kills the process, as Lambda does, and waits until it is gone. Invocations that wait or run fail with [ErrClosed].
func (h *Host) Close() error {
	h.done.Do(func() { close(h.closed) })
	h.drop()
	return nil
}
