package signedurl_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"log"
	"net/http/httptest"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
)

// A test of a distribution that serves private content makes a key of its own.
func Example() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	sim, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
		Origin:           &edgesim.S3Origin{FS: fstest.MapFS{"film.mp4": {Data: []byte("moving pictures")}}},
		TrustedKeyGroups: []edgesim.KeyGroup{{Keys: []edgesim.PublicKey{{ID: "K2JCJMDEHXQW5F", Key: key.Public()}}}},
	}}})
	if err != nil {
		log.Fatal(err)
	}
	const film = "https://d111111abcdef8.cloudfront.net/film.mp4"
	signer := signedurl.Signer{KeyPairID: "K2JCJMDEHXQW5F", Key: key}
	signed, err := signer.URL(film, signedurl.Policy{Expires: time.Now().Add(time.Hour)})
	if err != nil {
		log.Fatal(err)
	}
	for _, url := range []string{signed, film} {
		resp, trace := sim.Do(httptest.NewRequest("GET", url, nil))
		fmt.Printf("%d %q\n", resp.StatusCode, trace.Reason)
	}
	// Output:
	// 200 ""
	// 403 "MissingKey: neither a signed URL nor signed cookies"
}

// Cookies open a whole folder. They are added to a request as a browser would.
func ExampleSigner_Cookies() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	signer := signedurl.Signer{KeyPairID: "K2JCJMDEHXQW5F", Key: key, SHA256: true}
	cookies, err := signer.Cookies(signedurl.Policy{Resource: "https://d111111abcdef8.cloudfront.net/films/*", Expires: time.Now().Add(time.Hour)})
	if err != nil {
		log.Fatal(err)
	}
	request := httptest.NewRequest("GET", "https://d111111abcdef8.cloudfront.net/films/1.mp4", nil)
	for _, c := range cookies {
		request.AddCookie(c)
		fmt.Println(c.Name)
	}
	// Output:
	// CloudFront-Policy
	// CloudFront-Signature
	// CloudFront-Key-Pair-Id
	// CloudFront-Hash-Algorithm
}
