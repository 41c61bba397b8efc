package pack

import "fmt"

// The two sizes, in bytes, that a zip is held to.
const (
	// ViewerLimit is what Lambda@Edge was seen to enforce on viewer triggers until late 2024 ("Max allowed: 1048576").
	// AWS's documents no longer name it, and no larger viewer function was seen to be taken: a warning, not an error.
	ViewerLimit = 1 << 20
	// Limit is the documented maximum for every trigger ("Quotas on Lambda@Edge": 50 MB compressed).
	Limit = 50 << 20
)

// CheckSize holds the size of a zip, in bytes, to the limits. The warning is empty when there is nothing to say.
func CheckSize(size int) (warning string, err error) {
	switch {
	case size > Limit:
		return "", fmt.Errorf("zip is %s bytes, Lambda@Edge takes at most %s (50 MB): leave out what the program embeds or imports and does not need",
			Grouped(size), Grouped(Limit))
	case size > ViewerLimit:
		return fmt.Sprintf("%s bytes are over %s: viewer-request and viewer-response functions of that size were refused until late 2024 "+
			"(InvalidLambdaFunctionAssociation); origin-request and origin-response functions were not",
			Grouped(size), Grouped(ViewerLimit)), nil
	}
	return "", nil
}

// Room says how far a zip of this size, in bytes, is from [ViewerLimit].
func Room(size int) string {
	if size > ViewerLimit {
		return Grouped(size-ViewerLimit) + " over " + Grouped(ViewerLimit)
	}
	return Grouped(ViewerLimit-size) + " left of " + Grouped(ViewerLimit)
}

// Grouped writes a number with a comma after each three digits: 1,048,576.
func Grouped(n int) string {
	if n < 0 {
		return "-" + Grouped(-n)
	}
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", Grouped(n/1000), n%1000)
}
