package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/csp"
)

const userAgent = "csplint (+https://github.com/edgehelpers/lambdaedge)"

// A fetcher asks servers for pages.
type fetcher struct {
	note    func(format string, args ...any)
	timeout time.Duration // of a page with its redirects
	most    int64         // bytes of a page
}

func (c *command) fetcher() *fetcher { return &fetcher{c.note, 30 * time.Second, 10 << 20} }

const mostRedirects = 10

// isWebURL reports whether an argument is meant as a URL, not as a file.
func isWebURL(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	return ok && !strings.ContainsAny(scheme, `/\ `)
}

// parseWebURL reads a URL of a page.
func parseWebURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: no URL: %w", text, errors.Unwrap(err))
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%s: got a URL of %s:, want http or https", text, u.Scheme)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%s: a URL without a host", text)
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// page gets a page, and again if it has nonces, to see whether they change.
func (f *fetcher) page(text string) (*response, error) {
	u, err := parseWebURL(text)
	if err != nil {
		return nil, err
	}
	r, err := f.get(u)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u.Redacted(), err)
	}
	f.remark(r)
	if len(r.nonces()) > 0 {
		quiet := fetcher{func(string, ...any) {}, f.timeout, f.most}
		again, err := quiet.get(r.url)
		if err != nil {
			f.note("%s: asked again, to see whether the nonce changes: %v", r, err)
			return r, nil
		}
		r.static = slices.ContainsFunc(again.nonces(), func(nonce string) bool { return slices.Contains(r.nonces(), nonce) })
	}
	return r, nil
}

// remark notes what is not as with most pages.
func (f *fetcher) remark(r *response) {
	if r.status < 200 || r.status > 299 {
		f.note("%s answered %d %s; this is about that answer", r, r.status, http.StatusText(r.status))
	}
	switch {
	case r.typed && !r.html:
		f.note("%s is no HTML page; only its headers were looked at", r)
	case r.end == r.begin:
		f.note("%s is empty; only its headers were looked at", r)
	}
}

// get gets one URL, after redirects.
func (f *fetcher) get(u *url.URL) (*response, error) {
	client := http.Client{Timeout: f.timeout, CheckRedirect: f.checkRedirect}
	request, err := http.NewRequest(http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	answer, err := client.Do(request)
	if err != nil {
		return nil, f.inWords(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, f.most+1))
	switch {
	case err != nil:
		return nil, f.inWords(err)
	case int64(len(body)) > f.most:
		return nil, fmt.Errorf("the page has more than %d bytes; save it with curl -i, and look at the file", f.most)
	}
	return f.responseOf(answer, body), nil
}

func (f *fetcher) responseOf(answer *http.Response, body []byte) *response {
	u := answer.Request.URL
	r := newResponse(source{name: u.Redacted(), isURL: true}, answer.StatusCode)
	r.url, r.fresh = u, true
	for _, name := range []string{csp.HeaderName, csp.ReportOnlyHeaderName, "Cache-Control", "Content-Type"} {
		for _, value := range answer.Header.Values(name) {
			r.header(name, value, -1)
		}
	}
	r.text, r.end = newText(body), len(body)
	return r
}

// checkRedirect notes a redirect, and says whether it may be followed.
func (f *fetcher) checkRedirect(next *http.Request, via []*http.Request) error {
	switch {
	case len(via) > mostRedirects:
		return fmt.Errorf("more than %d redirects", mostRedirects)
	case next.URL.Scheme != "http" && next.URL.Scheme != "https":
		return fmt.Errorf("redirected to %s, want http or https", next.URL.Redacted())
	}
	f.note("%s redirects to %s", via[len(via)-1].URL.Redacted(), next.URL.Redacted())
	return nil
}

// inWords gives an error of net/http without the URL, which is said already.
func (f *fetcher) inWords(err error) error {
	var u *url.Error
	if !errors.As(err, &u) {
		return err
	}
	if u.Timeout() {
		return fmt.Errorf("no whole answer within %v", f.timeout)
	}
	return u.Err
}
