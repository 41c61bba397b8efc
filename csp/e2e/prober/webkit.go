package prober

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// WebKit is WebKitGTK's small browser, which comes with Debian's webkit2gtk-driver. It needs a display: that of Xvfb.
func WebKit() Browser {
	return Browser{Name: "webkit", Package: "webkit2gtk-driver xvfb", find: findMiniBrowser, start: startWebKit}
}

// findMiniBrowser finds the browser, which is not in the path.
func findMiniBrowser() (string, error) {
	if _, err := exec.LookPath("Xvfb"); err != nil {
		return "", fmt.Errorf("%w: Xvfb", ErrAbsent)
	}
	found, err := filepath.Glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("%w: MiniBrowser", ErrAbsent)
	}
	return found[0], nil
}

func startWebKit(ctx context.Context, set settings) (*process, error) {
	screen, display, err := startDisplay(ctx, set.profile)
	if err != nil {
		return nil, err
	}
	p, err := startProcess(set.profile, set.program, nil, []string{"DISPLAY=" + display},
		"--private",
		"--proxy=socks5://"+set.proxy,
		"--ignore-tls-errors",
		"--autoplay-policy=allow",
		set.address,
	)
	if err != nil {
		screen.stop()
		return nil, err
	}
	p.close = screen.stop
	return p, nil
}

// startDisplay starts an X server without a screen, on a free number, and returns the display's name.
func startDisplay(ctx context.Context, profile string) (*process, string, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, "", err
	}
	defer read.Close()
	xvfb, err := startProcess(profile, "Xvfb", []*os.File{write}, nil, "-displayfd", "3", "-screen", "0", "1024x768x24", "-nolisten", "tcp")
	write.Close()
	if err != nil {
		return nil, "", err
	}
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(startTime)
	}
	read.SetReadDeadline(deadline)
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		xvfb.stop()
		return nil, "", fmt.Errorf("no display: %w\n%s", err, xvfb.output)
	}
	xvfb.tidy = true // its socket
	return xvfb, ":" + strings.TrimSpace(number), nil
}
