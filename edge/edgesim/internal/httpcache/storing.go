package httpcache

import "io"

// A StoringBody passes an origin's body on as it comes, and stores it when its end was seen. A body that breaks off,
// or that grows beyond Most, is not stored.
type StoringBody struct {
	io.ReadCloser
	Most    int64
	Store   func([]byte)
	Settled func() // called when the body is stored or never will be, perhaps more than once; may be nil

	seen []byte
	over bool // nothing is kept any more
}

func (b *StoringBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.over {
		return n, err
	}
	b.seen = append(b.seen, p[:n]...)
	switch {
	case int64(len(b.seen)) > b.Most || err != nil && err != io.EOF:
		b.settle()
	case err == io.EOF:
		b.Store(b.seen)
		b.settle()
	}
	return n, err
}

func (b *StoringBody) Close() error {
	b.settle()
	return b.ReadCloser.Close()
}

func (b *StoringBody) settle() {
	b.over, b.seen = true, nil
	if b.Settled != nil {
		b.Settled()
	}
}

// Drain reads a body to its end and closes it.
func Drain(body io.ReadCloser) {
	io.Copy(io.Discard, body)
	body.Close()
}
