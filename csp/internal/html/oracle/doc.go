// Package oracle has tests only: it compares csphtml.HashHTML with a tree that
// golang.org/x/net/html builds, and what package js finds in scripts and package css in
// style sheets with what esbuild does. It is a module of its own, so that the library
// does not depend on those.
package oracle
