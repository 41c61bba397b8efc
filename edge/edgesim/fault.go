package edgesim

// A Fault is what goes wrong with a function on purpose, to see what the viewer then gets. The zero Fault is
// none. A single request can ask for one with the header X-Mock-Lambda-Fault: <trigger>=<fault>, for instance
// origin-request=timeout.
type Fault string

// The faults.
const (
	FaultThrottle Fault = "throttle" // the function is not run: 503, LambdaLimitExceeded
	FaultTimeout  Fault = "timeout"  // the function never answers; the time is not waited for: 503, LambdaExecutionError
	FaultCrash    Fault = "crash"    // the function's process ends: 503, LambdaExecutionError
	FaultOversize Fault = "oversize" // the function's answer is padded beyond every limit: 502, LambdaValidationError
	FaultInvalid  Fault = "invalid"  // the function's answer is cut in the middle: 502, LambdaValidationError
	FaultCold     Fault = "cold"     // the function answers 500 ms late, as after a cold start
)

// known reports whether the fault is one of the constants.
func (f Fault) known() bool {
	switch f {
	case "", FaultThrottle, FaultTimeout, FaultCrash, FaultOversize, FaultInvalid, FaultCold:
		return true
	}
	return false
}
