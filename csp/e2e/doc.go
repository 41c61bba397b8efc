// Package e2e measures in real browsers what package csp says of them: its tests make the probes of each row of the engine
// table, and run policies beside their minified form. See README.md.
//
// It is a module of its own, so that nothing of it reaches those who use csp.
package e2e
