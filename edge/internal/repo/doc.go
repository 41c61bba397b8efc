// Package repo has no code, only tests that hold the repository to its own rules: which package may import which, what
// the root module requires, that every file name is fit for a module zip, that a stranger can go get the module and build
// README.md's program, and run the command edgelocal in a folder of their own, that the demo's packages stay small, and that the workflows run what is
// here with the rights that they need.
package repo
