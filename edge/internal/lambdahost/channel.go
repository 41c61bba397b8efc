package lambdahost

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// ChannelVariable is the environment variable with the number of the descriptor that is the process's end of the channel.
const ChannelVariable = "EDGESIM_CHANNEL"

// A channel is a pair of connected sockets between the host and a process that speaks its protocol, beside the Runtime API: the requests of
// HTTP that an invocation takes there, two to a connection of each side, cost more than most handlers do. A message is a line of words with
// spaces between them, of which the last is the length of what follows the line:
//
//	invoke ID DEADLINE-MS FUNCTION-ARN TRACE-ID LENGTH   to the process, with the event
//	next 0                                               from the process: it is ready for an invocation
//	response ID LENGTH                                   its answer
//	error ID LENGTH                                      its report of an error
//
// All else goes over the Runtime API. A process that never sends "next" gets its invocations there.
//
// Its reads block their thread, one for each process that has an invocation: with a socket that is polled for an answer takes two reads and
// a wait, and most of the time goes into waking threads.
type channel struct {
	file    *os.File
	r       *bufio.Reader
	polling bool // the process waits for an invocation
}

// longestLine is more than any line that a process may send.
const longestLine = 256

// newChannel makes the two ends; the process's goes on as a file.
func newChannel() (*channel, *os.File, error) {
	ours, theirs, err := socketPair()
	if err != nil {
		return nil, nil, err
	}
	return &channel{file: ours, r: bufio.NewReaderSize(ours, 16<<10)}, theirs, nil
}

// A message is one from the process.
type message struct {
	kind, id string
	payload  []byte // nil when it is longer than Lambda allows
}

// read reads a message.
func (c *channel) read() (m message, err error) {
	line, err := c.r.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		return m, err
	}
	if len(line) > longestLine {
		return m, errChannel
	}
	words := strings.Fields(string(line))
	if len(words) < 2 {
		return m, errChannel
	}
	n, err := strconv.Atoi(words[len(words)-1])
	if err != nil || n < 0 {
		return m, errChannel
	}
	if m.kind = words[0]; len(words) > 2 {
		m.id = words[1]
	}
	if n > maxAnswer {
		_, err = io.CopyN(io.Discard, c.r, int64(n))
		return m, err
	}
	m.payload = make([]byte, n)
	_, err = io.ReadFull(c.r, m.payload)
	return m, err
}

var errChannel = errors.New("lambdahost: the channel has something else than a message")

// awaitNext waits until the process is ready for an invocation.
func (c *channel) awaitNext() error {
	for !c.polling {
		m, err := c.read()
		if err != nil {
			return err
		}
		c.polling = m.kind == "next" // anything else is a second answer to the last invocation
	}
	return nil
}

// hand hands an invocation over.
func (c *channel) hand(inv *invocation, arn string) error {
	c.polling = false
	var b bytes.Buffer
	b.Grow(len(inv.event) + longestLine)
	fmt.Fprintf(&b, "invoke %s %d %s %s %d\n", inv.id, inv.deadline.UnixMilli(), arn, inv.traceID, len(inv.event))
	b.Write(inv.event)
	_, err := c.file.Write(b.Bytes())
	return err
}

// answer waits for the first answer to an invocation.
func (c *channel) answer(id string) (outcome, error) {
	for {
		m, err := c.read()
		if err != nil {
			return outcome{}, err
		}
		switch {
		case m.kind == "next":
			c.polling = true
		case m.id != id:
		case m.payload == nil:
			return outcome{err: tooLarge(id)}, nil
		case m.kind == "response":
			return outcome{answer: m.payload}, nil
		case m.kind == "error":
			return outcome{err: reportError(Reported, id, "", m.payload)}, nil
		}
	}
}

// invokeByChannel is invoke for a process that takes its invocations from the channel. Only one goroutine is in it at a time. What ends the
// wait for an answer ends the process: the deadline here, and [Host.Close].
func (e *environment) invokeByChannel(inv *invocation, closed <-chan struct{}) ([]byte, error) {
	expired := time.AfterFunc(inv.limit, func() { killGroup(e.process.Process) })
	defer expired.Stop()
	failed := func(err error, otherwise func(*invocation) error) error {
		if errors.Is(err, errChannel) { // no answer can be told from what the handler wrote there
			killGroup(e.process.Process)
			otherwise = func(inv *invocation) error {
				return &Error{Kind: Crashed, RequestID: inv.id, Type: "Runtime.ExitError", Message: "the function wrote to descriptor 3, which is its runtime's"}
			}
		}
		<-e.exited
		select {
		case <-closed:
			return ErrClosed
		default:
		}
		if time.Now().After(inv.deadline) {
			return inv.timedOut()
		}
		return otherwise(inv)
	}
	err := e.channel.awaitNext()
	if err == nil {
		err = e.channel.hand(inv, e.arn())
	}
	if err != nil {
		return nil, failed(err, func(*invocation) error { return errEndedBefore })
	}
	o, err := e.channel.answer(inv.id)
	if err != nil {
		return nil, failed(err, e.crashed)
	}
	return o.answer, o.err
}
