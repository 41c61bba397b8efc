package redirect

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Mistake is one thing that [Compile] has found wrong with the rules. Compile
// joins them: walk its error's Unwrap() []error for each.
type Mistake struct {
	// Kind is one of
	//
	//	invalid      the rule cannot be read
	//	off-site     To leaves the site, for an origin that is not allowed
	//	too-long     the Location would have 8,192 bytes or more
	//	loop         the rule leads back to where it came from, maybe over others
	//	limit        more rules begin alike, or more forms, than a lookup may have to try
	//	chain        the rule leads to a path that another rule redirects again
	//	duplicate    an earlier rule has the same From and conditions
	//	placeholder  To has what looks like the name of a value, but From has no such name
	//	referer      a Referer with a path of another site, which browsers do not send
	//	trigger      the rule looks at what is not known at viewer-request
	//	uncached     a condition looks at what is not in the cache key
	//	unreachable  the rule is never for a request, or earlier rules take them all
	Kind string

	Rule    int    // the rule's index in Config.Rules
	Line    int    // the rule's Line
	From    string // the rule's From
	Field   string // what of the rule it is about: "From" or "To"
	Message string // what is wrong, and the way out
}

// newMistake returns a mistake in r, which is the rule of that number.
func newMistake(r *Rule, number int, kind, field, message string) *Mistake {
	return &Mistake{Kind: kind, Rule: number, Line: r.Line, From: r.From, Field: field, Message: message}
}

// Error says where the rule stands and what is wrong with it.
func (m *Mistake) Error() string {
	where := fmt.Sprintf("rule %d", m.Rule+1)
	if m.Line > 0 {
		where = fmt.Sprintf("line %d", m.Line)
	}
	return fmt.Sprintf("redirect: %s, %q: %s: %s", where, shorten(m.From), m.Kind, m.Message)
}

// kindOf returns the kind of mistake that err is.
func kindOf(err error) string {
	if _, ok := errors.AsType[offSiteError](err); ok {
		return "off-site"
	}
	if _, ok := errors.AsType[lengthError](err); ok {
		return "too-long"
	}
	return "invalid"
}

// A lengthError is the length of a Location that is too long.
type lengthError int

func (e lengthError) Error() string {
	return strconv.Itoa(int(e)) + " bytes; must be less than " + strconv.Itoa(maxLocation) + ", CloudFront's limit for URLs"
}

// tolerable are the kinds that Config.Tolerate may name: with mistakes of another
// the table would not do what it says.
const tolerable = " chain duplicate placeholder referer trigger uncached unreachable "

// checkTolerate says what is wrong with Config.Tolerate.
func checkTolerate(kinds []string) error {
	for _, k := range kinds {
		if k == "" || !strings.Contains(tolerable, " "+k+" ") {
			return invalidValue("redirect: Tolerate: got", k, "must be one of"+strings.TrimRight(tolerable, " "))
		}
	}
	return nil
}

// invalidValue returns an error about a value: what it is, what was got, what it
// must be.
func invalidValue(what, got, must string) error {
	return errors.New(what + " " + strconv.Quote(shorten(got)) + "; " + must)
}
