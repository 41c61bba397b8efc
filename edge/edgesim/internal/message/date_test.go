package message_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

func TestDate(t *testing.T) {
	t.Parallel()
	const want = "Sun, 06 Nov 1994 08:49:37 GMT" // the example of RFC 9110 section 5.6.7
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name, date, want string // want: "" is not a date
		reason           string
	}{
		{"imf-fixdate", want, want, "the preferred form"},
		{"rfc850", "Sunday, 06-Nov-94 08:49:37 GMT", want, "obsolete, must be read"},
		{"asctime", "Sun Nov  6 08:49:37 1994", want, "obsolete, must be read"},
		{"asctime-two-digits", "Thu Nov 16 08:49:37 1994", "Wed, 16 Nov 1994 08:49:37 GMT", "date3 = month SP 2DIGIT"},
		{"leap-second", "Sat, 31 Dec 2016 23:59:60 GMT", "Sat, 31 Dec 2016 23:59:59 GMT", "second may be 60"},
		{"wrong-day-name", "Mon, 06 Nov 1994 08:49:37 GMT", want, "the grammar has any day-name"},
		{"lower-case", strings.ToLower(want), want, "RFC 9111 section 4.2: case-insensitive for a cache"},
		{"upper-case", strings.ToUpper(want), want, "the same"},
		{"rfc850-50-years-ahead", "Thursday, 19-Nov-76 12:00:00 GMT", "Thu, 19 Nov 2076 12:00:00 GMT", "not more than 50 years in the future"},
		{"rfc850-more-ahead", "Thursday, 26-Nov-76 12:00:00 GMT", "Fri, 26 Nov 1976 12:00:00 GMT", "more than 50 years in the future is in the past"},
		{"rfc850-near", "Tuesday, 18-Aug-50 02:01:18 GMT", "Thu, 18 Aug 2050 02:01:18 GMT", "24 years in the future"},

		{"one-digit-hour", "Sun, 06 Nov 1994 8:49:37 GMT", "", "hour = 2DIGIT"},
		{"one-digit-day", "Sun, 6 Nov 1994 08:49:37 GMT", "", "day = 2DIGIT"},
		{"asctime-one-space", "Sun Nov 6 08:49:37 1994", "", "date3 = month SP ( SP 1DIGIT )"},
		{"two-digit-year", "Sun, 06 Nov 94 08:49:37 GMT", "", "year = 4DIGIT"},
		{"several-spaces", "Sun, 06  Nov  1994 08:49:37 GMT", "", "single spaces"},
		{"no-space", "Sun,06 Nov 1994 08:49:37 GMT", "", "single spaces"},
		{"dashes", "Sun, 06-Nov-1994 08:49:37 GMT", "", "dashes only in the form from RFC 850"},
		{"periods", "Sun, 06 Nov 1994 08.49.37 GMT", "", "colons"},
		{"no-comma", "Sun 06 Nov 1994 08:49:37 GMT", "", "day-name \",\""},
		{"no-zone", "Sun, 06 Nov 1994 08:49:37", "", "GMT is part of the form"},
		{"utc", "Sun, 06 Nov 1994 08:49:37 UTC", "", "RFC 9111 section 4.2: another zone than GMT is invalid"},
		{"offset", "Sun, 06 Nov 1994 08:49:37 +0000", "", "the same"},
		{"rfc850-other-zone", "Sunday, 06-Nov-94 08:49:37 EST", "", "the same; time.RFC850 takes every zone"},
		{"rfc850-short-day-name", "Sun, 06-Nov-94 08:49:37 GMT", "", "day-name-l"},
		{"long-day-name", "Sunday, 06 Nov 1994 08:49:37 GMT", "", "day-name"},
		{"fraction", "Sun, 06 Nov 1994 08:49:37.5 GMT", "", "time.Parse takes fractions that the layout does not have"},
		{"text-after", want + " x", "", "nothing follows"},
		{"no-such-day", "Sun, 31 Nov 1994 08:49:37 GMT", "", "November has 30 days"},
		{"number", "0", "", "RFC 9111 section 5.3: especially 0"},
		{"seconds", "784111777", "", "no form"},
		{"iso", "1994-11-06T08:49:37Z", "", "no form"},
		{"empty", "", "", "no form"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			if date, ok := message.Date(tc.date, now); ok {
				got = date.Format(http.TimeFormat)
			}
			if got != tc.want {
				t.Errorf("%q: got %q, want %q (%s)", tc.date, got, tc.want, tc.reason)
			}
		})
	}
}

// FuzzDate: what is a date is one for http.ParseTime too, but for case and leap seconds; and what a date is written as is read as that date.
func FuzzDate(f *testing.F) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, s := range []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		date, ok := message.Date(s, now)
		if !ok {
			return
		}
		if again, ok := message.Date(date.Format(http.TimeFormat), now); !ok || !again.Equal(date) {
			t.Errorf("%q: got %v, and once more %v, %t", s, date, again, ok)
		}
		if std, err := http.ParseTime(s); err == nil && std.Sub(date)%(24*time.Hour) != 0 {
			t.Errorf("%q: got %v, http.ParseTime has %v", s, date, std)
		}
	})
}
