package redirect

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// matchesLanguage reports whether the language that the viewer gets is in the list.
// Without Config.Languages that is the one that the viewer likes best.
func (s *site) matchesLanguage(list []string, req *request) bool {
	ranges := acceptLanguage(req.event.Header.Values("accept-language"))
	if len(s.languages) == 0 {
		return len(ranges) > 0 && lookup(list, ranges[0]) != ""
	}
	given := s.languages[0]
	for _, r := range ranges {
		if tag := lookup(s.languages, r); tag != "" {
			given = tag
			break
		}
	}
	for _, want := range list {
		if strings.EqualFold(want, given) {
			return true
		}
	}
	return false
}

// lookup returns the tag that language range r stands for, "" if there is none: RFC
// 4647, section 3.4. The range is shortened from its end until a tag is equal to
// it; a subtag of one letter, which only introduces the next, goes with that.
func lookup(tags []string, r string) string {
	for r != "" {
		for _, tag := range tags {
			if strings.EqualFold(tag, r) {
				return tag
			}
		}
		i := max(strings.LastIndexByte(r, '-'), 0)
		if i >= 2 && r[i-2] == '-' {
			i -= 2
		}
		r = r[:i]
	}
	return ""
}

// acceptLanguage returns the language ranges of Accept-Language fields, those that
// the viewer likes best first: RFC 9110, section 12.5.4. Left out are ranges with
// quality 0, the wildcard, which asks for nothing in particular, and what is not a
// range.
func acceptLanguage(fields []string) []string {
	var ranges []string
	var qualities []int
	for _, field := range fields {
		for item := range strings.SplitSeq(field, ",") {
			r, parameter, _ := strings.Cut(item, ";")
			r = strings.Trim(r, " \t")
			q := quality(strings.Trim(parameter, " \t"))
			if !isLanguage(r) || q == 0 || len(ranges) == maxRanges {
				continue
			}
			at := len(qualities)
			for at > 0 && qualities[at-1] < q {
				at--
			}
			ranges = append(ranges[:at], append([]string{r}, ranges[at:]...)...)
			qualities = append(qualities[:at], append([]int{q}, qualities[at:]...)...)
		}
	}
	return ranges
}

// maxRanges is how many languages of a viewer are looked at; browsers send a
// handful.
const maxRanges = 32

// quality returns a weight in thousandths (RFC 9110, section 12.4.2): 1000 for
// none, 0 for what is not one.
func quality(parameter string) int {
	if parameter == "" {
		return 1000
	}
	value, ok := strings.CutPrefix(parameter, "q=")
	if !ok {
		value, ok = strings.CutPrefix(parameter, "Q=")
	}
	q, err := strconv.ParseFloat(value, 64)
	if !ok || err != nil || !(q >= 0 && q <= 1) || len(value) > len("0.000") {
		return 0
	}
	return int(q*1000 + 0.5)
}

// isLanguage reports whether s is a basic language range (RFC 4647, section 2.1)
// other than the wildcard.
func isLanguage(s string) bool {
	for subtag := range strings.SplitSeq(s, "-") {
		if len(subtag) < 1 || len(subtag) > 8 {
			return false
		}
		for i := range len(subtag) {
			if c := subtag[i]; !ascii.IsLetter(c) && !ascii.IsDigit(c) {
				return false
			}
		}
	}
	return true
}
