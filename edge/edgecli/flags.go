package edgecli

import (
	"errors"
	"flag"
	"fmt"
	"strings"
)

// Parse sets the flags of set from args, and returns the other arguments in their order. It prints nothing. The error is
// [flag.ErrHelp] if -h or -help is among args and no flag of set; or it joins all that is wrong.
func Parse(set *flag.FlagSet, args []string) (words []string, err error) {
	var errs []error
	for len(args) > 0 && args[0] != "--" {
		if !isFlag(args[0]) {
			words, args = append(words, args[0]), args[1:]
			continue
		}
		var err error
		args, err = parseOne(set, args)
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		errs = append(errs, err)
	}
	if len(args) > 0 {
		words = append(words, args[1:]...)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return words, nil
}

// isFlag reports whether an argument is a flag: - alone is a file.
func isFlag(arg string) bool { return len(arg) > 1 && arg[0] == '-' }

// parseOne sets the flag that args begin with, and returns the arguments behind it and its value.
func parseOne(set *flag.FlagSet, args []string) (rest []string, err error) {
	name, value, given := strings.Cut(strings.TrimPrefix(args[0][1:], "-"), "=")
	rest = args[1:]
	f := set.Lookup(name)
	switch {
	case f == nil && (name == "h" || name == "help"):
		return rest, flag.ErrHelp
	case f == nil:
		return rest, fmt.Errorf("there is no flag -%s", name)
	case given:
	case isBool(f):
		value = "true"
	case len(rest) == 0:
		return rest, fmt.Errorf("-%s: nothing follows it, want a value", name)
	default:
		value, rest = rest[0], rest[1:]
	}
	if err := set.Set(name, value); err != nil {
		return rest, fmt.Errorf("-%s: got %q, %s", name, value, reason(f, err))
	}
	return rest, nil
}

func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// reason is why a flag does not take a value. What package flag says of its own kinds ("parse error") tells not what is wanted.
func reason(f *flag.Flag, err error) string {
	if g, ok := f.Value.(flag.Getter); ok {
		switch g.Get().(type) {
		case bool:
			return "want true or false"
		case int, int64, uint, uint64:
			return "want a whole number"
		}
	}
	return err.Error()
}
