package edgesim

import "time"

// Unknowns are the points that AWS's documents leave open. The zero value is the simulator's default for each;
// what a real distribution does may differ, and then the setting is the place to say so.
type Unknowns struct {
	// RootObjectFirst applies the default root object before the viewer-request function, which then sees
	// "/index.html" and not "/".
	RootObjectFirst bool
	// ExpiresByEdgeClock counts Expires from the edge's clock and not from the answer's Date header.
	ExpiresByEdgeClock bool
	// IgnoreOriginAge counts the lifetime from the arrival at the edge, whatever Age header the origin sends.
	IgnoreOriginAge bool
	// CacheGone caches a 410 as it caches a 404. AWS's page names 410 in one of its lists and not in the other.
	CacheGone bool
	// OriginRequestXCache is X-Cache for an answer that an origin-request function made; "" is "Miss from
	// cloudfront".
	OriginRequestXCache string
	// FunctionErrorTTL is how long the 502 or 503 of a failed origin-facing function is cached; 0 is not at all.
	FunctionErrorTTL time.Duration
	// ViewerResponseByFinalStatus decides whether viewer-response runs by the status that origin-response left,
	// not by the origin's own.
	ViewerResponseByFinalStatus bool
	// SkipViewerResponseOnGeneratedError does not run viewer-response for a status of 400 or more that an
	// origin-request function made.
	SkipViewerResponseOnGeneratedError bool
	// HeadFillsByGet asks the origin for the whole object when a HEAD request misses, so that the cache is filled.
	HeadFillsByGet bool
	// DropInterim keeps interim responses of the origin, such as 103, from the viewer. RFC 9110 section 15.2 has a proxy forward them,
	// and AWS's documents are silent; people report that CDNs, CloudFront among them, drop 103 (shakapacker issue 876).
	DropInterim bool
	// SignatureInViewerRequest shows the parameters of a signed URL (Expires, Policy, Signature, Key-Pair-Id,
	// Hash-Algorithm) to the viewer-facing functions. AWS's pages say that they are not in the cache key and do not go
	// to the origin, and no more.
	SignatureInViewerRequest bool
	// DropSignedCookies keeps the signed cookies from the origin, whatever the policies say. AWS's pages say that they
	// are not in the cache key, and no more.
	DropSignedCookies bool
	// EscapedPolicyQuery takes a custom policy's Resource as AWS's page on signed URLs has it, with a backslash before
	// the question mark of the query string. The page on signed cookies and AWS's libraries have none, and otherwise
	// both count.
	EscapedPolicyQuery bool
	// EmptyBodyOnGet shows an empty body object to a function with IncludeBody when the request is a GET or
	// HEAD; otherwise there is none.
	EmptyBodyOnGet bool
	// DecodedBodySize counts a generated body against its limit after base64 decoding and not as it stands in
	// the answer.
	DecodedBodySize bool
	// CollapseZeroTTL gives those who wait for another viewer's request its answer even where its lifetime is 0. AWS's page says that
	// it can be prevented by a minimum TTL of 0 together with Cache-Control: private, no-store, no-cache, max-age=0 or s-maxage=0,
	// calls it an exception to no-cache in another place, and has no word on a default TTL of 0 or an Expires that is past
	// (RequestAndResponseBehaviorCustomOrigin.html, "request collapsing" and "Caching").
	CollapseZeroTTL bool
	// CompressedLength gives an object that CloudFront compresses its compressed Content-Length. Otherwise it comes in chunks, as
	// AWS's staff says that it does (quoted in github.com/getsentry/sentry/issues/62685); the guide says nothing.
	CompressedLength bool
	// ChunkedNotModified shows Transfer-Encoding to viewer-response in the 304 that CloudFront makes of an object that came in
	// chunks, which RFC 9112 section 6.1 allows and does not ask for.
	ChunkedNotModified bool
	// CloudFrontFunctionBody is how many bytes the body in an answer of a CloudFront Function may have. AWS publishes no limit but that of
	// a function's memory, 2 MB; 0 is none.
	CloudFrontFunctionBody int
}
