package edge

import "slices"

// origin reads an origin, and a second copy of it that a handler cannot reach. It
// is an unknownOrigin unless there is exactly one of the kinds that this package
// knows.
func (d *decoder) origin() (o, came Origin) {
	kinds, start := 0, d.Pos()
	d.Object(func(name string) {
		kinds++
		switch name {
		case "custom":
			two := new([2]CustomOrigin)
			two[0].extra = d.object(func() { d.customOrigin(&two[0]) })
			two[1] = two[0]
			two[1].SSLProtocols = slices.Clone(two[0].SSLProtocols) // a handler may write into the slice
			o, came = &two[0], &two[1]
		case "s3":
			two := new([2]S3Origin)
			two[0].extra = d.object(func() { d.s3Origin(&two[0]) })
			two[1] = two[0]
			o, came = &two[0], &two[1]
		default:
			d.Skip()
		}
	})
	if kinds != 1 || o == nil {
		o = &unknownOrigin{d.Text(start)}
		return o, o
	}
	return o, came
}

func (d *decoder) customOrigin(o *CustomOrigin) {
	d.Object(func(name string) {
		switch name {
		case "customHeaders":
			o.CustomHeaders = d.header(4)
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
			o.SSLProtocols = d.strings()
		default:
			d.Skip()
		}
	})
}

func (d *decoder) s3Origin(o *S3Origin) {
	d.Object(func(name string) {
		switch name {
		case "authMethod":
			o.AuthMethod = d.StringOrNull()
		case "customHeaders":
			o.CustomHeaders = d.header(4)
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
	})
}

// strings reads an array of strings.
func (d *decoder) strings() []string {
	if d.Null() {
		return nil
	}
	list := make([]string, 0, 4)
	d.Array(func(int) { list = append(list, d.String()) })
	return list
}
