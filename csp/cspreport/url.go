package cspreport

import "strings"

// cutURL cuts a URL that has a host into its parts. The scheme and the host, with
// its port, are in lower case, and the port is gone if it is the scheme's own.
// User name and password are left out. It reports false for any other text.
func cutURL(url string) (scheme, host, rest string, ok bool) {
	scheme, rest, ok = strings.Cut(url, "://")
	scheme = asciiLower(scheme)
	if !ok || !isScheme(scheme) {
		return "", "", "", false
	}
	end := strings.IndexAny(rest, "/?#\\")
	if end < 0 {
		end = len(rest)
	}
	host, rest = rest[:end], rest[end:]
	host = asciiLower(host[strings.LastIndexByte(host, '@')+1:])
	switch scheme {
	case "http", "ws":
		host = strings.TrimSuffix(host, ":80")
	case "https", "wss":
		host = strings.TrimSuffix(host, ":443")
	}
	return scheme, host, rest, host != ""
}

// isScheme reports whether s has the form of a URL's scheme (RFC 3986, 3.1).
func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		letter := 'a' <= c && c <= 'z'
		if !letter && (i == 0 || (s[i] < '0' || s[i] > '9') && s[i] != '+' && s[i] != '-' && s[i] != '.') {
			return false
		}
	}
	return s != ""
}

// isWeb reports whether a scheme is of those whose URLs browsers report with host
// and path.
func isWeb(scheme string) bool {
	switch scheme {
	case "http", "https", "ws", "wss":
		return true
	}
	return false
}

// stripURL takes query, fragment, user name and password out of a URL. Of
// schemes other than those of the web only the scheme is left, as in "Strip URL
// for use in reports" (draft 5.4). What is no URL loses what stands behind a
// question mark or a number sign, and a user name behind slashes.
func stripURL(url string) string {
	scheme, host, rest, ok := cutURL(url)
	if ok && isWeb(scheme) {
		return scheme + "://" + host + cutQuery(rest)
	}
	if scheme := schemeOf(url); scheme != "" {
		return scheme
	}
	return cutUser(cutQuery(url))
}

// cutUser takes user name and password out of a URL without scheme: //user@host/.
func cutUser(url string) string {
	rest := strings.TrimLeft(url, `/\`)
	if len(rest) == len(url) {
		return url
	}
	end := strings.IndexAny(rest, `/\`)
	if end < 0 {
		end = len(rest)
	}
	return url[:len(url)-len(rest)] + rest[strings.LastIndexByte(rest[:end], '@')+1:]
}

// stripPolicy takes queries, fragments and user names out of the URLs of a policy:
// that of report-uri may say whose page it is.
func stripPolicy(policy string) string {
	if !strings.ContainsAny(policy, "?#@") {
		return policy
	}
	var b strings.Builder
	for policy != "" {
		end := strings.IndexAny(policy, " \t\r\n\f;")
		if end < 0 {
			end = len(policy)
		}
		token, comma := strings.CutSuffix(policy[:end], ",") // of a list of policies
		token = cutQuery(token)
		if before, after, ok := strings.Cut(token, "//"); ok && token[0] != '\'' { // no hash
			token = before + cutUser("//"+after)
		}
		b.WriteString(token)
		if comma {
			b.WriteByte(',')
		}
		if end < len(policy) {
			b.WriteByte(policy[end])
			end++
		}
		policy = policy[end:]
	}
	return b.String()
}

func cutQuery(s string) string {
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		return s[:i]
	}
	return s
}

// schemeOf gives the scheme of a URL in lower case, "" if the text has none.
func schemeOf(url string) string {
	scheme, _, ok := strings.Cut(url, ":")
	if !ok || !isScheme(scheme) {
		return ""
	}
	return asciiLower(scheme)
}

// originOf gives the origin of a URL that has one, as sources are written:
// "https://cdn.example.com:8443". Of other texts it gives the scheme, or the text
// as it is where that is a keyword or a scheme already.
func originOf(url string) string {
	if scheme, host, _, ok := cutURL(url); ok && isWeb(scheme) {
		return scheme + "://" + host
	}
	if scheme := schemeOf(url); scheme != "" {
		return scheme
	}
	return url
}

func asciiLower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			lower := []byte(s)
			for j := i; j < len(lower); j++ {
				if 'A' <= lower[j] && lower[j] <= 'Z' {
					lower[j] |= 0x20
				}
			}
			return string(lower)
		}
	}
	return s
}
