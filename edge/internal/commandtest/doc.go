// Package commandtest has tests only: scripts in testdata that run the commands of this repository as people do, and hold all of them to
// one manner.
//
//   - -h prints the help on standard output, with examples and the exit statuses, and exits with 0; the package comment and the page in
//     docs have the statuses in the same words.
//   - -version prints the name, the version of the module and that of Go.
//   - Of a wrong command line the reason comes first, on standard error, then how the command is used; the exit status is 2.
//   - The exit status is 1 when something is wrong with what the command looked at, 2 when it could not do its work.
//   - A file that is - is standard input or standard output.
//   - No message has the name of a Go package in it, and numbers have their singular.
//
// The scripts are those of testscript (github.com/rogpeppe/go-internal), with the commands of script_test.go besides. It is a module of
// its own, so that the library does not depend on that one.
package commandtest
