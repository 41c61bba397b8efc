package slogedge_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"testing"
	"testing/slogtest"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgelog/slogedge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// TestSlogtest: the laws of handlers, but for the names that are Lambda's.
func TestSlogtest(t *testing.T) {
	var out bytes.Buffer
	slogtest.Run(t, func(*testing.T) slog.Handler {
		out.Reset()
		return slogedge.NewHandler(&out, nil)
	}, func(t *testing.T) map[string]any {
		var line map[string]any
		if err := json.Unmarshal(out.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		for lambdas, slogs := range map[string]string{"timestamp": slog.TimeKey, "message": slog.MessageKey} {
			if v, ok := line[lambdas]; ok {
				line[slogs] = v
			}
		}
		return line
	})
}

func TestCall(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-central-1")
	const begin, call = `{"timestamp":"2000-01-01T00:00:00Z","level":"INFO","message":"m"`, `"requestId":"8476a536","cloudFrontRequestId":"id","distributionId":"E1",` +
		`"trigger":"viewer-request","region":"eu-central-1","traceId":"1-5bef4de7-ad49b0e87f6ef6c87fc2e700"`
	for _, tt := range []struct {
		name, want string
		log        func(*slog.Logger, context.Context)
	}{
		{"plain", begin + `,"a":1,` + call + `}`, func(l *slog.Logger, ctx context.Context) { l.InfoContext(ctx, "m", "a", 1) }},
		{"attrs", begin + `,"b":2,"a":1,` + call + `}`, func(l *slog.Logger, ctx context.Context) { l.With("b", 2).InfoContext(ctx, "m", "a", 1) }},
		{"groups", begin + `,"b":2,` + call + `,"g":{"c":3,"h":{"d":4,"a":1}}}`, func(l *slog.Logger, ctx context.Context) {
			l.With("b", 2).WithGroup("g").With("c", 3).WithGroup("h").With("d", 4).InfoContext(ctx, "m", "a", 1)
		}},
		{"names-in-groups", begin + `,` + call + `,"g":{"time":1,"msg":2}}`, func(l *slog.Logger, ctx context.Context) { l.WithGroup("g").InfoContext(ctx, "m", "time", 1, "msg", 2) }},
		{"no-call", begin + `,"region":"eu-central-1"}`, func(l *slog.Logger, _ context.Context) { l.Info("m") }},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx := edge.ContextWithInvocation(t.Context(), edge.Invocation{RequestID: "8476a536", TraceID: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700"})
			ctx = edgelog.ContextWithCall(ctx, &edge.Request{Config: edge.Config{Trigger: edge.ViewerRequest, DistributionID: "E1", RequestID: "id"}})
			var out bytes.Buffer
			utc := func(_ []string, a slog.Attr) slog.Attr {
				if a.Key == "timestamp" {
					a.Value = slog.TimeValue(a.Value.Time().UTC())
				}
				return a
			}
			tt.log(slog.New(slogedge.NewHandler(&out, &slog.HandlerOptions{ReplaceAttr: utc})), ctx)
			if diff := cmp.Diff(tt.want+"\n", out.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		})
	}
}

// TestBranches: what one logger opens is not in another one's lines.
func TestBranches(t *testing.T) {
	var out bytes.Buffer
	base := slog.New(slogedge.NewHandler(&out, nil)).WithGroup("g").With("x", 1)
	a, b := base.With("a", 1), base.With("b", 1)
	a.Info("m")
	b.Info("m")
	if lines := strings.Split(out.String(), "\n"); !strings.Contains(lines[0], `"g":{"x":1,"a":1}`) || !strings.Contains(lines[1], `"g":{"x":1,"b":1}`) {
		t.Errorf("got %q", lines)
	}
}

// Lines of requests by edgelog, of the errors alone, and the handler's own by log/slog.
func ExampleNewHandler() {
	untimed := func(_ []string, a slog.Attr) slog.Attr {
		switch a.Key {
		case "timestamp", "cloudFrontRequestId", "region": // they differ from run to run, or are long
			return slog.Attr{}
		}
		return a
	}
	logger := slog.New(slogedge.NewHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: untimed}))
	requests := &edgelog.Logger{Level: edgelog.Error}
	f := &edge.Function{ViewerRequest: requests.Request(func(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
		logger.InfoContext(ctx, "chosen", "variant", "b")
		return r, nil
	})}

	edgetest.Request(f, edgetest.NewRequest(edge.ViewerRequest, "GET", "/"))
	// Output: {"level":"INFO","message":"chosen","variant":"b","distributionId":"EDFDVBD6EXAMPLE","trigger":"viewer-request"}
}
