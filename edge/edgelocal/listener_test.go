package main

import (
	"errors"
	"net"
	"testing"
)

// A connection that comes between two views is the next one's.
func TestViews(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	all := share(l)
	first := all.view()
	first.Close()
	if _, err := first.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a view that is closed: got %v, want net.ErrClosed", err)
	}
	asked, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer asked.Close()
	second := all.view()
	got, err := second.Accept()
	if err != nil {
		t.Fatal(err)
	}
	if got.RemoteAddr().String() != asked.LocalAddr().String() {
		t.Errorf("got the connection of %s, want that of %s", got.RemoteAddr(), asked.LocalAddr())
	}
	got.Close()
	all.Close()
	if _, err := second.Accept(); err == nil {
		t.Error("a listener that is closed accepts")
	}
}
