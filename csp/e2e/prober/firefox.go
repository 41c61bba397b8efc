package prober

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Firefox is Debian's firefox-esr.
func Firefox() Browser {
	return Browser{Name: "firefox", Package: "firefox-esr", find: look("firefox-esr", "firefox"), start: startFirefox}
}

// firefoxPreferences are set in each new profile.
func firefoxPreferences(proxy string) (map[string]any, error) {
	host, port, err := net.SplitHostPort(proxy)
	if err != nil {
		return nil, err
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"network.proxy.type":                         1,
		"network.proxy.socks":                        host,
		"network.proxy.socks_port":                   number,
		"network.proxy.socks_version":                5,
		"network.proxy.socks_remote_dns":             true,
		"network.proxy.socks5_remote_dns":            true,
		"network.proxy.no_proxies_on":                "",
		"network.proxy.allow_hijacking_localhost":    true, // the proxy answers for loopback names too
		"network.proxy.failover_direct":              false,
		"network.websocket.delay-failed-reconnects":  false, // a blocked one would hold up the next
		"network.http.speculative-parallel-limit":    0,
		"network.dns.disablePrefetch":                true,
		"network.captive-portal-service.enabled":     false,
		"network.connectivity-service.enabled":       false,
		"network.trr.mode":                           5,     // no DNS over HTTPS
		"dom.security.https_first":                   false, // the probes of http pages are to stay on http
		"dom.security.https_first_schemeless":        false,
		"marionette.port":                            0, // any free one; it is written to the profile
		"app.update.auto":                            false,
		"app.normandy.enabled":                       false,
		"browser.send_pings":                         true, // <a ping> is off without
		"browser.safebrowsing.malware.enabled":       false,
		"browser.safebrowsing.phishing.enabled":      false,
		"browser.shell.checkDefaultBrowser":          false,
		"browser.sessionstore.resume_from_crash":     false,
		"datareporting.policy.dataSubmissionEnabled": false,
		"extensions.update.enabled":                  false,
		"services.settings.server":                   "data:,none",
		"toolkit.telemetry.enabled":                  false,
	}, nil
}

// startFirefox starts Firefox and opens the address by Marionette, which alone can tell it to take any certificate.
func startFirefox(ctx context.Context, set settings) (*process, error) {
	preferences, err := firefoxPreferences(set.proxy)
	if err != nil {
		return nil, err
	}
	var file strings.Builder
	for _, name := range slices.Sorted(maps.Keys(preferences)) {
		value, err := json.Marshal(preferences[name])
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&file, "user_pref(%q, %s);\n", name, value)
	}
	if err := os.WriteFile(filepath.Join(set.profile, "user.js"), []byte(file.String()), 0o600); err != nil {
		return nil, err
	}
	p, err := startProcess(set.profile, set.program, nil, nil, "--headless", "--no-remote", "--marionette", "--profile", set.profile)
	if err != nil {
		return nil, err
	}
	if err := openByMarionette(ctx, p, set); err != nil {
		p.stop()
		return nil, fmt.Errorf("marionette: %w\n%s", err, p.output)
	}
	return p, nil
}

// openByMarionette waits for Firefox, and opens an address in a session that takes any certificate.
func openByMarionette(ctx context.Context, p *process, set settings) error {
	port, err := marionettePort(ctx, p, set.profile)
	if err != nil {
		return err
	}
	network, err := net.Dial("tcp", "127.0.0.1:"+port)
	if err != nil {
		return err
	}
	// The session ends with the connection, which is therefore left open as long as the browser is.
	p.close = func() { network.Close() }
	if deadline, ok := ctx.Deadline(); ok {
		network.SetDeadline(deadline)
	}
	m := marionette{network: network}
	if err := m.begin(); err != nil {
		return err
	}
	if err := m.call("WebDriver:NewSession", map[string]any{"acceptInsecureCerts": true, "pageLoadStrategy": "none"}); err != nil {
		return err
	}
	return m.call("WebDriver:Navigate", map[string]any{"url": set.address})
}

// marionettePort waits until Firefox has written the port into its profile.
func marionettePort(ctx context.Context, p *process, profile string) (string, error) {
	for {
		port, err := os.ReadFile(filepath.Join(profile, "MarionetteActivePort"))
		if err == nil && len(port) > 0 {
			return strings.TrimSpace(string(port)), nil
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-p.ended:
			return "", fmt.Errorf("the browser ended: %v", p.command.ProcessState)
		case <-ctx.Done():
			return "", fmt.Errorf("no port in the profile: %w", ctx.Err())
		}
	}
}
