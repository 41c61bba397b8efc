package requests_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/requests"
)

var results = []requests.Result{
	{Step: requests.Step{Line: 1, Name: "GET /a#b"}, Took: time.Millisecond},
	{Step: requests.Step{Line: 4, Name: "the \x1b[31mred one"}, Mistakes: []string{"status: got 404, want 200", `X: got ["]]>"], want "<"`}},
}

func TestTAP(t *testing.T) {
	t.Parallel()
	const want = `TAP version 14
1..2
ok 1 - GET /a\#b
not ok 2 - the �[31mred one
  ---
  at: "a.requests:4"
  mistakes:
    - "status: got 404, want 200"
    - "X: got [\"]]>\"], want \"<\""
  ...
`
	var got strings.Builder
	if err := requests.Formats["tap"](&got, "a.requests", results); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestJUnit(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := requests.Formats["junit"](&out, "a.requests", results); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Cases    []struct {
			Name    string `xml:"name,attr"`
			Failure string `xml:"failure"`
		} `xml:"testcase"`
	}
	if err := xml.Unmarshal([]byte(out.String()), &got); err != nil {
		t.Fatal(err)
	}
	if got.Tests != 2 || got.Failures != 1 || len(got.Cases) != 2 || got.Cases[0].Failure != "" ||
		!strings.Contains(got.Cases[1].Failure, "a.requests:4\nstatus: got 404, want 200") || strings.Contains(got.Cases[1].Name, "\x1b") {
		t.Errorf("got %+v", got)
	}
}
