package probe

import (
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/origin"
)

// settingQuestions are those whose answers are fields of edgesim.Unknowns.
func settingQuestions() []Question {
	return []Question{
		{ID: "root-object", Asks: "does viewer-request see / or /index.html?", Setting: "RootObjectFirst", ask: askRootObject},
		{ID: "expires-clock", Asks: "is Expires counted from the Date header or from the edge's clock?", Setting: "ExpiresByEdgeClock", ask: askExpires},
		{ID: "origin-age", Asks: "does the origin's Age shorten the lifetime?", Setting: "IgnoreOriginAge", ask: askAge},
		{ID: "gone", Asks: "is a 410 cached like a 404?", Setting: "CacheGone", ask: askGone},
		{ID: "generated-x-cache", Asks: "what is X-Cache of an answer that origin-request made?", Setting: "OriginRequestXCache", ask: askXCache},
		{ID: "function-error-ttl", Asks: "how long is the 503 of a failed origin-request function cached?", Setting: "FunctionErrorTTL", ask: askFunctionError},
		{ID: "rewritten-status", Asks: "does viewer-response run by the status that origin-response left, or by the origin's own?", Setting: "ViewerResponseByFinalStatus", ask: askRewrittenStatus},
		{ID: "generated-error", Asks: "does viewer-response run for a 4xx that origin-request made?", Setting: "SkipViewerResponseOnGeneratedError", ask: askGeneratedError},
		{ID: "head", Asks: "does a HEAD that misses fetch the whole object?", Setting: "HeadFillsByGet", ask: askHead},
		{ID: "interim", Asks: "do interim responses of the origin reach the viewer?", Setting: "DropInterim", ask: askInterim},
		{ID: "signature-seen", Asks: "does viewer-request see the parameters of a signed URL?", Setting: "SignatureInViewerRequest", ask: askSignatureSeen},
		{ID: "signed-cookies", Asks: "do signed cookies go to the origin where cookies do?", Setting: "DropSignedCookies", ask: askSignedCookies},
		{ID: "escaped-query", Asks: "needs the question mark in a custom policy a backslash?", Setting: "EscapedPolicyQuery", ask: askEscapedQuery},
		{ID: "empty-body", Asks: "has a GET with IncludeBody a body member?", Setting: "EmptyBodyOnGet", ask: askEmptyBody},
		{ID: "base64-size", Asks: "is a generated body counted before or after base64 decoding?", Setting: "DecodedBodySize", ask: askDecodedSize},
		{ID: "collapse-zero", Asks: "do those who wait for another viewer's request share an answer whose lifetime is 0?", Setting: "CollapseZeroTTL", ask: askCollapse},
		{ID: "compressed-length", Asks: "has an object that CloudFront compresses a Content-Length?", Setting: "CompressedLength", ask: askCompressedLength},
		{ID: "chunked-304", Asks: "has a 304 that CloudFront makes of an object in chunks Transfer-Encoding?", Setting: "ChunkedNotModified", ask: askNotModified},
		{ID: "function-body", Asks: "how many bytes may the body in an answer of a CloudFront Function have?", Setting: "CloudFrontFunctionBody", ask: askFunctionBody},
	}
}

func askRootObject(a *asking) {
	uri := a.event(a.get(a.path("/", "vr", "echo"))).Request.URI
	if uri != "/" && uri != "/index.html" {
		a.cannot("viewer-request saw %q", uri)
	}
	a.is(uri == "/index.html", "/index.html", "/", func(u *edgesim.Unknowns, yes bool) { u.RootObjectFirst = yes })
}

// The origin's clock is a minute behind, and what it sends is fresh for two minutes after that clock, which is one after the edge's.
func askExpires(a *asking) {
	now := a.target.Now().UTC()
	date := now.Add(-time.Minute).Format(http.TimeFormat)
	target := a.path(askPath, origin.Header, "Date: "+date, origin.Header, "Expires: "+now.Add(time.Minute).Format(http.TimeFormat), "os", "see.date")
	first := a.get(target)
	if saw := first.said("os"); saw != date {
		a.cannot("the origin's host sets Date itself: %s came, not %s", saw, date)
	}
	a.wait(90 * time.Second)
	again := a.get(target)
	a.is(a.seen(first).ID != a.seen(again).ID, "from the edge's clock", "from the Date header", func(u *edgesim.Unknowns, yes bool) { u.ExpiresByEdgeClock = yes })
}

func askAge(a *asking) {
	target := a.path(askPath, origin.Header, "Cache-Control: max-age=60", origin.Header, "Age: 70", "os", "see.age")
	first := a.get(target)
	if saw := first.said("os"); saw != "70" {
		a.cannot("the origin's host does not send Age: %s came", saw)
	}
	a.is(a.seen(first).ID == a.seen(a.get(target)).ID, "no", "yes", func(u *edgesim.Unknowns, yes bool) { u.IgnoreOriginAge = yes })
}

func askGone(a *asking) {
	target := a.path(askPath, origin.Status, "410")
	first, again := a.seen(a.get(target)), a.seen(a.get(target))
	a.is(first.ID == again.ID, "yes", "no", func(u *edgesim.Unknowns, yes bool) { u.CacheGone = yes })
}

func askXCache(a *asking) {
	value := a.get(a.path(askPath, "or", "status.200")).header.Get("X-Cache")
	a.says("%s", value)
	a.answer.set = func(u *edgesim.Unknowns) {
		if u.OriginRequestXCache = value; value == "Miss from cloudfront" {
			u.OriginRequestXCache = ""
		}
	}
}

// maxErrorTTL is as long as the probe waits for an error to go.
const maxErrorTTL = 2 * time.Minute

// askFunctionError asks with a header that makes the function fail and is not in the cache key, then without it until the page has gone.
func askFunctionError(a *asking) {
	target := a.path(askPath, "or", "fail")
	if status := a.get(target, "X-Probe-Fail: 1").Status; status != http.StatusServiceUnavailable {
		a.cannot("the failing function got a %d, not a 503", status)
	}
	lived := time.Duration(0)
	for ; lived < maxErrorTTL && !a.stopped(); lived += time.Second {
		if a.get(target).Status != http.StatusServiceUnavailable {
			break
		}
		a.wait(time.Second)
	}
	a.says("%s", lived)
	a.answer.Evidence = slices.Concat(a.answer.Evidence[:1], a.answer.Evidence[len(a.answer.Evidence)-1:])
	a.answer.set = func(u *edgesim.Unknowns) { u.FunctionErrorTTL = lived }
}

func askRewrittenStatus(a *asking) {
	e := a.get(a.path(askPath, origin.Status, "404", "os", "status.200", "vs", "mark"))
	if e.Status != http.StatusOK {
		a.cannot("the 200 that origin-response made came as a %d", e.Status)
	}
	a.is(e.said("vs") != "", "by the one that origin-response left", "by the origin's own", func(u *edgesim.Unknowns, yes bool) { u.ViewerResponseByFinalStatus = yes })
}

func askGeneratedError(a *asking) {
	e := a.get(a.path(askPath, "or", "status.404", "vs", "mark"))
	if e.Status != http.StatusNotFound {
		a.cannot("the function's 404 came as a %d", e.Status)
	}
	a.is(e.said("vs") == "", "no", "yes", func(u *edgesim.Unknowns, yes bool) { u.SkipViewerResponseOnGeneratedError = yes })
}

func askHead(a *asking) {
	target := a.path(askPath, origin.Header, "Cache-Control: max-age=600")
	a.send(request{method: http.MethodHead, target: target})
	after := a.get(target)
	a.is(strings.HasPrefix(after.header.Get("X-Cache"), "Hit"), "yes", "no", func(u *edgesim.Unknowns, yes bool) { u.HeadFillsByGet = yes })
}

func askInterim(a *asking) {
	e := a.get(a.path(askPath, origin.Interim, "1"))
	if e.header.Get(origin.InterimHeader) != "sent" {
		a.cannot("the origin's host sends no interim response")
	}
	a.is(!slices.Contains(e.Interim, http.StatusEarlyHints), "no", "yes", func(u *edgesim.Unknowns, yes bool) { u.DropInterim = yes })
}

// signedTarget is a target with a signature. With a start a policy is a custom one.
func (a *asking) signedTarget(target string, p signedurl.Policy) string {
	if a.target.Signer == nil {
		a.cannot("no key is known that the distribution trusts")
		return target
	}
	p.Expires = a.target.Now().Add(time.Hour)
	signed, err := a.target.Signer.URL(a.target.Site+target, p)
	if err != nil {
		a.fail(err)
	}
	return strings.TrimPrefix(signed, a.target.Site)
}

func askSignatureSeen(a *asking) {
	query := a.event(a.get(a.signedTarget(a.path(signedPath, "vr", "echo"), signedurl.Policy{}))).Request.QueryString
	a.is(strings.Contains(query, "Signature="), "yes", "no", func(u *edgesim.Unknowns, yes bool) { u.SignatureInViewerRequest = yes })
	a.unsigned()
}

// unsigned keeps signatures out of the report.
func (a *asking) unsigned() {
	for _, e := range a.answer.Evidence {
		if before, _, found := strings.Cut(e.Request, "&Signature="); found {
			e.Request = before + "&Signature=…"
		}
		for i, line := range e.Sent {
			if strings.HasPrefix(line, "Cookie: ") {
				e.Sent[i] = "Cookie: (the signed cookies)"
			}
		}
	}
}

func askSignedCookies(a *asking) {
	if a.target.Signer == nil {
		a.cannot("no key is known that the distribution trusts")
		return
	}
	cookies, err := a.target.Signer.Cookies(signedurl.Policy{Resource: a.target.Site + signedPath + "*", Expires: a.target.Now().Add(time.Hour)})
	if err != nil {
		a.fail(err)
	}
	line := "Cookie: other=1"
	for _, c := range cookies {
		line += "; " + c.Name + "=" + c.Value
	}
	got := strings.Join(a.seen(a.get(a.path(signedPath), line)).Headers["Cookie"], "; ")
	if !a.stopped() && !strings.Contains(got, "other=1") {
		a.cannot("no cookie reached the origin")
	}
	a.is(!strings.Contains(got, "CloudFront-Signature="), "no", "yes", func(u *edgesim.Unknowns, yes bool) { u.DropSignedCookies = yes })
	a.unsigned()
}

func askEscapedQuery(a *asking) {
	status := func(escape string) int {
		target := a.path(signedPath)
		start := a.target.Now().Add(-time.Hour)
		resource := a.target.Site + strings.Replace(target, "?", escape+"?", 1) + "*" // with a star it is a policy of one's own, and stays as it is
		return a.get(a.signedTarget(target, signedurl.Policy{Resource: resource, NotBefore: start})).Status
	}
	plain, escaped := status(""), status(`\`)
	if plain != http.StatusOK && escaped != http.StatusOK {
		a.cannot("it was refused without the backslash (%d) and with it (%d)", plain, escaped)
	}
	a.is(plain != http.StatusOK, "yes", "no", func(u *edgesim.Unknowns, yes bool) { u.EscapedPolicyQuery = yes })
	a.unsigned()
}

func askEmptyBody(a *asking) {
	atViewer := a.event(a.get(a.path(askPath, "vr", "echo"))).Request.Body != nil
	atOrigin := a.event(a.get(a.path(askPath, "or", "echo"))).Request.Body != nil
	if atViewer != atOrigin {
		a.cannot("viewer-request has one: %v, origin-request has one: %v", atViewer, atOrigin)
	}
	a.is(atViewer, "yes", "no", func(u *edgesim.Unknowns, yes bool) { u.EmptyBodyOnGet = yes })
}

// askDecodedSize has viewer-request answer with 42,000 bytes that stand for 31,500: its limit of 40 KB is between.
func askDecodedSize(a *asking) {
	status := a.get(a.path(askPath, "vr", "body.base64.31500")).Status
	a.is(status == http.StatusOK, "after", "before", func(u *edgesim.Unknowns, yes bool) { u.DecodedBodySize = yes })
}

// askCollapse has two viewers ask for the same at once, of an origin that takes its time.
func askCollapse(a *asking) {
	target := a.path(zeroPath, origin.Delay, a.target.Delay.String())
	var both [2]*Exchange
	var all sync.WaitGroup
	for i := range both {
		all.Go(func() { both[i] = a.get(target) })
	}
	all.Wait()
	a.is(a.seen(both[0]).ID == a.seen(both[1]).ID, "yes", "no, each asks for itself", func(u *edgesim.Unknowns, yes bool) { u.CollapseZeroTTL = yes })
}

// askCompressedLength tries several times: CloudFront compresses when it has time.
func askCompressedLength(a *asking) {
	for range 5 {
		e := a.get(a.path(askPath, origin.Bytes, "3000", origin.Header, "Content-Type: text/css"), "Accept-Encoding: gzip")
		if e.header.Get("Content-Encoding") == "gzip" {
			a.is(e.length >= 0, "yes", "no", func(u *edgesim.Unknowns, yes bool) { u.CompressedLength = yes })
			return
		}
	}
	a.cannot("CloudFront compressed none of five objects")
}

func askNotModified(a *asking) {
	target := a.path(askPath, origin.Chunked, "1", origin.Header, `Etag: "probe"`, origin.Header, "Cache-Control: max-age=600",
		"os", "see.transfer-encoding", "vs", "see.transfer-encoding")
	if saw := a.get(target).said("os"); saw != "chunked" {
		a.cannot("the origin's answer came with its length, not in chunks")
	}
	e := a.get(target, `If-None-Match: "probe"`)
	if e.Status != http.StatusNotModified {
		a.cannot("CloudFront answered %d, not 304", e.Status)
	}
	a.is(e.said("vs") == "chunked", "yes", "no", func(u *edgesim.Unknowns, yes bool) { u.ChunkedNotModified = yes })
}

// maxFunctionBody is the memory of a CloudFront Function, a limit that is documented.
const maxFunctionBody = 2 << 20

func askFunctionBody(a *asking) {
	largest := a.largest(1, maxFunctionBody, func(n int) bool { return a.get(bodyPath+"?bytes="+strconv.Itoa(n)).Status == http.StatusOK })
	a.says("%d", largest)
	a.answer.set = func(u *edgesim.Unknowns) {
		if u.CloudFrontFunctionBody = largest; largest == maxFunctionBody {
			u.CloudFrontFunctionBody = 0
		}
	}
}

// largest finds the largest number from low to high that is taken, when all below a number are and none above: the highest first, then
// ever larger ones, since large ones take long. Of the requests that it took it keeps the last two.
func (a *asking) largest(low, high int, taken func(int) bool) int {
	defer func() { a.answer.Evidence = a.answer.Evidence[max(0, len(a.answer.Evidence)-2):] }()
	if taken(high) {
		return high
	}
	if !taken(low) {
		a.cannot("not even %d was taken", low)
		return 0
	}
	for next := 2 * low; next < high && !a.stopped(); next *= 2 {
		if !taken(next) {
			high = next
			break
		}
		low = next
	}
	return low + sort.Search(high-low-1, func(i int) bool { return a.stopped() || !taken(low+1+i) })
}
