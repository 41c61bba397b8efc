package prober

import "context"

// Chromium is Debian's chromium.
func Chromium() Browser {
	return Browser{Name: "chromium", Package: "chromium", find: look("chromium"), start: startChromium}
}

func startChromium(_ context.Context, set settings) (*process, error) {
	return startProcess(set.profile, set.program, nil, nil,
		"--headless",
		"--no-sandbox", // a container's root user has none
		"--disable-gpu",
		"--disable-dev-shm-usage",
		"--no-first-run",
		"--no-default-browser-check",
		"--disable-quic",
		"--disable-sync",
		"--disable-component-update",
		"--disable-background-networking",
		"--disable-background-timer-throttling",
		"--disable-renderer-backgrounding",
		"--disable-default-apps",
		"--disable-extensions",
		"--password-store=basic",
		"--ignore-certificate-errors",
		// The proxy answers for loopback names too.
		"--proxy-server=socks5://"+set.proxy,
		"--proxy-bypass-list=<-loopback>",
		// The probes of http pages are to stay on http.
		"--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,OptimizationHints,MediaRouter",
		"--user-data-dir="+set.profile,
		set.address,
	)
}
