package rulefile_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/internal/hosttest"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// TestAsTheHosts holds this module to the rows of docs/redirect-hosts.md. Package hosttest holds the hosts to them.
func TestAsTheHosts(t *testing.T) {
	t.Parallel()
	rows, err := hosttest.ReadRows("../../docs/redirect-hosts.md")
	if err != nil || len(rows) < 150 {
		t.Fatalf("%d rows, %v; want 150 or more", len(rows), err)
	}
	for _, row := range rows {
		for _, d := range []rulefile.Dialect{rulefile.Netlify, rulefile.Cloudflare} {
			if row.Here(d) == "" {
				continue
			}
			got, err := hosttest.Answer(d, row.Text, row.Request)
			if err != nil {
				t.Errorf("redirect-hosts.md:%d: request: %v", row.Line, err)
				continue
			}
			if got != row.Here(d) {
				t.Errorf("redirect-hosts.md:%d: %s: got %s; want %s %s", row.Line, d, got, row.Here(d), row.Why)
			}
		}
	}
}
