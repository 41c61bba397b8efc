package message

import (
	"net/http"
	"strings"
	"time"
)

// Date reads an HTTP-date in one of its three forms (RFC 9110 section 5.6.7); ok is false for anything else. Upper and lower case are the
// same to a cache (RFC 9111 section 4.2). now says which century the two digits of the obsolete form from RFC 850 mean.
//
// http.ParseTime is not enough: time.Parse also takes one digit for an hour, several spaces for one, fractions of seconds, and other
// time zones than GMT in the form from RFC 850.
func Date(s string, now time.Time) (t time.Time, ok bool) {
	if s == "" {
		return time.Time{}, false // no header, as in nearly every request: time.Parse would make an error for each form
	}
	if n := len(s) - len("GMT"); n > 0 && strings.EqualFold(s[n:], "GMT") {
		s = s[:n] + "GMT"
	}
	s = strings.Replace(s, ":60 ", ":59 ", 1) // time.Time has no leap seconds
	const rfc850 = "Monday, 02-Jan-06 15:04:05 GMT"
	for _, layout := range [...]string{http.TimeFormat, rfc850, time.ANSIC} {
		t, err := time.Parse(layout, s)
		if err != nil || !equalAfterDayName(t.Format(layout), s) {
			continue
		}
		if layout == rfc850 {
			t = nearestCentury(t, now)
		}
		return t, true
	}
	return time.Time{}, false
}

// equalAfterDayName compares two dates without the name of the day, which may be the wrong one.
func equalAfterDayName(a, b string) bool {
	_, a, _ = strings.Cut(a, " ")
	_, b, _ = strings.Cut(b, " ")
	return strings.EqualFold(a, b)
}

// nearestCentury moves a date by centuries until it is at most 50 years from now.
func nearestCentury(t, now time.Time) time.Time {
	for t.After(now.AddDate(50, 0, 0)) {
		t = t.AddDate(-100, 0, 0)
	}
	for !t.After(now.AddDate(-50, 0, 0)) {
		t = t.AddDate(100, 0, 0)
	}
	return t
}
