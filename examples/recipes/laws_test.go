package recipes_test

import (
	"io"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

// TestLaws holds each recipe to what edgetest asks of every function: it answers every event, breaks no rule of CloudFront's, loses
// nothing of what came, and gives the same answer again.
func TestLaws(t *testing.T) {
	other := &edge.CustomOrigin{DomainName: "other.example.com"}
	functions := map[string]*edge.Function{
		"ABTest":          recipes.ABTest{Cookie: "session", Share: 50, B: other}.Function(),
		"ApexToWWW":       recipes.ApexToWWW("example.com", "www.example.com"),
		"BasicAuth":       recipes.BasicAuth("preview"),
		"Canary":          recipes.Canary(other),
		"CORS":            recipes.CORS{Origins: []string{"https://www.example.com"}, Methods: "PUT"}.Function(),
		"CountryRedirect": recipes.CountryRedirect(map[string]string{"CH": "/de/", "US": "/en/"}),
		"ImageFormat":     recipes.ImageFormat("avif", "webp"),
		"JWT":             recipes.JWT{Now: time.Now}.Function(),
		"Maintenance":     recipes.Maintenance("<h1>Back soon</h1>", time.Hour),
		"Prerender":       recipes.Prerender(other, "Mozilla", "Amazon"),
		"Reports":         recipes.Reports("/csp-report", io.Discard),
		"RequestID":       recipes.RequestID(&edgelog.Logger{Output: io.Discard}),
		"SPAFallback":     recipes.SPAFallback("/index.html"),
		"SecurityHeaders": recipes.SecurityHeaders("/", `<script nonce="{nonce}">`, fixedNonce),
		"Sessions":        recipes.Sessions{Key: make([]byte, 32), Login: "/login", Now: time.Now}.Function(),
		"TrailingSlash":   recipes.TrailingSlash(),
	}
	for _, name := range slices.Sorted(maps.Keys(functions)) {
		t.Run(name, func(t *testing.T) {
			functions[name].Warn = func(w *edge.FieldError) { t.Error(w) }
			if err := edgetest.TestFunction(functions[name], edgetest.Events()); err != nil {
				t.Error(err)
			}
		})
	}
}
