package requests_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/requests"
)

func TestParse(t *testing.T) {
	t.Parallel()
	const file = `# the old address
GET /old?x=1
Accept: text/html
=> 301 from viewer-request
Location: https://www.example.com/new
X-Powered-By: (absent)

POST /form
Content-Type: text/plain
< one
< two
=> 200 miss
| thank you

advance 90s
invalidate /*
`
	got, err := requests.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	want := []requests.Step{
		{Line: 2, Name: "the old address", Method: "GET", Target: "/old?x=1", Header: []requests.Field{{"Accept", "text/html"}},
			Want: &requests.Want{Status: 301, From: "viewer-request",
				Header: []requests.Field{{"Location", "https://www.example.com/new"}, {"X-Powered-By", requests.Absent}}}},
		{Line: 8, Name: "POST /form", Method: "POST", Target: "/form", Header: []requests.Field{{"Content-Type", "text/plain"}}, Body: "one\ntwo",
			Want: &requests.Want{Status: 200, Cache: "miss", Body: []string{"thank you"}}},
		{Line: 15, Name: "advance 90s", Advance: 90 * time.Second},
		{Line: 16, Name: "invalidate /*", Invalidate: "/*"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestParseMistakes(t *testing.T) {
	t.Parallel()
	tests := []struct{ file, want string }{
		{"", "no request"},
		{"GET /a\n", "line 1: GET /a: nothing is expected"},
		{"get /a\n=> 200", `line 1: got "get /a", want a request`},
		{"GET a\n=> 200", `line 1: got "GET a", want a request`},
		{"=> 200", "line 1: no request stands above it"},
		{"Accept: x\n", "line 1: no request stands above it"},
		{"GET /a\n=> 200\n=> 200", "line 3: a second expectation"},
		{"GET /a\n=> 2000", `line 2: =>: got "2000", want a status first`},
		{"GET /a\n=>", "line 2: =>: want a status"},
		{"GET /a\n=> 200 from nowhere", "line 2: from: want one of viewer-request"},
		{"GET /a\n| x\n=> 200", "line 2: a text of the body stands under"},
		{"GET /a\n=> 200\n< x", "line 3: a request's body stands above"},
		{"advance soon", `line 1: advance: got "soon"`},
		{"invalidate all", `line 1: invalidate: got "all"`},
		{"GET a\nadvance x", "line 2: advance"}, // all at once
	}
	for _, tc := range tests {
		if _, err := requests.Parse(tc.file); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q: got %v, want an error with %q", tc.file, err, tc.want)
		}
	}
}
