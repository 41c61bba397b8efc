package edge_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// Send some requests to another origin than the behavior's, here the part of the
// site that has already moved.
//
// SetOrigin sets the Host header with the origin. Most origins answer a request for
// another host with an error, and S3 with 403.
func Example_origin() {
	strangle := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if strings.HasPrefix(r.URI, "/shop/") {
			r.SetOrigin(&edge.CustomOrigin{
				DomainName:   "shop.example.com",
				Path:         "/v2",
				ReadTimeout:  10,
				SSLProtocols: []string{"TLSv1.2"},
			})
		}
		return r, nil
	}

	f := &edge.Function{OriginRequest: strangle}
	for _, uri := range []string{"/shop/cart", "/about"} {
		out, err := edgetest.Request(f, edgetest.NewRequest(edge.OriginRequest, "GET", uri))
		if err != nil {
			fmt.Println(err)
			continue
		}
		r := out.(*edge.Request)
		o := r.Origin.(*edge.CustomOrigin)
		fmt.Printf("%s: %s://%s:%d%s%s, Host: %s\n", uri, o.Protocol, o.DomainName, o.Port, o.Path, r.URI, r.Header.Get("Host"))
	}
	// Output:
	// /shop/cart: https://shop.example.com:443/v2/shop/cart, Host: shop.example.com
	// /about: https://origin.example.com:443/about, Host: origin.example.com
}
