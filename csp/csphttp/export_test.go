package csphttp

import "time"

// Apart reports whether no two of the addresses share a bucket, which they do by
// chance, and makes the buckets anew.
func (c *Collector) Apart(addresses ...string) bool {
	c.limits.begin(time.Now())
	seen := make(map[*bucket]bool)
	for _, address := range addresses {
		seen[c.limits.bucket(address)] = true
	}
	return len(seen) == len(addresses)
}
