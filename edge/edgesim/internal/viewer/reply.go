package viewer

import (
	"io"
	"net/http"
)

// Copy copies a stream and sends each piece at once, as server-sent events need it.
func Copy(w http.ResponseWriter, stream io.Reader) (sent int64, err error) {
	controller := http.NewResponseController(w)
	buffer := make([]byte, 32<<10)
	for {
		n, err := stream.Read(buffer)
		if n > 0 {
			written, writeErr := w.Write(buffer[:n])
			sent += int64(written)
			if writeErr != nil {
				return sent, writeErr
			}
			controller.Flush() // a writer that cannot flush sends when it likes
		}
		switch {
		case err == io.EOF:
			return sent, nil
		case err != nil:
			return sent, err
		}
	}
}
