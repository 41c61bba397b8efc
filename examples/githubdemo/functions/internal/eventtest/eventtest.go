// Package eventtest runs the demo's functions on event JSON and reads their answers as CloudFront does. It is for tests.
package eventtest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A Message is a request or a response in an event or in a function's answer.
type Message struct {
	URI         string
	QueryString *string
	Status      string
	Headers     map[string][]Entry
	Body        *string
}

// An Entry is one value of a header.
type Entry struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Header returns the header's value, "" for none. Several are an error.
func (m Message) Header(t testing.TB, name string) string {
	t.Helper()
	switch values := m.Headers[strings.ToLower(name)]; len(values) {
	case 0:
		return ""
	case 1:
		return values[0].Value
	default:
		t.Errorf("%s: %d values; want one", name, len(values))
		return values[0].Value
	}
}

// Read returns one of the module's events by its file name without .json.
func Read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../../testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Parse returns the request and the response of an event.
func Parse(t testing.TB, event []byte) (request, response Message) {
	t.Helper()
	var e struct {
		Records []struct {
			CF struct{ Request, Response Message }
		}
	}
	if err := json.Unmarshal(event, &e); err != nil || len(e.Records) != 1 {
		t.Fatalf("event with %d records: %v", len(e.Records), err)
	}
	return e.Records[0].CF.Request, e.Records[0].CF.Response
}

// Invoke returns the function's answer to an event.
func Invoke(t testing.TB, f *edge.Function, event []byte) Message {
	t.Helper()
	output, err := f.Invoke(context.Background(), event)
	if err != nil {
		t.Fatal(err)
	}
	var m Message
	if err := json.Unmarshal(output, &m); err != nil {
		t.Fatalf("answer %s: %v", output, err)
	}
	return m
}
