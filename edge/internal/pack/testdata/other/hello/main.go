// Command hello prints a word that the linker may set.
package main

var word = "hello"

func main() { print(word) }
