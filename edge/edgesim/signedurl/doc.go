// Package signedurl makes CloudFront's signed URLs and signed cookies, to try a distribution that serves private
// content:
//
//	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
//	signer := signedurl.Signer{KeyPairID: "K2JCJMDEHXQW5F", Key: key}
//	url, err := signer.URL("https://d111111abcdef8.cloudfront.net/film.mp4", signedurl.Policy{Expires: time.Now().Add(time.Hour)})
//
// The simulator lets the request in when the public half of the key is in a behaviour's TrustedKeyGroups. So does
// CloudFront when it is uploaded there.
//
// A policy that has nothing but an expiry, and no wildcard, is a canned one; every other is custom, as the command line
// of AWS has it ("aws cloudfront sign"). AWS's libraries differ: see [Policy].
package signedurl
