package edgesim

import "io"

// A storingBody passes an origin's body on as it comes, and stores it when its end was seen. A body that breaks
// off, or that grows beyond most, is not stored.
type storingBody struct {
	io.ReadCloser
	most  int64
	store func([]byte)
	done  func() // called once, when the body is stored or never will be; may be nil

	seen     []byte
	tooLarge bool
	settled  bool
}

func (b *storingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if !b.tooLarge {
		b.seen = append(b.seen, p[:n]...)
		if int64(len(b.seen)) > b.most {
			b.tooLarge, b.seen = true, nil
			b.settle(false)
		}
	}
	if err != nil {
		b.settle(err == io.EOF && !b.tooLarge)
	}
	return n, err
}

func (b *storingBody) Close() error {
	b.settle(false)
	return b.ReadCloser.Close()
}

func (b *storingBody) settle(complete bool) {
	if b.settled {
		return
	}
	b.settled = true
	if complete {
		b.store(b.seen)
	}
	if b.done != nil {
		b.done()
	}
}

// drain reads a body to its end and closes it.
func drain(body io.ReadCloser) {
	io.Copy(io.Discard, body)
	body.Close()
}
