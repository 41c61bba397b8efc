package edge_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Read a form and remember the answer in a cookie.
//
// The function's association must include the body. What a viewer sends that is no form, or is too large, is answered
// with a status that says so; any other error is the function's own, and the viewer gets CloudFront's 503 page.
func Example_form() {
	choose := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if r.Method != "POST" || r.URI != "/theme" {
			return r, nil
		}
		form, err := r.Form()
		if e, ok := errors.AsType[*edge.FormError](err); ok {
			return edge.TextResponse(e.StatusCode, e.Reason), nil
		}
		if err != nil {
			return nil, err
		}
		theme := form.Get("theme")
		if theme != "light" && theme != "dark" {
			return edge.TextResponse(422, "theme is light or dark"), nil
		}
		answer := &edge.Response{StatusCode: 303}
		answer.Header.Set("Location", "/")
		return answer, answer.SetCookie(edge.Cookie{
			Name: "__Host-theme", Value: theme, Path: "/", MaxAge: 365 * 24 * 60 * 60, Secure: true, SameSite: "Lax",
		})
	}

	f := &edge.Function{ViewerRequest: choose}
	for _, body := range []struct{ contentType, data string }{
		{"application/x-www-form-urlencoded", "theme=dark"}, {"application/json", `{"theme":"dark"}`},
	} {
		r := edgetest.NewRequest(edge.ViewerRequest, "POST", "/theme")
		out, err := edgetest.Request(f, edgetest.SetBody(r, body.contentType, body.data))
		if err != nil {
			fmt.Println(err)
			return
		}
		answer := out.(*edge.Response)
		fmt.Printf("%d %s%s\n", answer.StatusCode, answer.Header.Get("Set-Cookie"), answer.Body.Bytes())
	}
	// Output:
	// 303 __Host-theme=dark; Path=/; Max-Age=31536000; Secure; SameSite=Lax
	// 415 got the Content-Type "application/json"; want application/x-www-form-urlencoded
}
