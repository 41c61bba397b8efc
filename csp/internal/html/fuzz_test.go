package html_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/edgehelpers/lambdaedge/csp/internal/html"
)

// FuzzTokens holds these laws for any page:
//  1. The tokenizer comes to the end, and its tokens are the page (see tokens).
//  2. How the page comes from the reader makes no difference.
//  3. Normalizing in pieces gives what normalizing at once does, valid UTF-8
//     without CR and NUL, and leaves that as it is.
func FuzzTokens(f *testing.F) {
	for _, tt := range pages {
		f.Add(tt.page, uint64(len(tt.page)))
	}
	for _, tt := range unnormal {
		f.Add("<script>"+tt.raw+"</script>", uint64(1))
	}
	f.Fuzz(func(t *testing.T, page string, seed uint64) {
		want, err := tokens(strings.NewReader(page), page)
		if err != nil {
			t.Fatal(err)
		}
		one, err := tokens(iotest.OneByteReader(strings.NewReader(page)), page)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(one, want) {
			t.Errorf("byte by byte: got %q; want %q", one, want)
		}
		small, err := tokensInSmallBuffer(page)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(small, want) {
			t.Errorf("in a small buffer: got %q; want %q", small, want)
		}
		checkNormalize(t, []byte(page), rand.New(rand.NewPCG(seed, 0)))
	})
}

func checkNormalize(t *testing.T, raw []byte, r *rand.Rand) {
	want := html.Normalize(raw)
	var pieces bytes.Buffer
	n := html.Normalizer{W: &pieces}
	for rest := raw; len(rest) > 0; {
		k := 1 + r.IntN(min(len(rest), 5))
		n.Write(rest[:k])
		rest = rest[k:]
	}
	n.Close()
	if !bytes.Equal(pieces.Bytes(), want) {
		t.Errorf("in pieces: got %q; want %q", pieces.Bytes(), want)
	}
	if !bytes.Equal(want, []byte(strings.ToValidUTF8(string(want), "?"))) || bytes.ContainsAny(want, "\r\x00") {
		t.Errorf("got %q, which is not normal", want)
	}
	if again := html.Normalize(want); !bytes.Equal(again, want) {
		t.Errorf("twice: got %q; want %q", again, want)
	}
}
