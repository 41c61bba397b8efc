package prober

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/big"
	"net"
	"sync"
	"time"
)

// A listener is a SOCKS proxy whose every connection ends in this process: it gives them to an [net/http.Server], with TLS
// taken off from those that begin with it, whatever their port is.
type listener struct {
	net.Listener // on a loopback address
	tls          *tls.Config
	ready        chan net.Conn
	closed       chan struct{}
	close        sync.Once
}

func listen() (*listener, error) {
	network, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	certificate, err := selfSigned()
	if err != nil {
		return nil, err
	}
	l := &listener{
		Listener: network,
		tls:      &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"http/1.1"}},
		ready:    make(chan net.Conn),
		closed:   make(chan struct{}),
	}
	go l.run()
	return l, nil
}

// run accepts until the listener is closed.
func (l *listener) run() {
	for {
		network, err := l.Listener.Accept()
		if err != nil {
			l.Close()
			return
		}
		go l.prepare(network)
	}
}

// prepare brings a connection to the point where its next byte is HTTP.
func (l *listener) prepare(network net.Conn) {
	c, err := acceptSOCKS(network)
	if err != nil {
		network.Close()
		return
	}
	secure, err := c.startsTLS() // a connection made in advance may stay silent for long
	if err != nil {
		network.Close()
		return
	}
	if secure {
		encrypted := tls.Server(c, l.tls)
		c = &conn{Conn: encrypted, reader: newReader(encrypted), target: c.target, port: c.port, secure: true}
	}
	if err := c.mendTarget(); err != nil {
		network.Close()
		return
	}
	select {
	case l.ready <- c:
	case <-l.closed:
		network.Close()
	}
}

// Accept waits for the next connection that is ready for HTTP.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.ready:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close ends the proxy.
func (l *listener) Close() error {
	l.close.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// selfSigned makes a certificate. Its names do not matter: the browsers are told to take any.
func selfSigned() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
		DNSNames:     []string{"site.test", "*.test", "*.cdn.test", "localhost"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make a certificate: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}
