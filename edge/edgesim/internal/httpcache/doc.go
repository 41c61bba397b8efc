// Package httpcache is a shared HTTP cache as CloudFront has it: how long an answer is kept and why, objects and their parts by
// key, and the requests to origins that others wait for. It knows nothing of who asks.
package httpcache
