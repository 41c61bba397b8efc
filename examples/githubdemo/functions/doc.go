// Package functions is the demo's two Lambda@Edge functions. The Lambda programs and the local run use the same handlers:
//
//   - [ViewerRequest] redirects index.html?username=… to other.html?username=…
//   - [OriginResponse] adds the [Policy] and the other security headers to what the bucket answers
package functions
