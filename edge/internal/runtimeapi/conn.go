package runtimeapi

// A Conn is a connection to the Runtime API. Its reads and writes block without a limit of time: the API answers a request for
// an invocation when there is one, and ends processes that take too long by itself.
type Conn interface {
	Read(p []byte) (int, error)  // as io.Reader; io.EOF when the API closed in order, after it had read what was written
	Write(p []byte) (int, error) // as io.Writer
	Close() error
}
