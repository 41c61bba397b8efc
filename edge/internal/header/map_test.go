package header_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/internal/header"
)

func pairs(m header.Map) []string {
	list := []string{}
	for name, value := range m.All() {
		list = append(list, name+": "+value)
	}
	return list
}

// A model is a Map as anyone would write it: a list that is copied each time.
type model []struct{ name, value string }

func (m model) without(name string) model {
	var rest model
	for _, f := range m {
		if f.name != name {
			rest = append(rest, f)
		}
	}
	return rest
}

func (m model) pairs() []string {
	list := []string{}
	for _, f := range m {
		list = append(list, f.name+": "+f.value)
	}
	// By name only: the values of one name are in order.
	slices.SortStableFunc(list, func(a, b string) int {
		a, _, _ = strings.Cut(a, ": ")
		b, _, _ = strings.Cut(b, ": ")
		return strings.Compare(a, b)
	})
	return list
}

// FuzzMap holds Map to the model. Each three bytes are an operation, a name
// and a value.
func FuzzMap(f *testing.F) {
	f.Add([]byte("saxAbxdax"))
	f.Add([]byte("aa1aA2sa3dA4aB5ab6"))
	f.Fuzz(func(t *testing.T, ops []byte) {
		var (
			h header.Map
			m model
		)
		for ; len(ops) >= 3; ops = ops[3:] {
			name, value := string('a'+ops[1]%4), string('0'+ops[2]%4)
			spelled := name
			if ops[1] >= 128 {
				spelled = strings.ToUpper(name)
			}
			snapshot, was := h, pairs(h)
			switch ops[0] % 3 {
			case 0:
				h.Add(spelled, value)
				m = append(slices.Clone(m), struct{ name, value string }{name, value})
			case 1:
				h.Set(spelled, value)
				m = append(m.without(name), struct{ name, value string }{name, value})
			case 2:
				h.Del(spelled)
				m = m.without(name)
			}
			if diff := cmp.Diff(was, pairs(snapshot)); diff != "" {
				t.Fatalf("a snapshot changed (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(m.pairs(), pairs(h)); diff != "" {
				t.Fatalf("(-model +got):\n%s", diff)
			}
			if h.Len() != len(m) || h.Has(name) != (len(m.without(name)) < len(m)) {
				t.Fatalf("Len %d, Has %t; the model is %v", h.Len(), h.Has(name), m)
			}
		}
	})
}
