package edge

import "slices"

// originFields holds an origin of either kind.
type originFields struct {
	custom CustomOrigin
	s3     S3Origin
}

// origin reads an origin into o, and into came what a handler cannot reach. It
// returns nil for null, and an unknownOrigin unless there is exactly one of the
// kinds that this package knows.
func (d *decoder) origin(o, came *originFields) Origin {
	kinds, known := 0, Origin(nil)
	start := d.Pos()
	d.Object(func(name string) {
		kinds++
		switch name {
		case "custom":
			o.custom.extra = d.object(func() { known = &o.custom; d.customOrigin(&o.custom) })
		case "s3":
			o.s3.extra = d.object(func() { known = &o.s3; d.s3Origin(&o.s3) })
		default:
			d.Skip()
		}
	})
	*came = *o
	came.custom.SSLProtocols = slices.Clone(o.custom.SSLProtocols)
	if kinds != 1 || known == nil {
		return &unknownOrigin{d.Text(start)}
	}
	return known
}

func (d *decoder) customOrigin(o *CustomOrigin) {
	d.Object(func(name string) {
		switch name {
		case "customHeaders":
			o.CustomHeaders = d.header()
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
			o.CustomHeaders = d.header()
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
	var list []string
	d.Array(func(int) { list = append(list, d.String()) })
	return list
}
