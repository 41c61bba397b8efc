package redirect

import (
	"errors"
	"strconv"
	"strings"
)

// normalOrigin returns scheme://authority in normal form: the host in lower case and
// unescaped, no default port. Equal origins have equal normal forms. Hosts that
// would need IDNA to compare are refused; their "xn--" form is not.
func normalOrigin(scheme, authority string) (string, error) {
	if strings.Contains(authority, "@") {
		return "", invalidValue("host", authority, "must not have user information before it")
	}
	host, port := authority, ""
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && !strings.HasSuffix(authority, "]") {
		host, port = authority[:i], authority[i+1:]
	}
	host, err := normalHost(host)
	if err != nil {
		return "", err
	}
	if port == "" {
		return scheme + "://" + host, nil
	}
	// Atoi takes a sign, a port does not.
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return "", invalidValue("port", port, "must be a number up to 65535")
	}
	if scheme == "https" && n == 443 || scheme == "http" && n == 80 {
		return scheme + "://" + host, nil
	}
	return scheme + "://" + host + ":" + strconv.FormatUint(n, 10), nil
}

// normalHost returns host in normal form: host parser of the WHATWG URL standard
// for ASCII hosts.
func normalHost(host string) (string, error) {
	if host == "" {
		return "", errors.New("empty host")
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		if strings.Trim(host[1:len(host)-1], "0123456789abcdefABCDEF:.") != "" {
			return "", invalidValue("host", host, "not an IPv6 address")
		}
		return strings.ToLower(host), nil
	}
	b := make([]byte, 0, len(host))
	for i := 0; i < len(host); i++ {
		c := host[i]
		if d, ok := unescape(host[i:]); ok {
			c, i = d, i+2
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_') {
			return "", invalidValue("host", host, "only letters, digits, hyphens and dots are allowed (write other hosts in their xn-- form)")
		}
		b = append(b, c)
	}
	return string(b), nil
}

// hasOrigin reports whether origin, in normal form, is one of those that the user
// allows.
func hasOrigin(allowed []string, origin string) bool {
	for _, a := range allowed {
		if a == origin {
			return true
		}
	}
	return false
}

// parseOrigins checks a list of origins and returns it in normal form.
func parseOrigins(list []string) ([]string, error) {
	normal := make([]string, len(list))
	for i, s := range list {
		ref, err := parseReference(s)
		if err == nil && (!ref.explicit || ref.path+ref.query+ref.fragment != "") {
			err = errors.New(`must be scheme and host, such as "https://www.example.com"`)
		}
		if err != nil {
			return nil, &addressError{"redirect: origin " + strconv.Quote(s) + ": ", err}
		}
		normal[i] = ref.origin
	}
	return normal, nil
}

// An addressError says of which address an error is. (fmt.Errorf would do it, and bring fmt into a function's program.)
type addressError struct {
	of  string
	err error
}

func (e *addressError) Error() string { return e.of + e.err.Error() }

func (e *addressError) Unwrap() error { return e.err }
