// Package csphttp is for servers of net/http: a [Middleware] that gives every
// response a Content-Security-Policy with a nonce of its own, and a [Collector] of
// the reports that browsers send.
//
//	policy, err := csphttp.New(csphttp.Config{
//		Enforced:  csp.StrictByNonce,
//		ReportURL: "https://www.example.com/csp-report",
//	})
//	mux.Handle("/", policy.Handler(pages))
//	mux.Handle("/csp-report", &csphttp.Collector{Log: cspreport.Log{Writer: os.Stdout}})
//
// and in a page's template, with [Nonce] of the request's context:
//
//	<script nonce="{{.Nonce}}">
//
// # Caches
//
// A nonce that a cache keeps is everybody's, an attacker's too. The Middleware
// decides when the header is about to be sent:
//
//   - A page that was made with the nonce is marked "Cache-Control: private", if
//     the handler has not seen to it. Of its Cache-Control everything stays but
//     what asks shared caches to keep the page, and headers for some of them, as
//     CDN-Cache-Control, go: Config.Warn tells if there was that.
//   - What was made without, a file for example, keeps its Cache-Control. Unless
//     that keeps shared caches out, its policy is Config.Cacheable, or the same
//     policy with no nonce that could match.
//   - A 304 has no policy: the browser keeps that of the page which it has, whose
//     elements have the nonce of then.
package csphttp
