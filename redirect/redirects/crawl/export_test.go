package crawl

// ParseRefresh and Resolve let tests look at what browsers' standards say.
var ParseRefresh = parseRefresh

func Resolve(base, ref string) (string, error) {
	at, err := location{scheme: "https", path: "/"}.resolve(base)
	if err != nil {
		return "", err
	}
	to, err := at.resolve(ref)
	return to.String(), err
}
