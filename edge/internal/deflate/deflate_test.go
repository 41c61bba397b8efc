package deflate_test

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/deflate"
)

// inputs are data of every kind that a block has a way for.
func inputs() map[string][]byte {
	random := make([]byte, 100_000)
	rand.NewChaCha8([32]byte{1}).Read(random)
	return map[string][]byte{
		"empty":           nil,
		"one-byte":        {7},
		"two-bytes":       {7, 7},
		"three-equal":     {7, 7, 7},
		"four-equal":      {7, 7, 7, 7},
		"text":            []byte("to be or not to be, that is the question: to be"),
		"zeros":           make([]byte, 100_000),
		"longest-matches": bytes.Repeat([]byte("0123456789abcdef"), 5_000),
		"every-byte":      everyByte(),
		"random":          random,
		"random-twice":    append(append([]byte{}, random[:30_000]...), random[:30_000]...),
		"window-apart":    append(append([]byte{}, random[:32768]...), random[:32768]...),
		"beyond-window":   append(append([]byte{}, random[:32769]...), random[:32769]...),
		"mixed":           append(append([]byte(strings.Repeat("mixed data ", 3000)), random...), make([]byte, 70_000)...),
	}
}

func everyByte() []byte {
	data := make([]byte, 256)
	for i := range data {
		data[i] = byte(i)
	}
	return data
}

func inflate(t *testing.T, data []byte) []byte {
	t.Helper()
	r := bytes.NewReader(data)
	got, err := io.ReadAll(flate.NewReader(r))
	if err != nil {
		t.Fatalf("the stream is no DEFLATE: %v", err)
	}
	if r.Len() > 0 {
		t.Fatalf("%d bytes after the end of the stream", r.Len())
	}
	return got
}

func TestCompress(t *testing.T) {
	t.Parallel()
	for name, data := range inputs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			packed := deflate.Compress(data)
			if !bytes.Equal(inflate(t, packed), data) {
				t.Errorf("%d bytes do not come back", len(data))
			}
			// A hundredth aside: where a block may end is coarser here.
			if stdlib := standard(t, data); len(packed) > len(stdlib)+len(stdlib)/100 {
				t.Errorf("got %d bytes, compress/flate takes %d", len(packed), len(stdlib))
			}
		})
	}
}

// standard returns the data as compress/flate has it at its best level.
func standard(t *testing.T, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestProgram holds the package to its promise: a Go program, this test, gets at least 4 % smaller than with compress/flate.
func TestProgram(t *testing.T) {
	t.Parallel()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	most := 1_500_000
	if raceEnabled {
		most = 200_000
	}
	data = data[:min(len(data), most)]
	packed, stdlib := deflate.Compress(data), standard(t, data)
	t.Logf("%d bytes: %d, compress/flate %d", len(data), len(packed), len(stdlib))
	if !bytes.Equal(inflate(t, packed), data) {
		t.Error("the program does not come back")
	}
	if !raceEnabled && 100*len(packed) > 96*len(stdlib) {
		t.Errorf("got %d bytes, want at most 96 %% of the %d of compress/flate", len(packed), len(stdlib))
	}
}

// FuzzCompress: what goes in comes out, and the same data gives the same bytes.
func FuzzCompress(f *testing.F) {
	for _, data := range inputs() {
		f.Add(data[:min(len(data), 5000)], uint8(3))
	}
	f.Fuzz(func(t *testing.T, data []byte, repeat uint8) {
		data = bytes.Repeat(data, 1+int(repeat%8))
		packed := deflate.Compress(data)
		if !bytes.Equal(inflate(t, packed), data) {
			t.Errorf("%d bytes do not come back", len(data))
		}
		if !bytes.Equal(packed, deflate.Compress(data)) {
			t.Error("two results for the same data")
		}
	})
}
