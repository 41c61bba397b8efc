package recipes

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// Sessions lets viewers pass who have a session cookie, and sends the others to the
// login page. A session is valid until it expires: there is no list of them, so that
// none can be ended before.
type Sessions struct {
	Key   []byte           // 32 random bytes, also known to who signs the cookies
	Login string           // the path of the login page, which anybody may see
	Now   func() time.Time // time.Now in a function
}

// Function is the function that looks for a session. The origin gets the user in X-User.
// It panics if the key has fewer than 32 bytes: without one anybody could sign.
func (s Sessions) Function() *edge.Function {
	if len(s.Key) < 32 {
		panic("recipes: the key of sessions has " + strconv.Itoa(len(s.Key)) + " bytes; want 32 random ones")
	}
	return &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Del("X-User") // the viewer's own
		if r.URI == s.Login {
			return r, nil
		}
		cookie, _ := r.Cookie("__Host-session")
		user, ok := s.user(cookie)
		if !ok {
			return redirect.To(302, s.Login), nil
		}
		r.Header.Set("X-User", user)
		return r, nil
	}}
}

// Cookie begins a session of a user, an id of printable ASCII, for who has seen the
// password.
func (s Sessions) Cookie(user string, lifetime time.Duration) edge.Cookie {
	payload := base64.RawURLEncoding.EncodeToString([]byte(user)) + "." + strconv.FormatInt(s.Now().Add(lifetime).Unix(), 10)
	return edge.Cookie{
		Name: "__Host-session", Value: payload + "." + s.sign(payload),
		Path: "/", MaxAge: int(lifetime.Seconds()), Secure: true, HTTPOnly: true, SameSite: "Lax",
	}
}

// user reads a cookie. Nothing in it counts before its signature does.
func (s Sessions) user(cookie string) (string, bool) {
	i := strings.LastIndexByte(cookie, '.')
	if i < 0 || !hmac.Equal([]byte(s.sign(cookie[:i])), []byte(cookie[i+1:])) { // in constant time
		return "", false
	}
	name, expires, _ := strings.Cut(cookie[:i], ".")
	seconds, err := strconv.ParseInt(expires, 10, 64)
	if err != nil || s.Now().Unix() >= seconds {
		return "", false
	}
	user, err := base64.RawURLEncoding.DecodeString(name)
	return string(user), err == nil
}

func (s Sessions) sign(payload string) string {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte("session " + payload)) // the key signs nothing else that begins so
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
