package edge

// The CloudFront-* headers tell what CloudFront knows of the viewer. CloudFront adds
// them after the viewer-request function has run, and only those that the
// behavior's cache policy or origin request policy names. So they exist in
// origin-request and origin-response, and nowhere else: in viewer-request a header
// of that name is the viewer's own and not to be trusted.
//
// See https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html.

// ViewerCountry returns the viewer's country as the two letters of ISO 3166-1, such
// as "CH", from CloudFront-Viewer-Country. It is "" in the viewer triggers and
// where no policy names the header.
func (r *Request) ViewerCountry() string { return r.viewer("cloudfront-viewer-country") }

// ViewerRegion returns the viewer's region as up to three characters of ISO 3166-2
// without the country, such as "ZH", from CloudFront-Viewer-Country-Region. It is
// "" in the viewer triggers and where no policy names the header.
func (r *Request) ViewerRegion() string { return r.viewer("cloudfront-viewer-country-region") }

// ViewerCity returns the name of the viewer's city, with characters outside ASCII
// percent-encoded, from CloudFront-Viewer-City. It is "" in the viewer triggers and
// where no policy names the header.
func (r *Request) ViewerCity() string { return r.viewer("cloudfront-viewer-city") }

// IsMobileViewer reports CloudFront-Is-Mobile-Viewer. It is false in the viewer
// triggers and where no policy names the header.
func (r *Request) IsMobileViewer() bool { return r.viewer("cloudfront-is-mobile-viewer") == "true" }

// IsTabletViewer reports CloudFront-Is-Tablet-Viewer. Some tablets count as mobile, too.
// It is false in the viewer triggers and where no policy names the header.
func (r *Request) IsTabletViewer() bool { return r.viewer("cloudfront-is-tablet-viewer") == "true" }

// IsDesktopViewer reports CloudFront-Is-Desktop-Viewer. It is false in the viewer
// triggers and where no policy names the header.
func (r *Request) IsDesktopViewer() bool { return r.viewer("cloudfront-is-desktop-viewer") == "true" }

// IsSmartTVViewer reports CloudFront-Is-SmartTV-Viewer. It is false in the viewer
// triggers and where no policy names the header.
func (r *Request) IsSmartTVViewer() bool { return r.viewer("cloudfront-is-smarttv-viewer") == "true" }

// viewer returns a header that CloudFront has added, "" in the viewer triggers,
// where it cannot be CloudFront's.
func (r *Request) viewer(name string) string {
	if r.Config.Trigger != OriginRequest && r.Config.Trigger != OriginResponse {
		return ""
	}
	return r.Header.Get(name)
}
