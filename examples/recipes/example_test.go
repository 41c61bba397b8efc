package recipes_test

import (
	"context"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

// inTurn asks one handler after the other, until one answers.
func inTurn(handlers ...edge.RequestHandler) edge.RequestHandler {
	return func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		for _, handle := range handlers {
			out, err := handle(ctx, r)
			next, goesOn := out.(*edge.Request)
			if err != nil || !goesOn {
				return out, err
			}
			r = next
		}
		return r, nil
	}
}

// A behaviour has one function for each trigger: several recipes go into one.
func Example() {
	f := &edge.Function{ViewerRequest: inTurn(
		recipes.ApexToWWW("example.com", "www.example.com").ViewerRequest,
		recipes.TrailingSlash().ViewerRequest,
	)}
	for _, target := range []string{"https://example.com/docs/", "https://www.example.com/docs", "https://www.example.com/docs/"} {
		out, err := edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", target))
		switch out := out.(type) {
		case *edge.Response:
			fmt.Println(out.StatusCode, out.Header.Get("Location"))
		case *edge.Request:
			fmt.Println("goes on as", out.URI)
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// 301 https://www.example.com/docs/
	// 301 /docs/
	// goes on as /docs/index.html
}
