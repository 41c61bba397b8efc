package edge_test

import (
	"context"
	"fmt"
	"hash/fnv"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Show one of two variants of a page to each viewer, and the same one every time.
//
// The request function changes the path before the cache is asked, so that each
// variant is cached once and the cookie need not be in the cache key. A request
// function cannot set a cookie; the response function of the same viewer can.
func Example_abTest() {
	const cookie = "experiment"
	variant := func(r *edge.Request) string {
		// The viewer can write anything into a cookie: only these two count.
		if v, _ := r.Cookie(cookie); v == "a" || v == "b" {
			return v
		}
		h := fnv.New32a()
		h.Write([]byte(r.ClientIP))
		if h.Sum32()%2 == 0 {
			return "a"
		}
		return "b"
	}
	f := &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			if r.URI == "/" {
				r.URI = "/variants/" + variant(r) + ".html"
			}
			return r, nil
		},
		ViewerResponse: func(_ context.Context, r *edge.Response) error {
			if _, ok := r.Request.Cookie(cookie); !ok {
				return r.SetCookie(edge.Cookie{Name: cookie, Value: variant(r.Request), Path: "/", MaxAge: 7 * 24 * 60 * 60, Secure: true, SameSite: "Lax"})
			}
			return nil
		},
	}

	r := edgetest.NewRequest(edge.ViewerRequest, "GET", "/")
	out, err := edgetest.Request(f, r)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("new viewer:", out.(*edge.Request).URI)

	r.Header.Add("Cookie", "theme=dark; experiment=a")
	out, err = edgetest.Request(f, r)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("with a cookie:", out.(*edge.Request).URI)

	res, err := edgetest.Response(f, edgetest.NewResponse(edge.ViewerResponse, 200, "/variants/b.html"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("cookie:", res.Header.Get("Set-Cookie"))
	// Output:
	// new viewer: /variants/b.html
	// with a cookie: /variants/a.html
	// cookie: experiment=b; Path=/; Max-Age=604800; Secure; SameSite=Lax
}
