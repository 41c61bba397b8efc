package doesnotcompile

import (
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A header is no map: nobody can put two spellings of one name into it.
func headers(r *edge.Request) {
	_ = r.Header["Host"]                 // ERROR "cannot index r.Header"
	r.Header["x-a"] = []string{"1"}      // ERROR "cannot index r.Header"
	r.Header = http.Header{"X-A": {"1"}} // ERROR "cannot use http.Header.* as edge.Header value"
	_ = edge.Header{"x-a": nil}          // ERROR "invalid field name"
	for range r.Header {                 // ERROR "cannot range over r.Header"
	}
	r.Header.Get("Host") = "www.example.com" // ERROR "cannot assign"
}

// A body says what it is: Text, Binary or EmptyBody.
var (
	_ = edge.Response{Body: "text"}                    // ERROR "as edge.Body value"
	_ = edge.Response{Body: nil}                       // ERROR "cannot use nil as edge.Body value"
	_ = edge.Response{Body: edge.Text([]byte("text"))} // ERROR "as string value in argument to edge.Text"
	_ = edge.Response{StatusCode: "200"}               // ERROR "as int value"
)

// An origin is one of the kinds that CloudFront has.
type ownOrigin struct{}

func (ownOrigin) origin() {}

func origins(r *edge.Request) {
	r.Origin = "www.example.com"                 // ERROR "string does not implement edge.Origin"
	r.Origin = ownOrigin{}                       // ERROR "does not implement edge.Origin \(unexported method origin\)"
	r.Origin = edge.S3Origin{}                   // ERROR "method origin has pointer receiver"
	r.SetOrigin(&edge.CustomOrigin{Port: "443"}) // ERROR "as int value"
}
