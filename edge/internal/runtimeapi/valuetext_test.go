package runtimeapi_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
)

type named int

type panicking struct{}

func (p panicking) Error() string { panic("no text") }

// TestTypeName compares with reflect, of which the names are: AWS's client takes them from there.
func TestTypeName(t *testing.T) {
	t.Parallel()
	type local struct{}
	for _, v := range []any{
		"", 1, 1.5, true, named(1), new(named), new(*named), errors.New(""), &paymentError{}, local{}, &local{}, time.Second, time.Time{}, io.EOF,
		generic[int]{}, &generic[int]{}, generic[map[string]time.Time]{}, generic[*strings.Reader]{}, generic[generic[named]]{}, generic[func(a, b io.Reader)]{},
		[]int{}, [2]named{}, map[string]time.Time{}, func(io.Reader) {}, make(chan time.Time), make(<-chan int), struct{ A time.Time }{}, &struct{}{}, new([]time.Time), [1]generic[int]{},
		new(error), new(any), map[generic[int]]int{}, make(chan generic[int]), func(generic[int]) generic[int] { panic("") }, []generic[int]{},
	} {
		typ := reflect.TypeOf(v)
		if got, want := runtimeapi.TypeString(v), typ.String(); got != want {
			t.Errorf("typeString(%T) = %q; want %q", v, got, want)
		}
		if typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if got, want := runtimeapi.TypeName(v), typ.Name(); got != want {
			t.Errorf("typeName(%T) = %q; want %q", v, got, want)
		}
	}
}

func TestPanicMessage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		value        any
		want, reason string
	}{
		{"boom", "boom", "a string"},
		{42, fmt.Sprint(42), "a number"},
		{io.EOF, fmt.Sprint(io.EOF), "an error"},
		{time.Second, fmt.Sprint(time.Second), "a fmt.Stringer"},
		{panicking{}, "(runtimeapi_test.panicking), whose method Error or String panics", "the report must go out"},
		{(*paymentError)(nil), "(*runtimeapi_test.paymentError), whose method Error or String panics", "a nil pointer"},
		{named(1), "(runtimeapi_test.named)", "its value would take reflect"},
		{[]string{"a"}, "([]string)", "its value would take reflect"},
		{math.Pi, "(float64)", "nobody panics with one"},
	}
	for _, test := range tests {
		if got := runtimeapi.PanicMessage(test.value); got != test.want {
			t.Errorf("panicMessage(%T) = %q; want %q (%s)", test.value, got, test.want, test.reason)
		}
	}
}
