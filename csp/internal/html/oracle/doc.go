// Package oracle has tests only: it compares csphtml.HashHTML with a tree that
// golang.org/x/net/html builds. It is a module of its own, so that the library
// does not depend on that.
package oracle
