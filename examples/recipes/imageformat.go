package recipes

import (
	"context"
	"path"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// ImageFormat serves photo.jpg as photo.jpg.avif or photo.jpg.webp to browsers that
// prefer it. The files lie beside each other in the bucket, all of them with all
// formats: what makes the site makes them. formats are "avif", "webp" or others, the
// best first.
func ImageFormat(formats ...string) *edge.Function {
	offers := []string{"image/jpeg"} // first, for browsers that take anything
	for _, format := range formats {
		offers = append(offers, "image/"+format)
	}
	return &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		if path.Ext(r.URI) != ".jpg" {
			return r, nil
		}
		format := strings.TrimPrefix(r.NegotiateType(offers...), "image/")
		if format != "" && format != "jpeg" {
			r.URI += "." + format // the path is in the cache key: one object for each format
		}
		return r, nil
	}}
}
