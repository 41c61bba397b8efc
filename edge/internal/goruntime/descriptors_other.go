//go:build !unix

package goruntime

// BlockOutput does nothing: Lambda's system is Linux.
func BlockOutput() {}
