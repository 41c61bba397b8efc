package runtimeapi_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
)

func inMilliseconds(n int) string {
	return fmt.Sprint(time.Now().Add(time.Duration(n) * time.Millisecond).UnixMilli())
}

func TestParseAddress(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, value, want, reason string }{
		{"ipv4", "127.0.0.1:9001", "127.0.0.1:9001", "Lambda's own"},
		{"link-local", "169.254.100.1:9001", "169.254.100.1:9001", "Lambda's own in Firecracker"},
		{"ipv6", "[::1]:9001", "", "Lambda uses none"},
		{"localhost", "localhost:9001", "127.0.0.1:9001", "an emulator's"},
		{"no-port", "127.0.0.1", "", "which port?"},
		{"port-zero", "127.0.0.1:0", "", "nobody listens on it"},
		{"large-port", "127.0.0.1:65536", "", "ports have 16 bits"},
		{"url", "http://127.0.0.1:9001", "", "not a URL"},
		{"path", "127.0.0.1:9001/2018-06-01", "", "not a URL"},
		{"name", "lambda.internal:9001", "", "names are not resolved"},
		{"three-parts", "127.0.1:9001", "", "the C library's short form"},
		{"five-parts", "127.0.0.0.1:9001", "", "no address"},
		{"large-part", "127.0.0.256:9001", "", "parts have 8 bits"},
		{"octal", "127.0.0.01:9001", "", "1 or 1 in octal"},
		{"sign", "127.0.0.+1:9001", "", "digits alone"},
		{"no-part", "127..0.1:9001", "", "digits are missing"},
		{"two-ports", "127.0.0.1:9001:1", "", "which port?"},
		{"control", "127.0.0.1:9001\n", "", "nothing that could reach a header"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := runtimeapi.ParseAddress(test.value)
			if test.want == "" {
				if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q", test.value)) {
					t.Errorf("ParseAddress(%q) = %v, %v; want an error that quotes it: %s", test.value, got, err, test.reason)
				}
				return
			}
			if err != nil || got.String() != test.want {
				t.Errorf("ParseAddress(%q) = %v, %v; want %s: %s", test.value, got, err, test.want, test.reason)
			}
		})
	}
	if _, err := runtimeapi.ParseAddress(""); !errors.Is(err, runtimeapi.ErrNotSet) {
		t.Errorf("ParseAddress of nothing: %v; want ErrNotSet", err)
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	loop := runtimeapi.Loop{API: runtimeapi.Address{IP: [4]byte{127, 0, 0, 1}, Port: 1}, Handler: echo}
	if err := loop.Run(); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("Run() = %v; want that the connection was refused", err)
	}
}
