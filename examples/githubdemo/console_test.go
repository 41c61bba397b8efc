package main

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// The console is there with the flag, under a policy, and ends with the demo (which startDemo holds it to).
func TestConsole(t *testing.T) {
	d := startDemo(t, settings{console: "localhost:0"})
	d.get("/index.html", "")
	address := regexp.MustCompile(`Console +(http://localhost:\d+)`).FindStringSubmatch(d.printed.String())
	if address == nil {
		t.Fatalf("the banner names no console:\n%s", d.printed)
	}
	response, err := http.Get(address[1])
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != 200 || !strings.Contains(string(page), "edgesim console") || !strings.Contains(response.Header.Get("Content-Security-Policy"), "require-trusted-types-for") {
		t.Errorf("the console: %d, %v", response.StatusCode, response.Header)
	}
}

func TestConsoleIsForThisMachine(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", "192.0.2.1:8081", "8081"} {
		err := run(t.Context(), settings{addr: "localhost:0", console: addr}, io.Discard)
		if err == nil || !strings.Contains(err.Error(), "-console") {
			t.Errorf("%s: error %v; want one that names the flag", addr, err)
		}
	}
}
