package edgesim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// ReadUnknowns reads settings from JSON: an object whose members are fields of [Unknowns], or a report of examples/edgeprobe, which has
// such an object under "unknowns". What is not in it keeps its default. A duration is a text such as "10s". The error has everything that
// is wrong; then no setting counts.
func ReadUnknowns(content []byte) (Unknowns, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(content, &members); err != nil {
		if other := (*json.UnmarshalTypeError)(nil); errors.As(err, &other) {
			return Unknowns{}, fmt.Errorf(`edgesim: settings: got a JSON %s, want an object with names of settings, such as {"HeadFillsByGet": true}`, other.Value)
		}
		return Unknowns{}, fmt.Errorf("edgesim: settings: no JSON: %w", err)
	}
	if found, isReport := members["unknowns"]; isReport && members["answers"] != nil {
		content = found
	}
	var u Unknowns
	if err := json.Unmarshal(content, &u); err != nil {
		return Unknowns{}, fmt.Errorf("edgesim: settings: %w", err)
	}
	return u, nil
}

// MarshalJSON writes the fields by their names, and durations as texts.
func (u Unknowns) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range unknownFields() {
		if i > 0 {
			b.WriteByte(',')
		}
		var value any = reflect.ValueOf(u).FieldByIndex(f.Index).Interface()
		if d, ok := value.(time.Duration); ok {
			value = d.String()
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", f.Name, text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads an object of fields, by their names as they stand in Go. The error has every member that is not one or has not
// the value for it; then u is as it was.
func (u *Unknowns) UnmarshalJSON(content []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(content, &members); err != nil {
		return err
	}
	read := *u
	var errs []error
	for _, f := range unknownFields() {
		value, said := members[f.Name]
		delete(members, f.Name)
		if !said {
			continue
		}
		if err := readField(reflect.ValueOf(&read).Elem().FieldByIndex(f.Index), value); err != nil {
			errs = append(errs, fmt.Errorf("%s: got %s, %w", f.Name, value, err))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		errs = append(errs, fmt.Errorf("there is no setting %q: want %s", name, strings.Join(unknownNames(), ", ")))
	}
	if len(errs) == 0 {
		*u = read
	}
	return errors.Join(errs...)
}

// readField reads the value of one field.
func readField(field reflect.Value, value []byte) error {
	if field.Type() == reflect.TypeFor[time.Duration]() {
		var text string
		if json.Unmarshal(value, &text) == nil {
			if d, err := time.ParseDuration(text); err == nil && d >= 0 {
				field.SetInt(int64(d))
				return nil
			}
		}
		return errors.New(`want a duration such as "10s"`)
	}
	into := reflect.New(field.Type())
	if string(value) == "null" || json.Unmarshal(value, into.Interface()) != nil {
		return errors.New(map[reflect.Kind]string{reflect.Bool: "want true or false", reflect.String: "want a text", reflect.Int: "want a whole number"}[field.Kind()])
	}
	field.Set(into.Elem())
	return nil
}

func unknownFields() []reflect.StructField { return reflect.VisibleFields(reflect.TypeFor[Unknowns]()) }

func unknownNames() (names []string) {
	for _, f := range unknownFields() {
		names = append(names, f.Name)
	}
	return names
}
