package edge_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

// accept is what Chrome sends for pages and for pictures.
const (
	acceptPage    = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"
	acceptPicture = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
)

func TestNegotiateType(t *testing.T) {
	html, json := "text/html", "application/json"
	jpeg, avif, webp := "image/jpeg", "image/avif", "image/webp"
	for _, tt := range []struct {
		accept []string
		offers []string
		want   string
		reason string
	}{
		{nil, []string{html, json}, html, "RFC 9110, section 12.4.1: without the header all are equal"},
		{[]string{""}, []string{html, json}, html, "an empty list says no more than none"},
		{[]string{"*/*"}, []string{json, html}, json, "all equal: the first"},
		{[]string{acceptPage}, []string{json, html}, html, "named, and 0.8 by */*"},
		{[]string{"application/json, text/plain, */*"}, []string{html, json}, json, "equal weights: named goes before */*"},
		{[]string{acceptPicture}, []string{jpeg, avif, webp}, avif, "two named: the first of them"},
		{[]string{"image/webp,*/*"}, []string{jpeg, avif, webp}, webp, "a browser that does not know AVIF"},
		{[]string{"*/*"}, []string{jpeg, avif, webp}, jpeg, "who says nothing gets what all know"},
		{[]string{"text/html;q=0.5, application/json;q=0.7"}, []string{html, json}, json, "weights"},
		{[]string{"text/html;q=0.5", "application/json;q=0.7"}, []string{html, json}, json, "section 5.2: two fields are one list"},
		{[]string{"text/*;q=0.3, text/html;q=0.7, text/html;level=1"}, []string{"text/plain", html, "text/html;level=1"}, "text/html;level=1", "section 12.5.1: the most specific counts"},
		{[]string{"text/html;level=1"}, []string{html}, "", "a parameter that the offer does not have"},
		{[]string{"text/*;q=0, */*"}, []string{html, json}, json, "q=0 is not acceptable"},
		{[]string{"*/*;q=0"}, []string{html}, "", "nothing is"},
		{[]string{"image/png"}, []string{html}, "", "nothing is named"},
		{[]string{"TEXT/HTML ; Q=0.1 , application/json;q=0.05"}, []string{json, html}, html, "no regard to case; white space"},
		{[]string{"text/html;q=1.5, application/json;q=0.1"}, []string{html, json}, json, "section 12.4.2: no weight above 1"},
		{[]string{"text/html;q=0.9999, application/json;q=0.1"}, []string{html, json}, json, "three digits at most"},
		{[]string{"text/html;q=-1, application/json;q=0.1"}, []string{html, json}, json, "no sign"},
		{[]string{"text/html;q=0.123;ext=1"}, []string{html}, html, "what RFC 7231 allowed behind the weight"},
		{[]string{"*/*"}, nil, "", "nothing to choose from"},
		{nil, nil, "", "nothing to choose from"},
	} {
		var r edge.Request
		for _, value := range tt.accept {
			r.Header.Add("Accept", value)
		}
		if got := r.NegotiateType(tt.offers...); got != tt.want {
			t.Errorf("Accept %q, offers %q: got %q, want %q: %s", tt.accept, tt.offers, got, tt.want, tt.reason)
		}
	}
}

func TestNegotiateLanguage(t *testing.T) {
	for _, tt := range []struct {
		accept string
		offers []string
		want   string
		reason string
	}{
		{"", []string{"en", "de"}, "en", "the first is the default"},
		{"de", []string{"en", "de"}, "de", "asked for"},
		{"DE-ch", []string{"en", "de"}, "de", "RFC 4647, section 3.4: cut from the end, no regard to case"},
		{"zh-Hant-CN-x-private1-private2", []string{"en", "zh-Hant-CN-x-private1", "zh-Hant"}, "zh-Hant-CN-x-private1", "section 3.4, example"},
		{"zh-Hant-CN-x-private1", []string{"en", "zh-Hant-CN-x", "zh-Hant-CN"}, "zh-Hant-CN", "a single letter goes with what follows"},
		{"fr;q=0.5, de;q=0.9", []string{"en", "fr", "de"}, "de", "weights"},
		{"fr, de", []string{"en", "de", "fr"}, "fr", "equal weights: as the viewer lists them"},
		{"it, de;q=0.2", []string{"en", "de"}, "de", "what is asked for and not offered"},
		{"de, en;q=0.5", []string{"en", "de-AT", "de-CH"}, "de-AT", "a variety of what is wanted most, before another language"},
		{"de-DE, en;q=0.5", []string{"en", "de-AT"}, "en", "one country's is no variety of another's"},
		{"fr;q=0.5, de", []string{"en", "fr-CH", "de-CH"}, "de-CH", "varieties by weight"},
		{"d", []string{"en", "de"}, "en", "a prefix ends at a hyphen"},
		{"*", []string{"en", "de"}, "en", "the asterisk is the default"},
		{"*, de", []string{"en", "de"}, "de", "section 3.4: skipped if another follows"},
		{"en;q=0", []string{"en", "de"}, "de", "not acceptable"},
		{"en;q=0, de;q=0.0", []string{"en", "de"}, "en", "an answer is better than none"},
		{"en-GB, en;q=0", []string{"en", "de"}, "de", "not even by cutting"},
		{"-, --a-, ;q=1", []string{"en"}, "en", "nonsense"},
		{"de", nil, "", "nothing to choose from"},
	} {
		var r edge.Request
		r.Header.Set("Accept-Language", tt.accept)
		if got := r.NegotiateLanguage(tt.offers...); got != tt.want {
			t.Errorf("%q, offers %q: got %q, want %q: %s", tt.accept, tt.offers, got, tt.want, tt.reason)
		}
	}
}

// FuzzNegotiate: whatever a viewer sends, the result is an offer, or none.
func FuzzNegotiate(f *testing.F) {
	f.Add(acceptPage)
	f.Add("de-CH, de;q=0.9, *;q=0.1")
	f.Fuzz(func(t *testing.T, header string) {
		var r edge.Request
		r.Header.Set("Accept", header)
		r.Header.Set("Accept-Language", header)
		if got := r.NegotiateType("text/html", "application/json"); got != "text/html" && got != "application/json" && got != "" {
			t.Errorf("%q: got the type %q", header, got)
		}
		if got := r.NegotiateLanguage("en", "de-CH"); got != "en" && got != "de-CH" {
			t.Errorf("%q: got the language %q", header, got)
		}
	})
}
