package signing

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1" // CloudFront's default
	_ "crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// Keys are the public keys that a behaviour trusts, by Key-Pair-Id.
type Keys map[string]crypto.PublicKey

// CheckKey reports why CloudFront would not take a public key: it "supports signed URLs and signed cookies with RSA
// 2048 or ECDSA 256 key signatures" (API_PublicKey.html).
func CheckKey(key crypto.PublicKey) error {
	const want = "CloudFront takes RSA with 2048 bits and ECDSA on P-256"
	switch k := key.(type) {
	case nil:
		return errors.New("no key; " + want)
	case *rsa.PublicKey:
		if k == nil || k.N == nil || k.N.BitLen() != 2048 {
			return fmt.Errorf("an RSA key of another length than 2048 bits; %s", want)
		}
	case *ecdsa.PublicKey:
		if k == nil || k.Curve != elliptic.P256() {
			return fmt.Errorf("an ECDSA key on another curve than P-256; %s", want)
		}
	default:
		return fmt.Errorf("a %T; %s", key, want)
	}
	return nil
}

// SameKey reports whether two keys that CloudFront takes are the same.
func SameKey(a, b crypto.PublicKey) bool {
	same, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && same.Equal(b)
}

// ParsePublicKey reads a public key in the form that CloudFront takes: PEM with BEGIN PUBLIC KEY.
func ParsePublicKey(text []byte) (crypto.PublicKey, error) {
	block, _ := pem.Decode(text)
	switch {
	case block == nil:
		return nil, errors.New("not PEM: want a text with the line -----BEGIN PUBLIC KEY-----")
	case block.Type != "PUBLIC KEY":
		return nil, fmt.Errorf("a %q: want a PUBLIC KEY; openssl pkey -in private_key.pem -pubout gives that of a private key", block.Type)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, errors.New("no key inside the PEM text")
	}
	return key, CheckKey(key)
}

// ParsePrivateKey reads a private key as openssl writes it.
func ParsePrivateKey(text []byte) (crypto.Signer, error) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		var key any
		var err error
		switch block.Type {
		case "EC PARAMETERS": // openssl ecparam -genkey writes them before the key
			continue
		case "RSA PRIVATE KEY":
			key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
		case "EC PRIVATE KEY":
			key, err = x509.ParseECPrivateKey(block.Bytes)
		case "PRIVATE KEY":
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		default:
			return nil, fmt.Errorf("a %q: want a PRIVATE KEY without a password; openssl pkey -in private_key.pem takes the password off", block.Type)
		}
		signer, ok := key.(crypto.Signer)
		if err != nil || !ok {
			return nil, errors.New("no key inside the PEM text") // the parser's own words may quote bytes of it
		}
		return signer, CheckKey(signer.Public())
	}
	return nil, errors.New("not PEM: want a text with a line such as -----BEGIN PRIVATE KEY-----")
}

// Sign signs a policy's text: PKCS #1 v1.5 for RSA, ASN.1 for ECDSA, as openssl does.
func Sign(key crypto.Signer, hash crypto.Hash, text []byte) ([]byte, error) {
	return key.Sign(rand.Reader, digest(hash, text), hash)
}

// signed reports whether a signature is right.
func signed(key crypto.PublicKey, hash crypto.Hash, text, signature []byte) bool {
	switch k := key.(type) {
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(k, hash, digest(hash, text), signature) == nil
	case *ecdsa.PublicKey:
		return ecdsa.VerifyASN1(k, digest(hash, text), signature)
	}
	return false
}

func digest(hash crypto.Hash, text []byte) []byte {
	h := hash.New()
	h.Write(text)
	return h.Sum(nil)
}

// HashName is the value of Hash-Algorithm.
func HashName(hash crypto.Hash) string {
	if hash == crypto.SHA256 {
		return "SHA256"
	}
	return "SHA1"
}

// hashNamed is the hash of a value of Hash-Algorithm; without one CloudFront takes SHA-1.
func hashNamed(name string) (crypto.Hash, bool) {
	switch name {
	case "", "SHA1":
		return crypto.SHA1, true
	case "SHA256":
		return crypto.SHA256, true
	}
	return 0, false
}
