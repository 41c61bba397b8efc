package csp

import "strconv"

// A Severity says how much a [Finding] matters. Greater is worse.
type Severity uint8

const (
	// Info is worth knowing; nothing needs to change.
	Info Severity = iota + 1

	// Low does no harm today, but is not what its author meant, or is of no
	// use any more.
	Low

	// Medium weakens the policy, or may: it depends on what the hosts serve.
	Medium

	// High defeats the policy or a part of it.
	High
)

// String gives the severity in lower case.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Low:
		return "low"
	case Medium:
		return "medium"
	case High:
		return "high"
	}
	return "severity(" + strconv.Itoa(int(s)) + ")"
}

// A Position says where in a policy a [Finding] is. Counting starts at 0, and
// -1 stands for what a finding is not about: a finding about a whole
// directive has a Value of -1, one about a whole policy a Directive of -1 too.
type Position struct {
	Policy    int // index in the [List]; -1 if the text gave no policy
	Directive int // index among the policy's non-empty pieces between semicolons, ignored ones included
	Value     int // index among the directive's values

	// Offset is that of the first byte concerned: in the text that [Parse] or
	// [ParseList] was given, elsewhere in [Policy.String].
	Offset int
}

// A Finding is something odd, wrong or dangerous in a policy.
type Finding struct {
	Code      string // stable; what programs should compare
	Severity  Severity
	Position  Position
	Directive string // name in lower case; "" if it is about the policy
	Value     string // the token that it is about; "" if it is about the directive
	Reason    string // why, in a sentence
	Mend      string // what to do about it
}

// String gives the finding in one line.
func (f Finding) String() string {
	s := f.Severity.String() + " " + f.Code
	if f.Directive != "" {
		s += ": " + f.Directive
	}
	if f.Value != "" {
		s += " " + strconv.Quote(f.Value)
	}
	return s + ": " + f.Reason
}
