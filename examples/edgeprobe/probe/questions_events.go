package probe

import (
	"io"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/origin"
)

// eventQuestions are about what functions see, and what is taken of what they return. The simulator has no setting for them.
func eventQuestions() []Question {
	return []Question{
		{ID: "number-status", Asks: "is a generated answer whose status is a number taken?", ask: askNumber},
		{ID: "upper-key", Asks: "is a header under a key with upper-case letters taken?", ask: askUpperKey},
		{ID: "viewer-response-body", Asks: "what becomes of a body that viewer-response returns?", ask: askReplacedBody},
		{ID: "transfer-encoding", Asks: "do functions see Transfer-Encoding of a request in chunks?", ask: askTransferEncoding},
		{ID: "origin-access", Asks: "which authMethod and region has the origin of an event, when the bucket has an origin access control?", ask: askOriginAccess},
		{ID: "invalid-cached", Asks: "is the 502 for an answer that CloudFront refuses cached?", ask: askInvalid},
	}
}

func askNumber(a *asking) { a.says("%d", a.get(a.path(askPath, "or", "number")).Status) }

func askUpperKey(a *asking) {
	e := a.get(a.path(askPath, "or", "uppercase"))
	a.says("%d, the header is %q", e.Status, e.header.Get("X-Probe-Upper"))
}

func askReplacedBody(a *asking) {
	e := a.get(a.path(askPath, "vs", "replace"))
	switch {
	case e.Status != http.StatusOK:
		a.says("%d", e.Status)
	case strings.Contains(string(e.body), "replaced"):
		a.says("the viewer gets it")
	default:
		a.says("the viewer gets the origin's")
	}
}

// unsized is a reader whose length a request cannot know.
type unsized struct{ io.Reader }

func askTransferEncoding(a *asking) {
	at := func(trigger string) string {
		e := a.event(a.send(request{method: http.MethodPost, target: a.path(askPath, trigger, "echo"), body: unsized{strings.NewReader("probe")}}))
		for _, h := range e.Request.Headers["transfer-encoding"] {
			return h.Value
		}
		return "absent"
	}
	a.says("viewer-request: %s; origin-request: %s", at("vr"), at("or"))
}

func askOriginAccess(a *asking) {
	s3 := a.event(a.get(a.path("/index.html", "or", "echo"))).Request.Origin["s3"]
	a.says("%s", s3)
}

func askInvalid(a *asking) {
	target := a.path(askPath, "or", "invalid")
	first, second := a.get(target, "X-Probe-Fail: 1"), a.get(target)
	a.says("%d, then %d", first.Status, second.Status)
}

// cacheQuestions are about what the cache does.
func cacheQuestions() []Question {
	return []Question{
		{ID: "copies", Asks: "has the cache a copy for gzip, one for br and one for neither?", ask: askCopies},
		{ID: "conditional-cookies", Asks: "has a 304 from the cache the object's Set-Cookie?", ask: askConditional},
		{ID: "cdn-cache-control", Asks: "does CDN-Cache-Control count?", ask: askCDNCacheControl},
		{ID: "expires-zero", Asks: "is an answer with Expires: 0 cached?", ask: askExpiresZero},
	}
}

func askCopies(a *asking) {
	target := a.path(askPath, origin.Bytes, "3000", origin.Header, "Content-Type: text/css", origin.Header, "Cache-Control: max-age=600")
	var said []string
	for _, coding := range []string{"gzip", "br", "gzip, br", "identity"} {
		e := a.get(target, "Accept-Encoding: "+coding)
		said = append(said, coding+": "+e.header.Get("X-Cache")+" "+e.header.Get("Content-Encoding"))
	}
	a.says("%s", strings.Join(said, "; "))
}

func askConditional(a *asking) {
	target := a.path(askPath, origin.Header, `Etag: "probe"`, origin.Header, "Set-Cookie: probe=1", origin.Header, "Cache-Control: max-age=600")
	a.get(target)
	e := a.get(target, `If-None-Match: "probe"`)
	a.says("%d, %s, Set-Cookie: %q", e.Status, e.header.Get("X-Cache"), e.header.Get("Set-Cookie"))
}

func askCDNCacheControl(a *asking) {
	target := a.path(askPath, origin.Header, "CDN-Cache-Control: max-age=600", origin.Header, "Cache-Control: no-store")
	a.get(target)
	a.says("%s", a.get(target).header.Get("X-Cache"))
}

func askExpiresZero(a *asking) {
	target := a.path(askPath, origin.Header, "Expires: 0")
	a.get(target)
	a.says("%s", a.get(target).header.Get("X-Cache"))
}
