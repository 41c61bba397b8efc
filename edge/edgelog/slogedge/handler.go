// Package slogedge is a handler for log/slog whose lines look like those of edgelog: with Lambda's names for the time and the message, and
// the request's ids, trigger and region from the context. It is a package of its own since log/slog brings fmt, reflect and encoding/json along.
package slogedge

import (
	"context"
	"io"
	"log/slog"
	"os"

	"github.com/edgehelpers/lambdaedge/edge/edgelog"
)

// NewHandler returns a handler that writes a line of JSON for each record to w; nil is standard output. The options, which may be nil, are
// those of [slog.NewJSONHandler]; ReplaceAttr gets the names timestamp and message. What records say is written as it is: redact what is personal in a LogValue method.
//
// The ids are those of [edgelog.CallFromContext]: log with slog.InfoContext and the handler's context, below [edgelog.Logger.Request] or with
// a context of [edgelog.ContextWithCall]. They stand at the line's top, outside of groups.
func NewHandler(w io.Writer, opts *slog.HandlerOptions) slog.Handler {
	if w == nil {
		w = os.Stdout
	}
	var o slog.HandlerOptions
	if opts != nil {
		o = *opts
	}
	replace := o.ReplaceAttr
	o.ReplaceAttr = func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key == slog.TimeKey {
			a.Key = "timestamp"
		}
		if len(groups) == 0 && a.Key == slog.MessageKey {
			a.Key = "message"
		}
		if replace != nil {
			return replace(groups, a)
		}
		return a
	}
	return &handler{Handler: slog.NewJSONHandler(w, &o)}
}

// A handler adds the call to each record. Once a group is open, what is added stands in it; so the groups and their attributes are opened
// for each record anew, behind the call.
type handler struct {
	slog.Handler
	opened []func(slog.Handler) slog.Handler // from the first group on
}

func (h *handler) Handle(ctx context.Context, r slog.Record) error {
	inner := h.Handler
	if call := callAttrs(ctx); len(h.opened) > 0 {
		inner = inner.WithAttrs(call)
	} else {
		r = r.Clone()
		r.AddAttrs(call...)
	}
	for _, open := range h.opened {
		inner = open(inner)
	}
	return inner.Handle(ctx, r)
}

func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	if len(attrs) == 0 {
		return h
	}
	if len(h.opened) == 0 {
		return &handler{Handler: h.Handler.WithAttrs(attrs)}
	}
	return h.open(func(inner slog.Handler) slog.Handler { return inner.WithAttrs(attrs) })
}

func (h *handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return h.open(func(inner slog.Handler) slog.Handler { return inner.WithGroup(name) })
}

func (h *handler) open(next func(slog.Handler) slog.Handler) *handler {
	opened := append(h.opened[:len(h.opened):len(h.opened)], next)
	return &handler{Handler: h.Handler, opened: opened}
}

// callAttrs returns what is known of the call.
func callAttrs(ctx context.Context) []slog.Attr {
	c := edgelog.CallFromContext(ctx)
	attrs := make([]slog.Attr, 0, 6)
	for _, a := range []slog.Attr{
		slog.String("requestId", c.RequestID), slog.String("cloudFrontRequestId", c.CloudFrontRequestID), slog.String("distributionId", c.DistributionID),
		slog.String("trigger", string(c.Trigger)), slog.String("region", c.Region), slog.String("traceId", c.TraceID),
	} {
		if a.Value.String() != "" {
			attrs = append(attrs, a)
		}
	}
	return attrs
}
