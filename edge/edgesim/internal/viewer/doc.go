// Package viewer is the viewer's side of the edge: the target of a request and the behaviour that its path chooses, who sent it, the
// name that the distribution has on a developer's machine, and the form in which the answer goes back.
package viewer
