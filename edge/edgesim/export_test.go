package edgesim

// The doors through which black-box tests reach what they compare with an oracle.
var (
	MatchPattern = matchPattern
	NormalPath   = normalPath
	ParseHeaders = parseHeaders
	ReplaceHost  = replaceHost
	Clean        = clean
	SplitTarget  = splitTarget
)
