//go:build edgepacktag

// Command tagged exists with a build tag only.
package main

func main() {}
