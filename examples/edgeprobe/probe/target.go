package probe

import (
	"cmp"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
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

	// Simulated is a distribution of the simulator: it is not asked what is about AWS's own environment.
	Simulated bool

	// Logs gives what the functions below a path pattern have written: the lines with a text in them, all for "". AWS delivers them late:
	// it waits for them. nil: no logs are read.
	Logs func(ctx context.Context, pattern, containing string) ([]LogLine, error)

	// Change deploys the function below /trial/ anew. A [Refusal] is AWS's answer. nil: it is not tried.
	Change func(ctx context.Context, t Trial) error

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
		DialContext:        dialer().DialContext,
	}
	return &t
}

func dialer() *net.Dialer { return &net.Dialer{Timeout: 10 * time.Second} }

// connect opens a connection to the host of a URL, over TLS for https, which ends with ctx or after a minute.
func (t *Target) connect(ctx context.Context, u *url.URL) (net.Conn, error) {
	port, dial := "80", dialer().DialContext
	if u.Scheme == "https" {
		port, dial = "443", (&tls.Dialer{NetDialer: dialer()}).DialContext
	}
	connection, err := dial(ctx, "tcp", net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), port)))
	if err != nil {
		return nil, err
	}
	return connection, connection.SetDeadline(time.Now().Add(time.Minute))
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
