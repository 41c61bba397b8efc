// Package answered has what functions of the probe answer with, apart from what asks for it: a function at the edge has no use for the rest.
package answered

// A Runtime is what goruntime and jsruntime say of the process that they run in.
type Runtime struct {
	Language    string `json:"language"`    // and its version
	Environment string `json:"environment"` // AWS_EXECUTION_ENV
	MemoryMB    string `json:"memoryMB"`
	Requests    int64  `json:"requests"` // that the process had, with this one: 1 is a cold start
}
