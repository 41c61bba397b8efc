// Package signing is CloudFront's signed URLs and signed cookies (PrivateContent.html): the policy statements and their
// text, the keys, the signatures, and the judgement of a request that carries one, with the reason where it is refused.
package signing
