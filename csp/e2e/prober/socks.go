package prober

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// handshakeTime is how long a connection may take to say where it wants to go.
const handshakeTime = 10 * time.Second

// The commands and answers of SOCKS 5 that are used here (RFC 1928 sections 4 to 6).
const (
	socksVersion     = 5
	socksNoAuth      = 0
	socksConnect     = 1
	socksGranted     = 0
	socksUnreachable = 4

	socksIPv4 = 1
	socksName = 3
	socksIPv6 = 4
)

// A conn is a connection that came through the proxy. It reads through a buffer, so that its first byte can be looked at.
type conn struct {
	net.Conn
	reader *bufio.Reader
	target string // the host that the browser asked for, without port
	port   uint16
	secure bool // TLS
}

// newReader reads with a buffer for the longest request line of a probe.
func newReader(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, 1<<16) }

func (c *conn) Read(b []byte) (int, error) { return c.reader.Read(b) }

// startsTLS reports whether the next byte is that of a TLS handshake (RFC 8446 section 5.1), and not of an HTTP method.
func (c *conn) startsTLS() (bool, error) {
	first, err := c.reader.Peek(1)
	if err != nil {
		return false, err
	}
	return first[0] == 22, nil
}

// mendTarget reads the request line and makes its target one that net/http takes: browsers send a "%" that no two
// hexadecimal digits follow as it is. It does so for the first request, so a connection must carry only one.
func (c *conn) mendTarget() error {
	line, err := c.reader.ReadSlice('\n') // no more than the reader's buffer
	if err != nil {
		return err
	}
	parts := strings.Split(string(line), "%")
	for i, part := range parts[1:] {
		if len(part) < 2 || !isHex(part[0]) || !isHex(part[1]) {
			parts[1+i] = "25" + part
		}
	}
	c.reader = bufio.NewReader(io.MultiReader(strings.NewReader(strings.Join(parts, "%")), c.reader))
	return nil
}

func isHex(b byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", b) >= 0 }

// acceptSOCKS answers a browser's SOCKS handshake and grants its request if it is for a host of the probes.
func acceptSOCKS(network net.Conn) (*conn, error) {
	if err := network.SetDeadline(time.Now().Add(handshakeTime)); err != nil {
		return nil, err
	}
	c := &conn{Conn: network, reader: newReader(network)}
	if err := c.greet(); err != nil {
		return nil, err
	}
	if err := c.readTarget(); err != nil {
		return nil, err
	}
	answer := [10]byte{socksVersion, socksGranted, 0, socksIPv4}
	if !isProbed(c.target) {
		answer[1] = socksUnreachable
	}
	if _, err := network.Write(answer[:]); err != nil {
		return nil, err
	}
	if answer[1] != socksGranted {
		return nil, fmt.Errorf("refused a connection to %q", c.target)
	}
	return c, network.SetDeadline(time.Time{})
}

// greet takes the list of ways to authenticate, and chooses none of them.
func (c *conn) greet() error {
	var head [2]byte
	if _, err := io.ReadFull(c.reader, head[:]); err != nil {
		return err
	}
	if head[0] != socksVersion {
		return errors.New("not SOCKS 5")
	}
	if _, err := c.reader.Discard(int(head[1])); err != nil {
		return err
	}
	_, err := c.Write([]byte{socksVersion, socksNoAuth})
	return err
}

// readTarget reads the request: where to connect to.
func (c *conn) readTarget() error {
	var head [4]byte
	if _, err := io.ReadFull(c.reader, head[:]); err != nil {
		return err
	}
	if head[1] != socksConnect {
		return fmt.Errorf("SOCKS command %d", head[1])
	}
	size := map[byte]int{socksIPv4: 4, socksIPv6: 16}[head[3]]
	if head[3] == socksName {
		length, err := c.reader.ReadByte()
		if err != nil {
			return err
		}
		size = int(length)
	}
	rest := make([]byte, size+2)
	if _, err := io.ReadFull(c.reader, rest); err != nil {
		return err
	}
	c.target = string(rest[:size])
	if head[3] != socksName {
		address, _ := netip.AddrFromSlice(rest[:size])
		c.target = address.String()
	}
	c.port = binary.BigEndian.Uint16(rest[size:])
	return nil
}

// isProbed reports whether a host can be one of a probe. Others are those that browsers call of their own accord.
func isProbed(host string) bool {
	name := strings.ToLower(strings.Trim(host, "[]."))
	_, err := netip.ParseAddr(name)
	return err == nil || name == "localhost" || strings.HasSuffix(name, ".localhost") || strings.HasSuffix(name, ".test")
}

// origin is the origin that the connection stands for, as a URL without a path.
func (c *conn) origin() string {
	scheme, usual := "http", uint16(80)
	if c.secure {
		scheme, usual = "https", 443
	}
	host := c.target
	if strings.Contains(host, ":") {
		host = "[" + strings.Trim(host, "[]") + "]"
	}
	if c.port != usual {
		host += ":" + strconv.Itoa(int(c.port))
	}
	return scheme + "://" + host
}
