package rules

// A Limit is a quota of CloudFront. Several have moved over the years without an
// announcement, so what the documents said in 2023 and in 2026 stands side by
// side, with the one that functions are held to.
//
// The documents write KB and MB. The one byte value that AWS ever shows is
// 1,048,576 for 1 MB, so these are binary units.
type Limit int

// InForce returns what functions are held to, in bytes or in the limit's own unit.
func (l Limit) InForce() int { return limits[l].inForce }

// In2023 returns what the documents said in 2023.
func (l Limit) In2023() int { return limits[l].in2023 }

// In2026 returns what the documents said in 2026.
func (l Limit) In2026() int { return limits[l].in2026 }

type limit struct {
	in2023, in2026 int
	inForce        int
}

const (
	kb = 1 << 10
	mb = 1 << 20
)

const (
	MaxGeneratedViewer Limit = iota
	MaxGeneratedOrigin
	MaxBodyTextViewer
	MaxBodyTextOrigin
	MaxBodyBase64Viewer
	MaxBodyBase64Origin
	MaxURL
	MaxHeaders
	MaxKeepalive
	MaxReadTimeout
	MaxCustomDomain
	MaxS3Domain
	MaxOriginPath
	MaxCustomHeaderName
	MaxCustomHeaderValue
)

// The limits, in bytes unless the line says otherwise. 0: not documented then.
var limits = [...]limit{
	//                           2023             2026             in force
	MaxGeneratedViewer:   {40 * kb, 40 * kb, 40 * kb},       // cloudfront-limits.html#limits-lambda-at-edge
	MaxGeneratedOrigin:   {1 * mb, 1 * mb, 1 * mb},          // cloudfront-limits.html#limits-lambda-at-edge
	MaxBodyTextViewer:    {40 * kb, 40 * kb, 40 * kb},       // lambda-at-edge-function-restrictions.html
	MaxBodyTextOrigin:    {1 * mb, 1 * mb, 1 * mb},          // lambda-at-edge-function-restrictions.html
	MaxBodyBase64Viewer:  {53_200, 53_200, 54_616},          // lambda-at-edge-function-restrictions.html, 53.2 KB; 40 KB in base64 is 54,616
	MaxBodyBase64Origin:  {1_330_000, 1_330_000, 1_398_104}, // lambda-at-edge-function-restrictions.html, 1.33 MB; 1 MB in base64 is 1,398,104
	MaxURL:               {8192, 8192, 8191},                // edge-function-restrictions-all.html, less than 8,192 characters
	MaxHeaders:           {20_480, 32_768, 32_768},          // cloudfront-limits.html#limits-general
	MaxKeepalive:         {60, 300, 120},                    // lambda-event-structure.html, seconds; 300 only in the newest quota page
	MaxReadTimeout:       {60, 120, 120},                    // lambda-event-structure.html, seconds
	MaxCustomDomain:      {253, 253, 253},                   // lambda-event-structure.html
	MaxS3Domain:          {128, 128, 128},                   // lambda-event-structure.html
	MaxOriginPath:        {255, 255, 255},                   // lambda-event-structure.html
	MaxCustomHeaderName:  {256, 256, 256},                   // cloudfront-limits.html#limits-custom-headers
	MaxCustomHeaderValue: {1783, 1783, 1783},                // cloudfront-limits.html#limits-custom-headers
}
