package edgesim

import "io"

// A storingBody passes an origin's body on as it comes, and stores it when its end was seen. A body that breaks off,
// or that grows beyond most, is not stored.
type storingBody struct {
	io.ReadCloser
	most    int64
	store   func([]byte)
	settled func() // called when the body is stored or never will be, perhaps more than once; may be nil

	seen []byte
	over bool // nothing is kept any more
}

func (b *storingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.over {
		return n, err
	}
	b.seen = append(b.seen, p[:n]...)
	switch {
	case int64(len(b.seen)) > b.most || err != nil && err != io.EOF:
		b.settle()
	case err == io.EOF:
		b.store(b.seen)
		b.settle()
	}
	return n, err
}

func (b *storingBody) Close() error {
	b.settle()
	return b.ReadCloser.Close()
}

func (b *storingBody) settle() {
	b.over, b.seen = true, nil
	if b.settled != nil {
		b.settled()
	}
}

// drain reads a body to its end and closes it.
func drain(body io.ReadCloser) {
	io.Copy(io.Discard, body)
	body.Close()
}
