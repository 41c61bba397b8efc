package edge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
)

func TestCookies(t *testing.T) {
	r := &edge.Request{Header: header("Cookie", `a=1; b="2";;  c = 3 ; d`, "Cookie", "a=4;e=x=y")}
	var got []string
	for name, value := range r.Cookies() {
		got = append(got, name+"|"+value)
	}
	if diff := cmp.Diff([]string{"a|1", `b|"2"`, "c|3", "|d", "a|4", "e|x=y"}, got); diff != "" {
		t.Errorf("all lines of the header count (-want +got):\n%s", diff)
	}
	if v, ok := r.Cookie("e"); v != "x=y" || !ok {
		t.Errorf("e: got %q, %t; want x=y", v, ok)
	}
	if v, ok := r.Cookie("A"); v != "" || ok {
		t.Errorf("A: got %q, %t; want none, names are case-sensitive", v, ok)
	}
}

func TestViewer(t *testing.T) {
	h := header("CloudFront-Viewer-Country", "CH", "CloudFront-Viewer-Country-Region", "ZH", "CloudFront-Viewer-City", "Z%C3%BCrich",
		"CloudFront-Is-Mobile-Viewer", "true", "CloudFront-Is-Tablet-Viewer", "true", "CloudFront-Is-Desktop-Viewer", "false")
	type viewer struct {
		Country, Region, City       string
		Mobile, Tablet, Desktop, TV bool
	}
	of := func(t edge.Trigger) viewer {
		r := &edge.Request{Config: edge.Config{Trigger: t}, Header: h}
		return viewer{r.ViewerCountry(), r.ViewerRegion(), r.ViewerCity(), r.IsMobileViewer(), r.IsTabletViewer(), r.IsDesktopViewer(), r.IsSmartTVViewer()}
	}
	want := viewer{Country: "CH", Region: "ZH", City: "Z%C3%BCrich", Mobile: true, Tablet: true}
	for _, trigger := range []edge.Trigger{edge.OriginRequest, edge.OriginResponse} {
		if diff := cmp.Diff(want, of(trigger)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", trigger, diff)
		}
	}
	for _, trigger := range []edge.Trigger{edge.ViewerRequest, edge.ViewerResponse} {
		if diff := cmp.Diff(viewer{}, of(trigger)); diff != "" {
			t.Errorf("%s: the headers are the viewer's own there (-want +got):\n%s", trigger, diff)
		}
	}
}

func TestRequestBody(t *testing.T) {
	tests := []struct {
		name string
		body *edge.RequestBody
		want string
		ok   bool
	}{
		{"nil", nil, "", true},
		{"base64", &edge.RequestBody{Encoding: "base64", Data: "aGk="}, "hi", true},
		{"no-encoding", &edge.RequestBody{Data: "aGk="}, "hi", true},
		{"text", &edge.RequestBody{Encoding: "text", Data: "aGk="}, "aGk=", true},
		{"bad-base64", &edge.RequestBody{Encoding: "base64", Data: "a"}, "", false},
		{"bad-encoding", &edge.RequestBody{Encoding: "hex", Data: "61"}, "", false},
	}
	for _, tt := range tests {
		got, err := tt.body.Bytes()
		if string(got) != tt.want || (err == nil) != tt.ok {
			t.Errorf("%s: got %q, %v; want %q, ok %t", tt.name, got, err, tt.want, tt.ok)
		}
	}
	var b edge.RequestBody
	b.Replace([]byte{0xff})
	if diff := cmp.Diff(edge.RequestBody{Action: "replace", Encoding: "base64", Data: "/w=="}, b); diff != "" {
		t.Errorf("Replace (-want +got):\n%s", diff)
	}
	b.ReplaceText("é")
	if diff := cmp.Diff(edge.RequestBody{Action: "replace", Encoding: "text", Data: "é"}, b); diff != "" {
		t.Errorf("ReplaceText (-want +got):\n%s", diff)
	}
}

func TestBody(t *testing.T) {
	if b := (edge.Body{}); !b.IsZero() || b.Bytes() != nil {
		t.Errorf("the zero Body: got %v, %q", b.IsZero(), b.Bytes())
	}
	data := []byte("abc")
	b := edge.Binary(data)
	data[0] = 'x'
	if string(b.Bytes()) != "abc" {
		t.Errorf("Binary does not copy: got %q", b.Bytes())
	}
	for _, x := range []edge.Body{{}, edge.EmptyBody(), edge.Text(""), edge.Text("abc"), b} {
		for _, y := range []edge.Body{{}, edge.EmptyBody(), edge.Text(""), edge.Text("abc"), b} {
			if got, want := x.Equal(y), x == y; got != want {
				t.Errorf("Equal(%v, %v): got %t; want %t", x, y, got, want)
			}
		}
	}
}
