package edge

// A limit is a quota of CloudFront. Several have moved over the years without an
// announcement, so what the documents said in 2023 and in 2026 stands side by
// side, with the one that this package holds functions to.
//
// The documents write KB and MB. The one byte value that AWS ever shows is
// 1,048,576 for 1 MB, so these are binary units.
type limit struct {
	in2023, in2026 int
	inForce        int
	clause         string
}

const (
	kb = 1 << 10
	mb = 1 << 20
)

type limitID int

const (
	limitGeneratedViewer limitID = iota
	limitGeneratedOrigin
	limitBodyTextViewer
	limitBodyTextOrigin
	limitBodyBase64Viewer
	limitBodyBase64Origin
	limitURL
	limitHeaders
	limitKeepalive
	limitReadTimeout
	limitCustomDomain
	limitS3Domain
	limitOriginPath
	limitCustomHeaderName
	limitCustomHeaderValue
)

// The limits, in bytes unless the line says otherwise. 0: not documented then.
var limits = [...]limit{
	//                           2023             2026             in force
	limitGeneratedViewer:   {40 * kb, 40 * kb, 40 * kb, "cloudfront-limits.html#limits-lambda-at-edge"},
	limitGeneratedOrigin:   {1 * mb, 1 * mb, 1 * mb, "cloudfront-limits.html#limits-lambda-at-edge"},
	limitBodyTextViewer:    {40 * kb, 40 * kb, 40 * kb, "lambda-at-edge-function-restrictions.html"},
	limitBodyTextOrigin:    {1 * mb, 1 * mb, 1 * mb, "lambda-at-edge-function-restrictions.html"},
	limitBodyBase64Viewer:  {53_200, 53_200, 54_616, "lambda-at-edge-function-restrictions.html, 53.2 KB; 40 KB in base64 is 54,616"},
	limitBodyBase64Origin:  {1_330_000, 1_330_000, 1_398_104, "lambda-at-edge-function-restrictions.html, 1.33 MB; 1 MB in base64 is 1,398,104"},
	limitURL:               {8192, 8192, 8191, "edge-function-restrictions-all.html, less than 8,192 characters"},
	limitHeaders:           {20_480, 32_768, 32_768, "cloudfront-limits.html#limits-general"},
	limitKeepalive:         {60, 300, 120, "lambda-event-structure.html, seconds; 300 only in the newest quota page"},
	limitReadTimeout:       {60, 120, 120, "lambda-event-structure.html, seconds"},
	limitCustomDomain:      {253, 253, 253, "lambda-event-structure.html"},
	limitS3Domain:          {128, 128, 128, "lambda-event-structure.html"},
	limitOriginPath:        {255, 255, 255, "lambda-event-structure.html"},
	limitCustomHeaderName:  {256, 256, 256, "cloudfront-limits.html#limits-custom-headers"},
	limitCustomHeaderValue: {1783, 1783, 1783, "cloudfront-limits.html#limits-custom-headers"},
}

// byStage returns the limit of the viewer triggers or of the origin triggers.
func byStage(t Trigger, viewer, origin limitID) limit {
	if t == ViewerRequest || t == ViewerResponse {
		return limits[viewer]
	}
	return limits[origin]
}
