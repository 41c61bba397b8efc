package edgesim

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/origin"
)

// A CustomOrigin is an HTTP server: one at a URL, or a handler in this process. One of URL and Handler is required,
// or neither of them with DomainName and Protocol: then the server of that name is asked over the network.
type CustomOrigin struct {
	URL     string       // scheme, host and port, for instance "http://localhost:3000"; a path in it becomes the origin path
	Handler http.Handler // runs in this process; its answers have the framing that net/http's server would give them

	// DomainName is what functions see as the origin's domain and what goes to it as Host. "" is the URL's host name,
	// or custom-origin.example.com for a handler and for a URL with an IP address, which events cannot show.
	DomainName string
	Path       string // the origin path, before every request's path: "" or with a leading and no trailing slash

	// Protocol is the origin protocol policy. Functions see the protocol that it gives and the port of that protocol,
	// whatever the URL has. "" is the protocol and the port of the URL, and https and 443 for a handler.
	Protocol  OriginProtocol
	HTTPPort  int // the port under Protocol for http; 0 is 80
	HTTPSPort int // the port under Protocol for https; 0 is 443

	CustomHeaders http.Header   // sent with every request, in the place of the viewer's
	ReadTimeout   time.Duration // for the first byte and between bytes; 0 is 30 seconds
	Completion    time.Duration // for the whole answer; 0 is no limit
	Keepalive     time.Duration // what functions see; 0 is 5 seconds
	Connect       time.Duration // for a connection attempt; 0 is 10 seconds
	Attempts      int           // connection attempts, 1 to 3; 0 is 3
	Protocols     []string      // what functions see as sslProtocols; nil is TLSv1.2
}

// OriginProtocol is an origin protocol policy: how CloudFront asks a custom origin (DownloadDistValuesOrigin.html,
// "Protocol").
type OriginProtocol string

// The origin protocol policies, spelled as in CloudFront's API.
const (
	OriginHTTPOnly    OriginProtocol = "http-only"
	OriginHTTPSOnly   OriginProtocol = "https-only"
	OriginMatchViewer OriginProtocol = "match-viewer" // by the protocol that the viewer came by
)

const defaultCustomDomain = "custom-origin.example.com"

func (o *CustomOrigin) seen(https bool) *message.Origin {
	s := &message.Origin{
		Kind: message.Custom, DomainName: cmp.Or(o.DomainName, defaultCustomDomain), Path: o.Path, CustomHeaders: o.CustomHeaders,
		ReadTimeout: cmp.Or(o.ReadTimeout, 30*time.Second), CompletionTimeout: o.Completion, Keepalive: cmp.Or(o.Keepalive, 5*time.Second),
		Protocol: "https", Port: 443, SSLProtocols: o.Protocols,
	}
	if s.SSLProtocols == nil {
		s.SSLProtocols = []string{"TLSv1.2"}
	}
	if u, err := url.Parse(o.URL); err == nil && o.URL != "" {
		s.Protocol = u.Scheme
		s.Port = portOf(u)
		if o.Path == "" {
			s.Path = u.Path
		}
		if o.DomainName == "" && net.ParseIP(u.Hostname()) == nil {
			s.DomainName = u.Hostname()
		}
	}
	if o.Protocol != "" {
		s.Protocol, s.Port = "https", cmp.Or(o.HTTPSPort, 443)
	}
	if o.Protocol == OriginHTTPOnly || o.Protocol == OriginMatchViewer && !https {
		s.Protocol, s.Port = "http", cmp.Or(o.HTTPPort, 80)
	}
	return s
}

func portOf(u *url.URL) int {
	if port, err := strconv.Atoi(u.Port()); err == nil {
		return port
	}
	if u.Scheme == "http" {
		return 80
	}
	return 443
}

// check reports what is wrong with the origin's configuration.
func (o *CustomOrigin) check() error {
	switch o.Protocol {
	case "", OriginHTTPOnly, OriginHTTPSOnly, OriginMatchViewer:
	default:
		return fmt.Errorf("protocol policy: got %q, want %q, %q or %q", o.Protocol, OriginHTTPOnly, OriginHTTPSOnly, OriginMatchViewer)
	}
	for _, port := range []int{o.HTTPPort, o.HTTPSPort} {
		if port != 0 && port != 80 && port != 443 && (port < 1024 || port > 65535) {
			return fmt.Errorf("HTTPPort and HTTPSPort: got %d, CloudFront allows 80, 443 and 1024 to 65535", port)
		}
	}
	named := o.URL == "" && o.Handler == nil && o.DomainName != "" && o.Protocol != ""
	if (o.URL == "") == (o.Handler == nil) && !named {
		return errors.New("exactly one of URL and Handler is required, or DomainName and Protocol without them")
	}
	if o.URL == "" {
		return nil
	}
	u, err := url.Parse(o.URL)
	if err != nil {
		return err
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fmt.Errorf("URL: got %q, want http or https with a host, for instance http://localhost:3000", o.URL)
	}
	return nil
}

func (o *CustomOrigin) asker(transport *http.Transport) (origin.Asker, error) {
	if o.Handler != nil {
		return origin.Handler{Handler: o.Handler}, nil
	}
	s := &origin.Server{Transport: transport, Connect: cmp.Or(o.Connect, 10*time.Second), Attempts: cmp.Or(o.Attempts, 3)}
	if o.URL == "" {
		return s, nil
	}
	u, err := url.Parse(o.URL)
	if err != nil {
		return nil, err
	}
	s.Scheme, s.Address, s.HostIsAddress = u.Scheme, u.Host, o.DomainName == ""
	return s, nil
}

// lookup is the name that must resolve before the origin-request function runs; "" when there is none.
func (o *CustomOrigin) lookup() string {
	if o.URL == "" && o.Handler == nil {
		return o.DomainName
	}
	u, err := url.Parse(o.URL)
	if err != nil || o.Handler != nil || net.ParseIP(u.Hostname()) != nil {
		return ""
	}
	return u.Hostname()
}
