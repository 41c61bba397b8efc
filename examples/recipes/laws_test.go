package recipes_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/edgehelpers/lambdaedge/examples/recipes"
)

// TestLaws holds each recipe to what edgetest asks of every function: it answers every event, breaks no rule of CloudFront's, loses
// nothing of what came, and gives the same answer again.
func TestLaws(t *testing.T) {
	functions := map[string]*edge.Function{
		"ApexToWWW":     recipes.ApexToWWW("example.com", "www.example.com"),
		"TrailingSlash": recipes.TrailingSlash(),
		"BasicAuth":     recipes.BasicAuth("preview"),
		"Maintenance":   recipes.Maintenance("<h1>Back soon</h1>", time.Hour),
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
