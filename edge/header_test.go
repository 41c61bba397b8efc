package edge_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
)

func TestHeader(t *testing.T) {
	var h edge.Header
	if h.Len() != 0 || h.Get("a") != "" || h.Values("a") != nil || h.Has("a") {
		t.Errorf("the zero Header is not empty: %v", pairs(h))
	}
	h.Set("X-B", "1")
	h.Add("x-a", "2")
	h.Add("X-b", "3")
	snapshot := h
	h.Set("X-A", "4")
	h.Del("x-B")
	h.Del("absent")
	if diff := cmp.Diff([]string{"x-a: 2", "x-b: 1", "x-b: 3"}, pairs(snapshot)); diff != "" {
		t.Errorf("a copy changed with the original (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"x-a: 4"}, pairs(h)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	values := snapshot.Values("X-B")
	values[0] = "changed"
	if got := snapshot.Get("x-b"); got != "1" {
		t.Errorf("got %q after a change to what Values returned; want 1", got)
	}
	for range snapshot.All() {
		break // a loop may end early
	}
}

func TestHeaderEqual(t *testing.T) {
	tests := []struct {
		name string
		a, b edge.Header
		want bool
	}{
		{"empty", edge.Header{}, header(), true},
		{"case-and-order", header("A", "1", "b", "2"), header("B", "2", "a", "1"), true},
		{"value", header("a", "1"), header("a", "2"), false},
		{"order-of-values", header("a", "1", "a", "2"), header("a", "2", "a", "1"), false},
		{"other-name", header("a", "1"), header("b", "1"), false},
		{"one-more", header("a", "1"), header("a", "1", "a", "1"), false},
	}
	for _, tt := range tests {
		if got := tt.a.Equal(tt.b); got != tt.want || tt.b.Equal(tt.a) != tt.want {
			t.Errorf("%s: got %t; want %t", tt.name, got, tt.want)
		}
	}
}

func pairs(h edge.Header) []string {
	list := []string{}
	for name, value := range h.All() {
		list = append(list, name+": "+value)
	}
	return list
}

// TestHeaderOfEvent holds the header of an event, no field of which is made before somebody looks, to one that is built
// field by field.
func TestHeaderOfEvent(t *testing.T) {
	events := map[string]string{
		"upper-case-names": eventOf(viewerConfig, `{"uri":"/","headers":{"X-A":[{"value":"1"},{"key":"x-a","value":"2"}],"x-b":[{"key":"X-B","value":"3"}]}}`, ""),
		"escaped-names":    eventOf(viewerConfig, `{"uri":"/","headers":{"x-\u0061":[{"value":"\u0031"}],"x-b":[{"value":"a\"b"}]}}`, ""),
		"odd-entries":      eventOf(viewerConfig, `{"uri":"/","headers":{"x-a":[{},{"value":null},{"value":"2","key":"X-a","more":[{}]}],"x-b":[]}}`, ""),
		"many":             eventOf(viewerConfig, `{"uri":"/","headers":{`+strings.TrimSuffix(strings.Repeat(`"x-#":[{"key":"X-#","value":"#"}],`, 40), ",")+`}}`, ""),
	}
	for i := range 40 {
		events["many"] = strings.Replace(events["many"], "x-#", "x-"+strings.Repeat("a", i+1), 1)
		events["many"] = strings.Replace(events["many"], "X-#", "X-"+strings.Repeat("A", i+1), 1)
	}
	for name, event := range captured(t) {
		events[name] = string(event)
	}
	for name, event := range events {
		t.Run(name, func(t *testing.T) {
			check := func(h edge.Header) {
				t.Helper()
				var built edge.Header
				for name, value := range h.All() {
					built.Add(strings.ToUpper(name), value)
				}
				if h.Len() != built.Len() || !h.Equal(built) || !built.Equal(h) {
					t.Errorf("the event's header is %v; built anew it is %v", pairs(h), pairs(built))
				}
				snapshot := h
				for name := range built.All() {
					if !h.Has(strings.ToUpper(name)) || h.Get(name) != built.Get(name) {
						t.Errorf("Get(%q) = %q; want %q", name, h.Get(name), built.Get(name))
					}
					if diff := cmp.Diff(built.Values(name), h.Values(strings.ToUpper(name))); diff != "" {
						t.Errorf("Values(%q) (-built +event):\n%s", name, diff)
					}
				}
				for name := range built.All() {
					h.Del(name)
				}
				if h.Len() != 0 || !snapshot.Equal(built) {
					t.Errorf("after the copy was emptied: %v, the snapshot %v; want nothing, and %v", pairs(h), pairs(snapshot), pairs(built))
				}
			}
			request := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { check(r.Header); return r, nil }
			response := func(_ context.Context, r *edge.Response) error { check(r.Request.Header); check(r.Header); return nil }
			f := &edge.Function{ViewerRequest: request, OriginRequest: request, OriginResponse: response, ViewerResponse: response}
			if _, err := f.Invoke(t.Context(), []byte(event)); err != nil {
				t.Fatal(err)
			}
		})
	}
}
