package edge

import "github.com/edgehelpers/lambdaedge/edge/internal/header"

// A customPair is a custom origin as the handler gets it and as it came, with all
// that belongs to them.
type customPair struct {
	given, came CustomOrigin
	headers     header.Original
	protocols   [2][4]string // of each; AWS documents four
}

// An s3Pair is the same of an S3 origin, in one allocation.
type s3Pair struct {
	given, came S3Origin
	headers     header.Original
}

// origin reads an origin, and keeps a second copy of it that a handler cannot reach.
// It is an unknownOrigin unless there is exactly one of the kinds that this package
// knows.
func (d *decoder) origin() Origin {
	if d.Null() {
		return nil
	}
	var o, came Origin
	kinds, start := 0, d.Pos()
	for m := d.Object(); m.Next(); {
		kinds++
		switch m.Name {
		case "custom":
			pair := d.customOrigin()
			o, came = &pair.given, &pair.came
		case "s3":
			pair := d.s3Origin()
			o, came = &pair.given, &pair.came
		default:
			d.Skip()
		}
	}
	if kinds != 1 || o == nil {
		o = &unknownOrigin{d.Text(start)}
		came = o
	}
	d.ev.came.Origin = came
	return o
}

func (d *decoder) customOrigin() *customPair {
	var pair *customPair
	if d.ev != nil {
		pair = &d.ev.custom
	} else {
		pair = new(customPair)
	}
	if d.Null() {
		return pair
	}
	o, start := &pair.given, d.Pos()
	for m := d.Object(); m.Next(); {
		switch m.Name {
		case "customHeaders":
			o.CustomHeaders = d.header(&pair.headers)
		case "domainName":
			o.DomainName = d.StringOrNull()
		case "keepaliveTimeout":
			o.KeepaliveTimeout = d.Int()
		case "path":
			o.Path = d.StringOrNull()
		case "port":
			o.Port = d.Int()
		case "protocol":
			o.Protocol = d.StringOrNull()
		case "readTimeout":
			o.ReadTimeout = d.Int()
		case "responseCompletionTimeout":
			o.ResponseCompletionTimeout = d.Int()
		case "sslProtocols":
			o.SSLProtocols = d.strings(pair.protocols[0][:0])
		default:
			d.Skip()
		}
	}
	o.extra = d.Text(start)
	pair.came = *o
	if o.SSLProtocols != nil { // a handler may write into the slice
		pair.came.SSLProtocols = append(pair.protocols[1][:0], o.SSLProtocols...)
	}
	return pair
}

func (d *decoder) s3Origin() *s3Pair {
	pair := new(s3Pair)
	if d.Null() {
		return pair
	}
	o, start := &pair.given, d.Pos()
	for m := d.Object(); m.Next(); {
		switch m.Name {
		case "authMethod":
			o.AuthMethod = d.StringOrNull()
		case "customHeaders":
			o.CustomHeaders = d.header(&pair.headers)
		case "domainName":
			o.DomainName = d.StringOrNull()
		case "path":
			o.Path = d.StringOrNull()
		case "region":
			o.Region = d.StringOrNull()
		case "readTimeout":
			o.ReadTimeout = d.Int()
		case "responseCompletionTimeout":
			o.ResponseCompletionTimeout = d.Int()
		default:
			d.Skip()
		}
	}
	o.extra = d.Text(start)
	pair.came = *o
	return pair
}

// decodeOrigin reads an origin's own text again, to see what a handler has changed
// in it since.
func decodeOrigin[T any](text string, read func(*decoder) T) T {
	var d decoder
	d.init(text, nil)
	return read(&d)
}
