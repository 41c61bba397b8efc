package template

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// parseJSON reads JSON and remembers on which line each value stands.
func (d *document) parseJSON(data []byte) (any, error) {
	j := jsonReader{document: d, data: data, tokens: json.NewDecoder(bytes.NewReader(data)), at: 1}
	j.tokens.UseNumber()
	v, err := j.value("", 0)
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", j.line(), err)
	}
	return v, nil
}

type jsonReader struct {
	*document
	data   []byte
	tokens *json.Decoder
	offset int64 // of the byte up to which lines are counted
	at     int   // the line there
}

// line is the line of the token read last.
func (j *jsonReader) line() int {
	next := j.tokens.InputOffset()
	j.at += bytes.Count(j.data[j.offset:next], []byte("\n"))
	j.offset = next
	return j.at
}

func (j *jsonReader) value(path string, depth int) (any, error) {
	token, err := j.tokens.Token()
	if err != nil {
		return nil, err
	}
	if err := j.enter(path, depth); err != nil {
		return nil, err
	}
	if _, known := j.lines[path]; !known {
		j.lines[path] = j.line()
	}
	switch token {
	case json.Delim('['):
		return j.list(path, depth)
	case json.Delim('{'):
		return j.object(path, depth)
	}
	return token, nil
}

func (j *jsonReader) list(path string, depth int) (any, error) {
	list := []any{}
	for j.tokens.More() {
		v, err := j.value(entry(path, len(list)), depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := j.tokens.Token()
	return list, err
}

func (j *jsonReader) object(path string, depth int) (any, error) {
	members := map[string]any{}
	for j.tokens.More() {
		key, err := j.tokens.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		at := member(path, name)
		j.lines[at] = j.line()
		if _, twice := members[name]; twice {
			j.note(at, "a second time: CloudFormation refuses it; the last one is read")
		}
		if members[name], err = j.value(at, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := j.tokens.Token()
	return members, err
}
