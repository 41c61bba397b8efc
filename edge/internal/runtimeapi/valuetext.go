package runtimeapi

import (
	"strconv"
	"strings"
)

// Packages fmt and reflect would do what is in this file, and be a tenth of a function's program for it.

// panicMessage is what fmt.Sprint makes of an error, a fmt.Stringer, a string and a number that panic is called with as a rule. Of another
// value it is the type, in brackets, as the Go runtime writes it when a program ends with a panic.
func panicMessage(v any) (message string) {
	defer func() {
		if recover() != nil {
			message = "(" + typeString(v) + "), whose method Error or String panics"
		}
	}()
	switch v := v.(type) {
	case error:
		return v.Error()
	case interface{ String() string }:
		return v.String()
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	}
	return "(" + typeString(v) + ")"
}

// typeName is the name of the type of v, without package and pointer. A type without a name, such as a slice's, has none.
func typeName(v any) string {
	s := strings.TrimPrefix(typeString(v), "*")
	generic := strings.IndexByte(s, '[') // before the arguments of a generic type: their names have points, too
	if generic < 0 {
		generic = len(s)
	}
	if name := s[:generic]; name == "" || name == "map" || strings.ContainsAny(name, "* (") {
		return ""
	}
	return s[strings.LastIndexByte(s[:generic], '.')+1:]
}

// typeString is what reflect gives as the type of v. The runtime says it in the error of an assertion that fails.
func typeString(v any) (s string) {
	defer func() {
		failed, _ := recover().(error)
		s, _, _ = strings.Cut(strings.TrimPrefix(failed.Error(), "interface conversion: "), " is not ")
	}()
	_ = v.(interface{ isImplementedByNoType() })
	return ""
}
