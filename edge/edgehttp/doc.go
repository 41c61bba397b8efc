// Package edgehttp runs ordinary [http.Handler] code as a Lambda@Edge function.
//
// [Handler] makes the request handler of a viewer-request or origin-request
// function of any http.Handler: a router, a file server, an authentication
// middleware.
//
//	func main() {
//		mux := http.NewServeMux()
//		mux.HandleFunc("GET /api/time", serveTime)
//		mux.HandleFunc("/", edgehttp.Continue)
//		edge.Start(&edge.Function{OriginRequest: edgehttp.Handler(mux)})
//	}
//
// What the handler writes is the answer to the viewer. To let the request go on to
// the cache or to the origin instead, it calls [Continue]; what it has changed in
// the http.Request (path, query, headers, Host) goes along. Continue is itself an
// http.HandlerFunc, and so it can stand where a middleware expects the next handler:
//
//	edgehttp.Handler(requireLogin(http.HandlerFunc(edgehttp.Continue)))
//
// # What differs from a server
//
//   - An answer travels in one piece, when the handler returns. It may have 40 KB
//     with its headers in viewer-request and 1 MB in origin-request: a larger one is
//     an error of [edge.Function.Invoke]. Nothing is cut off. A handler that writes
//     more than 1 MB gets [ErrTooLarge] from Write.
//   - The request has a body only if the function's association includes it. Where
//     CloudFront shows only the beginning of a body, reading past it fails with
//     [ErrTruncated], not with io.EOF.
//   - r.Host is the Host header: the domain name that the viewer asked for in
//     viewer-request, alternate domain names included; in origin-request it is the
//     origin's unless the origin request policy forwards the viewer's. r.TLS is nil:
//     an event does not say how the viewer came.
//   - r.RemoteAddr is the viewer's address with the port 0.
//   - r.TransferEncoding says how the viewer sent the body, and r.Header does not, as
//     on a server. The body that CloudFront shows has a length all the same.
//   - There is no hijacking, no trailer and no streaming; Flush does nothing but send
//     the header, as far as the handler can tell.
//   - Content-Length and the headers of a connection (Connection, Keep-Alive,
//     Transfer-Encoding and so on) are left out of an answer: they are CloudFront's
//     to set, and it refuses a function that does.
//
// [FromContext] returns the CloudFront request that an http.Request was made of, with
// all that HTTP has no place for: the distribution, the origin, the request's id.
//
// net/http has a price: it makes a small function's zip file grow from 0.9 MB to 1.8 MB
// (measured with Go 1.26). AWS documents 50 MB for every trigger, and did enforce 1 MB
// for the viewer triggers until 2024. A function that only needs redirects, rewrites and
// headers is better off with package edge alone.
package edgehttp
