package runtimeapi

import (
	"bytes"
	"errors"
	"strconv"
)

// readChunked reads a chunked body (RFC 9112 section 7.1) and moves its chunks together in the reader's buffer.
func readChunked(r *reader) ([]byte, error) {
	begin, length := r.start, 0 // the body is buf[begin:begin+length]; the buffer may be replaced, but positions in it stay
	for {
		size, err := chunkSize(r)
		if err != nil {
			return nil, err
		}
		if size == 0 {
			break
		}
		if length+size > maxBody {
			return nil, tooLong("the body", maxBody)
		}
		chunk, err := r.take(size)
		if err != nil {
			return nil, err
		}
		copy(r.buf[begin+length:], chunk)
		length += size
		end, err := r.line()
		if err != nil {
			return nil, err
		}
		if len(end) > 0 {
			return nil, errors.New("got " + strconv.Quote(string(end)) + " after a chunk; want the end of the line")
		}
	}
	for { // trailer fields say nothing that is needed here
		line, err := r.line()
		if err != nil {
			return nil, err
		}
		if len(line) == 0 {
			return r.buf[begin : begin+length], nil
		}
	}
}

// chunkSize reads the line before a chunk: its size in hexadecimal and, after a semicolon, extensions.
func chunkSize(r *reader) (int, error) {
	line, err := r.line()
	if err != nil {
		return 0, err
	}
	digits, _, _ := bytes.Cut(line, []byte(";"))
	size, ok := parseNumber(bytes.TrimRight(digits, " \t"), 16)
	if !ok {
		return 0, errors.New("got chunk size " + strconv.Quote(string(line)) + "; want a hexadecimal number")
	}
	return size, nil
}
