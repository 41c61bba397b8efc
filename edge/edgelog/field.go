package edgelog

import "time"

// A Field is a member of a line beside those that each line has. Names should differ within a line; a name that each line uses already, such as
// level, gets an underscore behind it.
type Field struct {
	name   string
	kind   kind
	text   string
	number int64
}

type kind uint8

const (
	absent kind = iota
	text
	number
	boolean
	count
	milliseconds // number has nanoseconds
)

// String is a text. More than 8 KB of it is cut. Nothing is redacted: what stands there was asked for.
func String(name, value string) Field { return Field{name: name, kind: text, text: value} }

// Int is a number.
func Int(name string, value int) Field { return Field{name: name, kind: number, number: int64(value)} }

// Bool is true or false.
func Bool(name string, value bool) Field {
	f := Field{name: name, kind: boolean}
	if value {
		f.number = 1
	}
	return f
}

// Err is the text of an error under the name error. Of nil it is nothing.
func Err(err error) Field {
	if err == nil {
		return Field{}
	}
	return String("error", err.Error())
}

// Count is a number that is a metric with the unit Count if [Logger.Metrics] is set.
func Count(name string, value int) Field {
	return Field{name: name, kind: count, number: int64(value)}
}

// Milliseconds is a time in milliseconds with three decimal digits. It is a metric with the unit Milliseconds if [Logger.Metrics] is set.
func Milliseconds(name string, value time.Duration) Field {
	return Field{name: name, kind: milliseconds, number: int64(value)}
}

// unit is CloudWatch's unit of a metric, "" for a field that is none.
func (f *Field) unit() string {
	switch f.kind {
	case count:
		return "Count"
	case milliseconds:
		return "Milliseconds"
	}
	return ""
}

// member is the name of the field's member.
func (f *Field) member() string {
	switch f.name {
	case "timestamp", "level", "message", "requestId", "cloudFrontRequestId", "distributionId", "trigger", "region", "traceId", "request", "_aws":
		return f.name + "_"
	}
	return f.name
}
