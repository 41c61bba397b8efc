package signedurl

import (
	"crypto"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/signing"
)

// A Signer signs with one private key. It is safe for concurrent use.
type Signer struct {
	KeyPairID string        // the id of the public key, for instance K2JCJMDEHXQW5F
	Key       crypto.Signer // *rsa.PrivateKey with 2048 bits or *ecdsa.PrivateKey on P-256; [ParsePrivateKey] reads one
	SHA256    bool          // hash with SHA-256, which the URL and the cookies then say; CloudFront takes SHA-1 for granted
}

// ParsePrivateKey reads a private key in PEM form, as openssl genrsa, ecparam and genpkey write it, without a password.
// The error says why CloudFront would not take its public half, and quotes nothing of the key.
func ParsePrivateKey(pem []byte) (crypto.Signer, error) {
	key, err := signing.ParsePrivateKey(pem)
	if err != nil {
		return nil, fmt.Errorf("signedurl: private key: %w", err)
	}
	return key, nil
}

// URL signs a URL: the one that is asked for, absolute, in the escaped form in which viewers send it, with its query
// string and without a fragment. The error names everything that CloudFront would refuse.
func (s *Signer) URL(rawURL string, p Policy) (string, error) {
	if err := errors.Join(checkURL(rawURL), p.check(), s.check()); err != nil {
		return "", err
	}
	rawURL = strings.TrimSuffix(rawURL, "?") // "If you have no query string parameters, omit the question mark"
	if p.Resource == rawURL && !strings.Contains(rawURL, "*") {
		p.Resource = ""
	}
	custom := p.Resource != "" || !p.canned()
	switch {
	case p.Resource != "":
	case !custom:
		p.Resource = rawURL
	case strings.Contains(rawURL, "*") || strings.Count(rawURL, "?") > 1:
		return "", fmt.Errorf("signedurl: got the URL %q, in which a custom policy takes a star or a second question mark for a wildcard: "+
			"say in Resource what it may stand for", rawURL)
	default:
		p.Resource = strings.Replace(rawURL, "?", `\?`, 1)
	}
	parts, err := s.sign(&p, custom)
	if err != nil {
		return "", err
	}
	separator := "?"
	if strings.Contains(rawURL, "?") {
		separator = "&"
	}
	for _, part := range parts {
		rawURL += separator + part.name + "=" + part.value
		separator = "&"
	}
	return rawURL, nil
}

// Cookies makes the signed cookies for p.Resource, which must be there: three, and one more with SHA256. They are for
// the whole site ("Path=/"), by https alone and out of reach of scripts; set Domain where subdomains are to have them.
func (s *Signer) Cookies(p Policy) ([]*http.Cookie, error) {
	err := errors.Join(p.check(), s.check())
	if p.Resource == "" {
		err = errors.Join(err, errors.New("signedurl: Resource: missing; cookies need a URL, for instance https://d111111abcdef8.cloudfront.net/*"))
	}
	if err != nil {
		return nil, err
	}
	parts, err := s.sign(&p, !p.canned())
	if err != nil {
		return nil, err
	}
	var cookies []*http.Cookie
	for _, part := range parts {
		cookies = append(cookies, &http.Cookie{Name: "CloudFront-" + part.name, Value: part.value, Path: "/", Secure: true, HttpOnly: true})
	}
	return cookies, nil
}

// A part is a parameter of a signed URL, and with another name a cookie.
type part struct{ name, value string }

// sign makes the parts, in the order in which AWS's pages have them.
func (s *Signer) sign(p *Policy, custom bool) ([]part, error) {
	expires := strconv.FormatInt(p.Expires.Unix(), 10)
	text, first := signing.Canned(p.Resource, expires), part{"Expires", expires}
	if custom {
		text = p.statement().Text()
		first = part{"Policy", signing.Encode(text)}
	}
	hash := crypto.SHA1
	if s.SHA256 {
		hash = crypto.SHA256
	}
	signature, err := signing.Sign(s.Key, hash, text)
	if err != nil {
		return nil, fmt.Errorf("signedurl: the key does not sign: %w", err)
	}
	parts := []part{first, {"Signature", signing.Encode(signature)}, {"Key-Pair-Id", s.KeyPairID}}
	if s.SHA256 {
		parts = append(parts, part{"Hash-Algorithm", signing.HashName(hash)})
	}
	return parts, nil
}

func (s *Signer) check() error {
	var errs []error
	if strings.ContainsFunc(s.KeyPairID, notInID) || s.KeyPairID == "" {
		errs = append(errs, fmt.Errorf("signedurl: KeyPairID: got %q, want the id of a public key, for instance K2JCJMDEHXQW5F", s.KeyPairID))
	}
	var public crypto.PublicKey
	if s.Key != nil {
		public = s.Key.Public()
	}
	if err := signing.CheckKey(public); err != nil {
		errs = append(errs, fmt.Errorf("signedurl: Key: %w", err))
	}
	return errors.Join(errs...)
}

// notInID reports whether a character is none of an id's. CloudFront's have capitals and digits; a template that is not deployed has the
// name of a resource.
func notInID(c rune) bool {
	return (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9')
}

// checkURL holds the rules for a URL that is signed ("aws cloudfront sign", --url).
func checkURL(rawURL string) error {
	u, err := url.Parse(rawURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || !strings.HasPrefix(u.EscapedPath(), "/") {
		return fmt.Errorf("signedurl: got the URL %q, want an absolute one with a path, for instance https://d111111abcdef8.cloudfront.net/film.mp4", rawURL)
	}
	if strings.Contains(rawURL, "#") || strings.ContainsFunc(rawURL, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return fmt.Errorf("signedurl: got the URL %q, want one in its escaped form and without a fragment", rawURL)
	}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		if name, _, _ := strings.Cut(pair, "="); signing.IsParameter(name) {
			return fmt.Errorf("signedurl: the URL has the parameter %s, which CloudFront keeps for itself", name)
		}
	}
	return nil
}
