package main

import (
	"net"
	"sync"
)

// A shared listener outlives the servers that serve it one after another, so that nobody is refused between two of them: each has a view of
// it, and to close the view leaves the listener open.
type shared struct {
	net.Listener
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	over   chan struct{} // closed when nothing is accepted any more
	err    error         // why; set before over is closed
}

func share(l net.Listener) *shared {
	s := &shared{Listener: l, conns: make(chan net.Conn), closed: make(chan struct{}), over: make(chan struct{})}
	go func() {
		defer close(s.over)
		for {
			conn, err := l.Accept()
			if err != nil {
				s.err = err
				return
			}
			select {
			case s.conns <- conn:
			case <-s.closed:
				conn.Close()
			}
		}
	}()
	return s
}

// Close closes the listener, for all views.
func (s *shared) Close() error {
	s.once.Do(func() { close(s.closed) })
	return s.Listener.Close()
}

func (s *shared) view() net.Listener { return &view{shared: s, closed: make(chan struct{})} }

// A view is a shared listener for one server.
type view struct {
	*shared
	once   sync.Once
	closed chan struct{}
}

// Accept implements net.Listener.
func (v *view) Accept() (net.Conn, error) {
	select {
	case conn := <-v.conns:
		return conn, nil
	case <-v.closed:
		return nil, net.ErrClosed
	case <-v.over:
		return nil, v.err
	}
}

// Close implements net.Listener.
func (v *view) Close() error {
	v.once.Do(func() { close(v.closed) })
	return nil
}
