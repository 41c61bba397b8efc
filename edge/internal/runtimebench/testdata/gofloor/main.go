// Command gofloor is what floor/floor.c is, in Go: a client of the Runtime API that only reads and writes. It trusts every byte, and its answer is
// always the same. What it takes more than the C program is the Go runtime's own.
package main

import (
	"bytes"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	api := netip.MustParseAddrPort(os.Getenv("AWS_LAMBDA_RUNTIME_API"))
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err == nil {
		err = syscall.Connect(fd, &syscall.SockaddrInet4{Port: int(api.Port()), Addr: api.Addr().As4()})
	}
	if err != nil {
		panic(err)
	}
	syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)

	const next = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n"
	answer := strings.Repeat("x", 400)
	in, out := make([]byte, 1<<16), make([]byte, 0, 1<<16)
	for {
		head := exchange(fd, []byte(next), in)
		const idField = "\r\nLambda-Runtime-Aws-Request-Id: "
		at := bytes.Index(head, []byte(idField)) + len(idField)
		out = append(out[:0], "POST /2018-06-01/runtime/invocation/"...)
		out = append(out, head[at:at+36]...)
		out = append(out, "/response HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n"...)
		exchange(fd, append(out, answer...), in)
	}
}

// exchange sends a request and reads one response into in: its header, which it returns, and as many bytes as Content-Length says.
func exchange(fd int, request, in []byte) (head []byte) {
	if _, err := syscall.Write(fd, request); err != nil {
		panic(err)
	}
	have := 0
	for {
		n, err := syscall.Read(fd, in[have:])
		if err != nil || n == 0 {
			os.Exit(1)
		}
		have += n
		const lengthField = "\r\nContent-Length: "
		end, at := bytes.Index(in[:have], []byte("\r\n\r\n")), bytes.Index(in[:have], []byte(lengthField))
		if end < 0 || at < 0 {
			continue
		}
		digits, _, _ := bytes.Cut(in[at+len(lengthField):have], []byte("\r"))
		if length, _ := strconv.Atoi(string(digits)); have >= end+4+length {
			return in[:end]
		}
	}
}
