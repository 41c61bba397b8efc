//go:build race

package repo_test

// raceEnabled says that the race detector watches, which makes what compresses some ten times slower.
const raceEnabled = true
