package runtimeapi_test

import (
	"errors"
	"io"
	"net"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
)

// connected returns both ends of a connection.
func connected(t *testing.T) (runtimeapi.Conn, net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ours, err := runtimeapi.Dial(addressOf(l))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ours.Close() })
	theirs, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { theirs.Close() })
	return ours, theirs
}

// The API closes before the write: the write succeeds, and only the socket's pending error tells that nobody read what was written.
func TestClosedBeforeWrite(t *testing.T) {
	t.Parallel()
	ours, theirs := connected(t)
	theirs.Close()
	if _, err := ours.Write([]byte("POST")); err != nil {
		t.Skipf("the system tells at the write already: %v", err)
	}
	if _, err := ours.Read(make([]byte, 10)); err == nil || errors.Is(err, io.EOF) || !errors.Is(err, syscall.EPIPE) && !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("Read after a write that nobody read: %v; want EPIPE or ECONNRESET", err)
	}
}

func TestClosedAfterRead(t *testing.T) {
	t.Parallel()
	ours, theirs := connected(t)
	if _, err := ours.Write([]byte("POST")); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(theirs, make([]byte, 4)); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	if _, err := ours.Read(make([]byte, 10)); err != io.EOF {
		t.Errorf("Read after all was read: %v; want io.EOF", err)
	}
}

// More than the socket's buffers hold: the write has to wait for the reader, who is in no hurry.
func TestWriteWaits(t *testing.T) {
	t.Parallel()
	ours, theirs := connected(t)
	const size = 32 << 20
	got := make(chan int64, 1)
	go func() {
		time.Sleep(20 * time.Millisecond)
		n, _ := io.Copy(io.Discard, theirs)
		got <- n
	}()
	if n, err := ours.Write(make([]byte, size)); n != size || err != nil {
		t.Errorf("Write = %d, %v; want %d", n, err, size)
	}
	ours.Close()
	if n := <-got; n != size {
		t.Errorf("%d bytes came; want %d", n, size)
	}
}

// A read outlasts its patience and parks. With one processor another goroutine must get it then.
func TestReadWaits(t *testing.T) {
	ours, theirs := connected(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	ticks, stop := 0, make(chan bool)
	go func() {
		for range 5 {
			time.Sleep(5 * time.Millisecond)
			ticks++
		}
		theirs.Write([]byte("202"))
		close(stop)
	}()
	b := make([]byte, 10)
	if n, err := ours.Read(b); string(b[:n]) != "202" || err != nil {
		t.Errorf("Read = %q, %v; want 202", b[:n], err)
	}
	if <-stop; ticks != 5 {
		t.Errorf("the other goroutine ran %d times; want 5", ticks)
	}
}
