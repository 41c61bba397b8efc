// Command cgo needs a C compiler, which no build for Lambda@Edge has.
package main

// int one(void) { return 1; }
import "C"

func main() { println(C.one()) }
