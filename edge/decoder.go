package edge

import (
	"github.com/edgehelpers/lambdaedge/edge/internal/header"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// A decoder walks an event. Names match exactly: encoding/json would take URI for
// uri. A member that is null counts as absent.
type decoder struct {
	jsontext.Scanner
	ev      *event // nil when an origin is read by itself
	headers header.Reader
}

// init begins with text. The entries of its header maps go into room, as far as there is any.
func (d *decoder) init(text string, room []header.Entry) {
	d.Init(text)
	d.headers = header.Reader{Text: text, Entries: room}
}

// header reads a header map and keeps what came in came.
func (d *decoder) header(came *header.Original) Header {
	return Header{d.headers.Read(&d.Scanner, came)}
}

// strings reads an array of strings into list.
func (d *decoder) strings(list []string) []string {
	if d.Null() {
		return nil
	}
	for e := d.Array(); e.Next(); {
		list = append(list, d.String())
	}
	return list
}
