package recipes

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// BasicAuth asks for a name and a password. Each login is the SHA-256 of
// "name:password" in hex, as sha256sum prints it: the program holds no password. Take
// long random ones, of which a plain hash tells nothing. Strings that are no such
// hash let nobody in.
func BasicAuth(realm string, logins ...string) *edge.Function {
	known := func(authorization string) bool {
		scheme, encoded, _ := strings.Cut(authorization, " ")
		credentials, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || !strings.EqualFold(scheme, "Basic") {
			return false
		}
		sum := sha256.Sum256(credentials)
		found := 0
		for _, login := range logins { // all of them, so that the time does not tell which
			found |= subtle.ConstantTimeCompare([]byte(hex.EncodeToString(sum[:])), []byte(login))
		}
		return found == 1
	}
	return &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if known(r.Header.Get("Authorization")) {
			r.Header.Del("Authorization") // not for the origin, and not for the cache key
			return r, nil
		}
		answer := edge.TextResponse(401, "This page needs a password.\n")
		answer.Header.Set("WWW-Authenticate", `Basic realm="`+realm+`", charset="UTF-8"`)
		return answer, nil
	}}
}
