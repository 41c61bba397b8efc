package local

import (
	"net"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

// Serve plays the distribution with these settings on a free port of this machine, and gives it as the probe asks it, but for the Signer.
// One question is asked after the other, since the clock is one for all.
func Serve(p Parts, u edgesim.Unknowns, c *Clock) (t probe.Target, stop func(), err error) {
	sim, err := edgesim.New(edgesim.Config{Distribution: Distribution(p), Unknowns: u, Clock: c.Now})
	if err != nil {
		return t, nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return t, nil, err
	}
	server := &http.Server{Handler: sim, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	t = probe.Target{
		Site: "https://" + sim.DomainName(), URL: "http://" + listener.Addr().String(), Simulated: true,
		Now: c.Now, Wait: c.Advance, Delay: 150 * time.Millisecond, OneByOne: true,
	}
	if p.Log != nil {
		t.Logs = p.Log.Lines
	}
	return t, func() { server.Close() }, nil
}
