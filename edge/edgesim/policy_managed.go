package edgesim

import "time"

// AWS's managed policies, with the values of "Use managed cache policies" and "Use managed origin request
// policies" in the CloudFront Developer Guide (read 27 November 2026). The four cache policies that only Amplify uses
// are not here: the page names them, Amplify-Default for instance, without their values. Each call gives a new value,
// which the caller may change.

const year = 365 * 24 * time.Hour

// CachingOptimized keeps objects for a day when the origin does not say, with nothing but Accept-Encoding in the key.
func CachingOptimized() *CachePolicy {
	return &CachePolicy{Name: "Managed-CachingOptimized", ID: "658327ea-f89d-4fab-a63d-7e88639e58f6",
		MinTTL: time.Second, DefaultTTL: 24 * time.Hour, MaxTTL: year, Gzip: true, Brotli: true}
}

// CachingOptimizedForUncompressedObjects is [CachingOptimized] without compression.
func CachingOptimizedForUncompressedObjects() *CachePolicy {
	return &CachePolicy{Name: "Managed-CachingOptimizedForUncompressedObjects", ID: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
		MinTTL: time.Second, DefaultTTL: 24 * time.Hour, MaxTTL: year}
}

// CachingDisabled sends every request to the origin.
func CachingDisabled() *CachePolicy {
	return &CachePolicy{Name: "Managed-CachingDisabled", ID: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"}
}

// UseOriginCacheControlHeaders caches only what the origin says may be cached.
func UseOriginCacheControlHeaders() *CachePolicy {
	return &CachePolicy{Name: "UseOriginCacheControlHeaders", ID: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
		MaxTTL: year, Headers: []string{"Host", "Origin", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"},
		Cookies: All(), Gzip: true, Brotli: true}
}

// UseOriginCacheControlHeadersQueryStrings is [UseOriginCacheControlHeaders] with the query string in the key.
func UseOriginCacheControlHeadersQueryStrings() *CachePolicy {
	p := UseOriginCacheControlHeaders()
	p.Name, p.ID = "UseOriginCacheControlHeaders-QueryStrings", "4cc15a8a-d715-48a4-82b8-cc0b614638fe"
	p.QueryStrings = All()
	return p
}

// ElementalMediaPackage is the policy for an AWS Elemental MediaPackage endpoint.
func ElementalMediaPackage() *CachePolicy {
	return &CachePolicy{Name: "Managed-Elemental-MediaPackage", ID: "08627262-05a9-4f76-9ded-b50ca2e3a84f",
		DefaultTTL: 24 * time.Hour, MaxTTL: year, Headers: []string{"Origin"}, Gzip: true,
		QueryStrings: Only("aws.manifestfilter", "start", "end", "m")}
}

// Amplify is the policy for an AWS Amplify web application.
func Amplify() *CachePolicy {
	return &CachePolicy{Name: "Managed-Amplify", ID: "2e54312d-136d-493c-8eb9-b001f22f67d2",
		MinTTL: 2 * time.Second, DefaultTTL: 2 * time.Second, MaxTTL: 600 * time.Second,
		Headers: []string{"Authorization", "CloudFront-Viewer-Country", "Host"}, Cookies: All(), QueryStrings: All(), Gzip: true, Brotli: true}
}

// ManagedCachePolicy finds a managed cache policy by its ID, or by its name with or without "Managed-"; nil when
// there is none.
func ManagedCachePolicy(nameOrID string) *CachePolicy {
	for _, p := range []*CachePolicy{CachingOptimized(), CachingOptimizedForUncompressedObjects(), CachingDisabled(),
		UseOriginCacheControlHeaders(), UseOriginCacheControlHeadersQueryStrings(), ElementalMediaPackage(), Amplify()} {
		if isNamed(nameOrID, p.Name, p.ID) {
			return p
		}
	}
	return nil
}

// AllViewer sends everything that the viewer sent.
func AllViewer() *OriginRequestPolicy {
	return &OriginRequestPolicy{Name: "Managed-AllViewer", ID: "216adef6-5c7f-47e4-b989-5492eafa07d3",
		Headers: All(), Cookies: All(), QueryStrings: All()}
}

// AllViewerExceptHostHeader sends everything that the viewer sent but Host, which stays the origin's own name, and the
// CloudFront headers for protocol, HTTP and TLS version, device and location.
func AllViewerExceptHostHeader() *OriginRequestPolicy {
	return &OriginRequestPolicy{Name: "Managed-AllViewerExceptHostHeader", ID: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
		Headers: AllExcept("Host"), Cookies: All(), QueryStrings: All(), CloudFront: cloudFrontHeaders2022()}
}

// AllViewerAndCloudFrontHeaders sends everything that the viewer sent and the CloudFront headers of June 2022.
func AllViewerAndCloudFrontHeaders() *OriginRequestPolicy {
	return &OriginRequestPolicy{Name: "Managed-AllViewerAndCloudFrontHeaders-2022-06", ID: "33f36d7e-f396-46d9-90e0-52428a34d9dc",
		Headers: All(), Cookies: All(), QueryStrings: All(), CloudFront: cloudFrontHeaders2022()}
}

// cloudFrontHeaders2022 are the CloudFront headers that were there in June 2022.
func cloudFrontHeaders2022() []string {
	return []string{
		"CloudFront-Forwarded-Proto", "CloudFront-Is-Android-Viewer", "CloudFront-Is-Desktop-Viewer", "CloudFront-Is-IOS-Viewer",
		"CloudFront-Is-Mobile-Viewer", "CloudFront-Is-SmartTV-Viewer", "CloudFront-Is-Tablet-Viewer", "CloudFront-Viewer-Address",
		"CloudFront-Viewer-ASN", "CloudFront-Viewer-City", "CloudFront-Viewer-Country", "CloudFront-Viewer-Country-Name",
		"CloudFront-Viewer-Country-Region", "CloudFront-Viewer-Country-Region-Name", "CloudFront-Viewer-Http-Version",
		"CloudFront-Viewer-Latitude", "CloudFront-Viewer-Longitude", "CloudFront-Viewer-Metro-Code", "CloudFront-Viewer-Postal-Code",
		"CloudFront-Viewer-Time-Zone", "CloudFront-Viewer-TLS",
	}
}

// CORSS3Origin sends what an S3 bucket needs for cross-origin requests.
func CORSS3Origin() *OriginRequestPolicy {
	return &OriginRequestPolicy{Name: "Managed-CORS-S3Origin", ID: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
		Headers: Only("Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method")}
}

// CORSCustomOrigin sends the Origin header.
func CORSCustomOrigin() *OriginRequestPolicy {
	return &OriginRequestPolicy{Name: "Managed-CORS-CustomOrigin", ID: "59781a5b-3903-41f3-afcb-af62929ccde1", Headers: Only("Origin")}
}

// ElementalMediaTailorPersonalizedManifests is the policy for an AWS Elemental MediaTailor endpoint.
func ElementalMediaTailorPersonalizedManifests() *OriginRequestPolicy {
	return &OriginRequestPolicy{Name: "Managed-Elemental-MediaTailor-PersonalizedManifests", ID: "775133bc-15f2-49f9-abea-afb2e0bf67d2",
		Headers:      Only("Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method", "User-Agent", "X-Forwarded-For"),
		QueryStrings: All()}
}

// HostHeaderOnly sends the viewer's Host header.
func HostHeaderOnly() *OriginRequestPolicy {
	return &OriginRequestPolicy{Name: "Managed-HostHeaderOnly", ID: "bf0718e1-ba1e-49d1-88b1-f726733018ae", Headers: Only("Host")}
}

// UserAgentRefererHeaders sends User-Agent and Referer.
func UserAgentRefererHeaders() *OriginRequestPolicy {
	return &OriginRequestPolicy{Name: "Managed-UserAgentRefererHeaders", ID: "acba4595-bd28-49b8-b9fe-13317c0390fa",
		Headers: Only("User-Agent", "Referer")}
}

// ManagedOriginRequestPolicy finds a managed origin request policy by its ID, or by its name with or without
// "Managed-"; nil when there is none.
func ManagedOriginRequestPolicy(nameOrID string) *OriginRequestPolicy {
	for _, p := range []*OriginRequestPolicy{AllViewer(), AllViewerExceptHostHeader(), AllViewerAndCloudFrontHeaders(), CORSS3Origin(),
		CORSCustomOrigin(), ElementalMediaTailorPersonalizedManifests(), HostHeaderOnly(), UserAgentRefererHeaders()} {
		if isNamed(nameOrID, p.Name, p.ID) {
			return p
		}
	}
	return nil
}

// notToS3 are the query strings that do not go to a bucket. "When you use the AllViewer, AllViewerAndCloudFrontHeaders-2022-06,
// AllViewerExceptHostHeader, or Elemental-MediaTailor-PersonalizedManifests managed origin request policy with an Amazon S3 origin,
// CloudFront doesn't forward the following query string parameters to the origin" (using-managed-origin-request-policies.html, newer
// than the rest of this file).
func (p *OriginRequestPolicy) notToS3() []string {
	for _, managed := range []*OriginRequestPolicy{AllViewer(), AllViewerAndCloudFrontHeaders(), AllViewerExceptHostHeader(),
		ElementalMediaTailorPersonalizedManifests()} {
		if p.ID == managed.ID {
			return []string{"response-content-type", "response-content-disposition", "response-content-encoding"}
		}
	}
	return nil
}

func isNamed(nameOrID, name, id string) bool {
	return nameOrID == id || nameOrID == name || "Managed-"+nameOrID == name
}
