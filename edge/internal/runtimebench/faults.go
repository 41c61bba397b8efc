package main

import (
	"io"
	"net"
)

// A fault is something that the network or the Runtime API may do to a message.
type fault int

const (
	none        fault = iota
	split             // it comes in pieces
	closeBefore       // the connection closes in place of it
	closeWithin       // the connection closes within it
	closeAfter        // the connection closes after it
	resetBefore       // the connection is reset in place of it
	unread            // the API closes before it has read the whole answer
	faultCount
)

var faultNames = [faultCount]string{"none", "split", "closed before", "closed within", "closed after", "reset before", "closed unread"}

// pick picks a fault for one message in ten.
func (a *api) pick(kinds ...fault) fault {
	if a.random == nil || a.random.IntN(10) > 0 {
		return none
	}
	return kinds[a.random.IntN(len(kinds))]
}

// hand sends the invocation under way, and reports whether the connection goes on.
func (a *api) hand(conn net.Conn) (goOn bool, err error) {
	message := a.next()
	f := a.pick(split, closeBefore, closeWithin, closeAfter, resetBefore)
	a.given = f == none || f == split || f == closeAfter
	if a.given {
		a.onAnswer = none
		if f != closeAfter {
			a.onAnswer = a.pick(split, closeBefore, closeWithin, closeAfter, resetBefore, unread)
		}
	}
	return a.send(conn, message, f)
}

// accept sends the response to an answer, which was taken already: what happens to the response must not change that.
func (a *api) accept(conn net.Conn, response string) (goOn bool, err error) {
	f := a.onAnswer
	a.onAnswer = none
	return a.send(conn, []byte(response), f)
}

// send sends the message as the fault has it, and reports whether the connection goes on.
func (a *api) send(conn net.Conn, message []byte, f fault) (goOn bool, err error) {
	a.account.faults[f]++
	switch f {
	case split:
		for len(message) > 0 {
			n := 1 + a.random.IntN(len(message))
			if _, err := conn.Write(message[:n]); err != nil {
				return false, err
			}
			message = message[n:]
		}
		return true, nil
	case closeBefore:
		return false, nil
	case resetBefore:
		conn.(*net.TCPConn).SetLinger(0)
		return false, nil
	case closeWithin:
		_, err = conn.Write(message[:a.random.IntN(len(message))])
		return false, err
	}
	_, err = conn.Write(message)
	return f != closeAfter, err
}

// closeUnread reads the first bytes of the answer and no more, so that closing tells the other side that some were not read.
func (a *api) closeUnread(conn net.Conn) error {
	a.account.faults[unread]++
	_, err := io.ReadFull(conn, make([]byte, 10))
	return err
}
