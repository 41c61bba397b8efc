package edge_test

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

const formType = "application/x-www-form-urlencoded"

func post(contentType, body string) *edge.Request {
	return edgetest.SetBody(edgetest.NewRequest(edge.ViewerRequest, "POST", "/"), contentType, body)
}

func TestForm(t *testing.T) {
	for _, tt := range []struct {
		body   string
		want   []string
		reason string
	}{
		{"a=1&b=2", []string{"a", "1", "b", "2"}, "in order"},
		{"a=1&a=2", []string{"a", "1", "a", "2"}, "several of one name"},
		{"a+b=c+d", []string{"a b", "c d"}, "a plus sign is a space"},
		{"a=%2B%26%3D%25", []string{"a", "+&=%"}, "escape sequences"},
		{"a=%c3%BC", []string{"a", "ü"}, "of either case"},
		{"a=100%&b=%zz&c=%4", []string{"a", "100%", "b", "%zz", "c", "%4"}, "URL Standard, percent-decode: others stand for themselves"},
		{"a", []string{"a", ""}, "no equals sign: an empty value"},
		{"=a", []string{"", "a"}, "an empty name"},
		{"a=b=c", []string{"a", "b=c"}, "the first equals sign separates"},
		{"&&a=1&", []string{"a", "1"}, "empty sequences are passed over"},
		{"a=1;b=2", []string{"a", "1;b=2"}, "a semicolon separates nothing"},
		{"a=%FFx", []string{"a", "\uFFFDx"}, "UTF-8 decode"},
		{"", nil, "a form without a field"},
	} {
		form, err := post(formType+"; charset=UTF-8", tt.body).Form()
		if err != nil {
			t.Errorf("%q: %v", tt.body, err)
			continue
		}
		var got []string
		for name, value := range form.All() {
			got = append(got, name, value)
			if first := form.Values(name)[0]; !form.Has(name) || form.Get(name) != first {
				t.Errorf("%q: Has and Get of %q are %t, %q; want true, %q", tt.body, name, form.Has(name), form.Get(name), first)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q: %s (-want +got):\n%s", tt.body, tt.reason, diff)
		}
	}
}

// TestFormOfEvent: a form as it stands in an event.
func TestFormOfEvent(t *testing.T) {
	event, err := fs.ReadFile(edgetest.Events(), "viewer-request-body-form.json")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	f := &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		form, err := r.Form()
		for name, value := range form.All() {
			got = append(got, name, value)
		}
		return r, err
	}}
	if _, err := f.Invoke(t.Context(), event); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"name", "Jürgen", "text", "hello world", "agree", "true"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFormRefused(t *testing.T) {
	without := post(formType, "")
	without.Body = nil
	broken := post(formType, "")
	broken.Body.Data = "%"
	for _, tt := range []struct {
		name    string
		request *edge.Request
		status  int // 0 for an error that is no FormError
		want    string
	}{
		{"multipart", post("multipart/form-data; boundary=x", "--x--"), 415, "edge: form: the body is multipart/form-data; want application/x-www-form-urlencoded: leave the form's enctype out"},
		{"json", post("Application/JSON", "{}"), 415, `edge: form: got the Content-Type "application/json"; want application/x-www-form-urlencoded`},
		{"truncated", post(formType, strings.Repeat("x", 40<<10+1)), 413, "edge: form: the body is larger than what CloudFront shows, 40 KB in viewer-request and 1 MB in origin-request"},
		{"no-body", without, 0, "edge: form: the event has no body; include it in the function's association (IncludeBody)"},
		{"no-base64", broken, 0, "edge: request body: data is not base64: illegal base64 data at input byte 0"},
	} {
		_, err := tt.request.Form()
		if err == nil {
			t.Errorf("%s: got no error", tt.name)
			continue
		}
		status := 0
		if e, ok := errors.AsType[*edge.FormError](err); ok {
			status = e.StatusCode
		}
		if diff := cmp.Diff(tt.want, err.Error()); diff != "" || status != tt.status {
			t.Errorf("%s: got the status %d, want %d (-want +got):\n%s", tt.name, status, tt.status, diff)
		}
	}
}

// FuzzForm: what net/url reads without an error reads the same, but for bytes that are not UTF-8.
func FuzzForm(f *testing.F) {
	f.Add("a=1&b=%20+x&&c=%ff")
	f.Fuzz(func(t *testing.T, body string) {
		parsed, err := url.ParseQuery(body)
		if err != nil || len(body) > 40<<10 {
			return
		}
		utf8 := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
		want, got := url.Values{}, url.Values{}
		for name, values := range parsed {
			for _, value := range values {
				want.Add(utf8(name), utf8(value))
			}
		}
		form, err := post(formType, body).Form()
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range form.All() {
			got.Add(name, value)
		}
		if diff := cmp.Diff(want, got, cmpopts.SortSlices(strings.Compare)); diff != "" {
			t.Errorf("%q (-net/url +form):\n%s", body, diff)
		}
	})
}
