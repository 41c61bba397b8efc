package prober

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// A marionette is a connection to Firefox's Marionette, protocol 3: each message is the length of a JSON text, a colon and
// the text. A command is [0, id, name, parameters], an answer [1, id, error, result].
// See https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html.
type marionette struct {
	network net.Conn
	reader  *bufio.Reader
	last    int // identifier of the last command
}

// maxMarionette bounds a message's length in bytes.
const maxMarionette = 1 << 20

// begin reads the greeting.
func (m *marionette) begin() error {
	m.reader = bufio.NewReader(m.network)
	var greeting struct {
		Protocol int `json:"marionetteProtocol"`
	}
	if err := m.read(&greeting); err != nil {
		return err
	}
	if greeting.Protocol != 3 {
		return fmt.Errorf("protocol %d; want 3", greeting.Protocol)
	}
	return nil
}

// call sends a command and waits for its answer.
func (m *marionette) call(name string, parameters map[string]any) error {
	m.last++
	text, err := json.Marshal([]any{0, m.last, name, parameters})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(m.network, "%d:%s", len(text), text); err != nil {
		return err
	}
	var answer [4]json.RawMessage
	if err := m.read(&answer); err != nil {
		return err
	}
	if failure := string(answer[2]); failure != "null" {
		return fmt.Errorf("%s: %s", name, failure)
	}
	return nil
}

func (m *marionette) read(value any) error {
	length, err := m.reader.ReadString(':')
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil || n < 0 || n > maxMarionette {
		return fmt.Errorf("message with the length %q", length)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(m.reader, text); err != nil {
		return err
	}
	return json.Unmarshal(text, value)
}
