package header

// Header names are ASCII (RFC 9110, section 5.1): only the letters A to Z have two
// cases, whatever Unicode says of others.

// isLower reports whether name is in lower case.
func isLower(name string) bool {
	for i := range len(name) {
		if 'A' <= name[i] && name[i] <= 'Z' {
			return false
		}
	}
	return true
}

// lower returns name in lower case, the spelling of the names in header maps.
func lower(name string) string {
	if isLower(name) {
		return name
	}
	b := []byte(name)
	for i := range b {
		b[i] = lowerByte(b[i])
	}
	return string(b)
}

// canonical returns name with the first letter and every letter after a hyphen in
// upper case and the others in lower case, which is what CloudFront itself gives
// to an entry without a key.
func canonical(name string) string {
	b := []byte(name)
	first := true
	for i, c := range b {
		c = lowerByte(c)
		if first && 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		b[i] = c
		first = c == '-'
	}
	return string(b)
}

// equalFold reports whether name is the name that lowered is the lower case of.
func equalFold(lowered, name string) bool {
	if len(lowered) != len(name) {
		return false
	}
	for i := range len(name) {
		if name[i] != lowered[i] && lowerByte(name[i]) != lowered[i] {
			return false
		}
	}
	return true
}

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
