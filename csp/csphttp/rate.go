package csphttp

import (
	"hash/maphash"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// A Rate is how many requests are answered: PerSecond on average, and Burst at
// once. The zero Rate stands for a default. A Burst of 0 with a PerSecond is as many
// as come in a second, at least one. A PerSecond of 0 with a Burst answers so
// many and no more; below 0 it is 0.
type Rate struct {
	PerSecond float64
	Burst     int
}

func (r Rate) or(other Rate) Rate {
	if r == (Rate{}) {
		return other
	}
	r.PerSecond = max(0, r.PerSecond)
	if r.Burst <= 0 && r.PerSecond > 0 {
		r.Burst = int(min(max(1, r.PerSecond), 1<<30))
	}
	return r
}

// limits has a bucket for everybody together, and some that addresses share, each
// always the same one by its hash. So it takes 64 KB, however many addresses
// there are, and none of them is kept; rarely two of them share a bucket.
type limits struct {
	mu    sync.Mutex
	start time.Time // of the first request
	seed  maphash.Seed
	all   bucket
	each  []bucket
}

// buckets is how many buckets addresses share.
const buckets = 4096

// A bucket is a token bucket that is full at first: it keeps how much is missing,
// and since when it has been so.
type bucket struct {
	missing float64
	since   time.Duration // from the start
}

// wait fills up the bucket and gives how long it takes until it has a token.
func (b *bucket) wait(r Rate, now time.Duration) time.Duration {
	b.missing = max(0, b.missing-(now-b.since).Seconds()*r.PerSecond)
	b.since = now
	short := b.missing + 1 - float64(r.Burst)
	switch {
	case short <= 0:
		return 0
	case short > r.PerSecond*time.Hour.Seconds():
		return time.Hour
	}
	return time.Duration(short / r.PerSecond * float64(time.Second))
}

// take takes a token for a request of the address, or gives how long to wait for
// one.
func (l *limits) take(c *Collector, address string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.each == nil {
		l.begin(now)
	}
	elapsed := max(now.Sub(l.start), l.all.since) // another request may have been quicker
	one := l.bucket(address)
	wait := max(one.wait(c.Each.or(Rate{5, 100}), elapsed), l.all.wait(c.All.or(Rate{100, 500}), elapsed))
	if wait == 0 {
		one.missing++
		l.all.missing++
	}
	return wait
}

func (l *limits) begin(now time.Time) {
	l.start, l.seed, l.each = now, maphash.MakeSeed(), make([]bucket, buckets)
}

func (l *limits) bucket(address string) *bucket {
	return &l.each[maphash.String(l.seed, network(address))%buckets]
}

// network gives the part of an address that one sender cannot change at will.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		prefix, _ := ip.Prefix(64) // never fails: an IPv6 address has 128 bits
		return prefix.String()
	}
	return ip.String()
}

// address gives the address of who sends the request.
func (c *Collector) address(r *http.Request) string {
	if c.Address != nil {
		return c.Address(r)
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
