package forms

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// A variant is one of the rules that a pattern makes: a pattern in which something
// may be left out, or may be this or that, makes one for each choice.
type variant struct {
	from   string
	values map[string]string // what stands in To for the groups of the pattern
	names  []string          // in from, with splat for its *

	end       byte // what from ends in: ':' for a name, '*', or 0 for text
	lazy      bool // what stands at the end takes as little as it can
	slashToo  bool // the name at the end stands for slashes, too: in another variant
	inWord    bool // a name stands right behind a letter, a digit or an underscore
	several   bool // two names, or a name and a *, stand in one segment
	inSegment int  // of those in the last segment
}

// maxVariants is how many rules a pattern may make.
const maxVariants = 100

// text returns v with text behind it, which belongs to groups.
func (v variant) text(text string, groups []string) (variant, error) {
	if text == "" {
		return v, nil
	}
	if v.end == ':' && ascii.IsWord(text[0]) {
		return v, fmt.Errorf("a placeholder with %q right behind it", text)
	}
	v = v.clone()
	text = strings.NewReplacer("?", "%3F", "#", "%23").Replace(text)
	v.from += redirect.Quote(text)
	v.end = 0
	if strings.Contains(text, "/") {
		v.inSegment = 0
	}
	v.capture(groups, strings.ReplaceAll(text, ":", "%3A"))
	return v, nil
}

// segment returns v with a name behind it.
func (v variant) segment(groups []string) (variant, error) {
	if v.end != 0 {
		return v, errors.New("two placeholders with no text between them")
	}
	v = v.clone()
	name := v.name(groups)
	if v.from != "" {
		v.inWord = v.inWord || ascii.IsWord(v.from[len(v.from)-1])
	}
	v.from += ":" + name
	v.lazy, v.slashToo = false, false
	v.addName(name, ':')
	v.capture(groups, ":"+name)
	return v, nil
}

// splat returns v with a * behind it.
func (v variant) splat(groups []string, lazy bool) (variant, error) {
	switch {
	case v.end == ':':
		return v, errors.New("two placeholders with no text between them")
	case slices.Contains(v.names, "splat"):
		return v, errors.New("two placeholders that may take slashes")
	}
	v = v.clone()
	v.from += "*"
	v.lazy = lazy
	v.addName("splat", '*')
	v.capture(groups, ":splat")
	return v, nil
}

// nonEmpty returns v with what stands for one byte or more behind it: a name, or a
// name, a slash and a *.
func (v variant) nonEmpty(groups []string, lazy bool) ([]variant, error) {
	one, err := v.segment(groups)
	if err != nil {
		return nil, err
	}
	more, err := one.text("/", groups)
	if err != nil {
		return nil, err
	}
	more, err = more.splat(groups, lazy)
	one.lazy, one.slashToo = lazy, true
	return []variant{one, more}, err
}

// addName notes that from ends in a name or a *.
func (v *variant) addName(name string, end byte) {
	v.names = append(v.names, name)
	v.end = end
	v.inSegment++
	v.several = v.several || v.inSegment > 1
}

// capture puts text behind the values of groups.
func (v *variant) capture(groups []string, text string) {
	for _, g := range groups {
		v.values[g] += text
	}
}

func (v variant) clone() variant {
	if v.values == nil {
		v.values = map[string]string{}
	}
	v.values, v.names = maps.Clone(v.values), slices.Clone(v.names)
	return v
}

// name returns a name for what belongs to groups: that of the innermost, if it can
// be one.
func (v variant) name(groups []string) string {
	if len(groups) > 0 {
		name := groups[len(groups)-1]
		other := strings.TrimFunc(name, func(r rune) bool { return r < 0x80 && ascii.IsWord(byte(r)) })
		if name != "" && ascii.IsLetter(name[0]) && other == "" && name != "splat" && !slices.Contains(v.names, name) {
			return name
		}
	}
	for n := len(v.names) + 1; ; n++ {
		if name := "p" + strconv.Itoa(n); !slices.Contains(v.names, name) {
			return name
		}
	}
}

// A step puts something behind a variant, in each way that this may be.
type step func(variant) ([]variant, error)

// each takes a step for each variant of a list.
func each(list []variant, s step) ([]variant, error) {
	var all []variant
	for _, v := range list {
		next, err := s(v)
		if err != nil {
			return nil, err
		}
		if all = append(all, next...); len(all) > maxVariants {
			return nil, fmt.Errorf("more than %d choices", maxVariants)
		}
	}
	return all, nil
}

func only(v variant, err error) ([]variant, error) { return []variant{v}, err }
