package evaluator

// BypassHost is an entry of the table of hosts, for its test.
type BypassHost struct{ Host, Path, Why string }

// BypassHosts gives the table of hosts that Evaluate knows.
func BypassHosts() []BypassHost {
	var hosts []BypassHost
	for _, b := range bypassHosts {
		hosts = append(hosts, BypassHost{b.host, b.path, b.why})
	}
	return hosts
}
