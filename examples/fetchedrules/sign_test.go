package fetchedrules_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/examples/fetchedrules"
	"github.com/google/go-cmp/cmp"
)

// TestSign has the example GET Object of the Amazon S3 API Reference, "Signature
// Calculations for the Authorization Header: Transferring Payload in a Single Chunk".
func TestSign(t *testing.T) {
	r, err := http.NewRequest("GET", "https://examplebucket.s3.amazonaws.com/test.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Range", "bytes=0-9")
	fetchedrules.Sign(r, "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC))
	want := "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
		"SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
		"Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
	if diff := cmp.Diff(want, r.Header.Get("Authorization")); diff != "" {
		t.Errorf("Authorization (-want +got):\n%s", diff)
	}
}

func TestSigner(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_SESSION_TOKEN", "token")
	var sent http.Header
	signer := fetchedrules.Signer{Region: "eu-central-1", Next: transport(func(r *http.Request) (*http.Response, error) {
		sent = r.Header
		return nil, http.ErrServerClosed
	})}
	r, err := http.NewRequest("GET", "https://bucket.s3.eu-central-1.amazonaws.com/redirects.bin", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("If-None-Match", `"v1"`)
	if _, err := signer.RoundTrip(r); err != http.ErrServerClosed {
		t.Errorf("got %v; want the error of Next", err)
	}
	if len(r.Header) != 1 {
		t.Errorf("the request was changed: %v", r.Header)
	}
	authorization := sent.Get("Authorization")
	for _, want := range []string{"Credential=AKIDEXAMPLE/", "/eu-central-1/s3/aws4_request,", "SignedHeaders=host;if-none-match;x-amz-content-sha256;x-amz-date;x-amz-security-token,"} {
		if !strings.Contains(authorization, want) {
			t.Errorf("Authorization: got %q; want %q in it", authorization, want)
		}
	}
	if got := sent.Get("X-Amz-Security-Token"); got != "token" {
		t.Errorf("X-Amz-Security-Token: got %q; want the token of the environment", got)
	}
}
