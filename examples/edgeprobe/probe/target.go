package probe

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
)

// A Target is the distribution that is asked.
type Target struct {
	Site string // "https://d111111abcdef8.cloudfront.net", as functions and signatures know it
	URL  string // where it is reached; "" is Site

	Signer *signedurl.Signer // of the key that the distribution trusts below /signed/; nil: what needs it is not asked

	Now   func() time.Time                                 // the time as the distribution has it; nil is time.Now
	Wait  func(ctx context.Context, d time.Duration) error // lets time pass for it; nil is to wait
	Delay time.Duration                                    // how long the origin takes where requests are to meet; 0 is two seconds

	// OneByOne asks one question after the other. Otherwise they are asked side by side, since most of the time is waiting.
	OneByOne bool

	transport *http.Transport
}

// fill gives the fields their defaults.
func (t Target) fill() *Target {
	if t.URL == "" {
		t.URL = t.Site
	}
	if t.Now == nil {
		t.Now = time.Now
	}
	if t.Wait == nil {
		t.Wait = wait
	}
	if t.Delay == 0 {
		t.Delay = 2 * time.Second
	}
	t.transport = &http.Transport{
		DisableCompression: true,                                                   // the answer's own headers are what is asked for
		TLSNextProto:       map[string]func(string, *tls.Conn) http.RoundTripper{}, // HTTP/1.1, whose framing can be seen
		DialContext:        (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
	}
	return &t
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
