package edge_test

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Ask for a password before the cache is asked, and answer 401 without one.
//
// A Lambda@Edge function has no environment variables; the hash comes into the
// program when it is built (go build -ldflags -X), and the password itself is
// nowhere in it. Of a long random password a plain hash tells nothing.
func Example_auth() {
	const hashOfCredentials = "b3ac1b73444ce3330af6916894da4a2fbcc54bf374a6c949cce4fbd7089c2b3a" // SHA-256 of "guest:n4kqv7xw2t9r"

	allowed := func(authorization string) bool {
		scheme, encoded, _ := strings.Cut(authorization, " ")
		credentials, err := base64.StdEncoding.DecodeString(encoded)
		if !strings.EqualFold(scheme, "Basic") || err != nil {
			return false
		}
		want, _ := hex.DecodeString(hashOfCredentials)
		got := sha256.Sum256(credentials)
		return subtle.ConstantTimeCompare(got[:], want) == 1
	}
	requirePassword := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if allowed(r.Header.Get("Authorization")) {
			return r, nil
		}
		answer := &edge.Response{StatusCode: 401, Body: edge.Text("This page needs a password.\n")}
		answer.Header.Set("WWW-Authenticate", `Basic realm="preview", charset="UTF-8"`)
		answer.Header.Set("Content-Type", "text/plain; charset=utf-8")
		return answer, nil
	}

	f := &edge.Function{ViewerRequest: requirePassword}
	for _, credentials := range []string{"", "guest:guess", "guest:n4kqv7xw2t9r"} {
		r := edgetest.NewRequest(edge.ViewerRequest, "GET", "/")
		if credentials != "" {
			r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(credentials)))
		}
		out, err := edgetest.Request(f, r)
		switch out := out.(type) {
		case *edge.Response:
			fmt.Println(out.StatusCode, out.Header.Get("WWW-Authenticate"))
		case *edge.Request:
			fmt.Println("goes on")
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// 401 Basic realm="preview", charset="UTF-8"
	// 401 Basic realm="preview", charset="UTF-8"
	// goes on
}
