package prober

import (
	"fmt"
	"strings"
)

// Browsers finds browsers by their names, separated by commas: "chromium", "firefox", "webkit".
func Browsers(names string) ([]Browser, error) {
	known := []Browser{Chromium(), Firefox(), WebKit()}
	var browsers []Browser
next:
	for name := range strings.SplitSeq(names, ",") {
		for _, b := range known {
			if b.Name == strings.TrimSpace(name) {
				browsers = append(browsers, b)
				continue next
			}
		}
		return nil, fmt.Errorf("browser %q: not one of chromium, firefox, webkit", name)
	}
	return browsers, nil
}
