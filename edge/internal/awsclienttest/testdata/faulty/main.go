// Command faulty is a function that fails in the way that the request's URI says.
package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"

	"github.com/edgehelpers/lambdaedge/edge"
)

func main() {
	began := nonBlocking()
	edge.Start(&edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch r.URI {
		case "/error":
			return nil, errors.New("no such user")
		case "/panic":
			panic("boom")
		case "/exit":
			os.Exit(3)
		case "/descriptors":
			return &edge.Response{StatusCode: 200, Body: edge.Text(began)}, nil
		case "/crash": // of a goroutine of its own, which nothing recovers: the text is the Go runtime's
			go panic(strings.Repeat("long", 75_000))
			select {}
		}
		return r, nil
	}})
}

// nonBlocking names those of the standard descriptors that do not block, as the interpreter left them.
func nonBlocking() (names string) {
	for fd, name := range []string{"stdin", "stdout", "stderr"} {
		flags, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_GETFL, 0)
		if errno == 0 && flags&syscall.O_NONBLOCK != 0 {
			names += name + " "
		}
	}
	return "non-blocking: " + names
}
