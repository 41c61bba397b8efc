package cffunction

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// A Store is a key value store.
type Store struct {
	ID      string // "": whatever a function calls it
	Pairs   map[string]string
	Updated time.Time
}

// The limits of a store (kvs-with-functions-create-s3-kvp.html, "File format for key-value pairs").
const (
	maxFile  = 5 << 20 // bytes
	maxKey   = 512     // characters
	maxValue = 1024    // characters
)

// ParseStore reads the file that AWS imports. The error names everything that AWS would refuse.
func ParseStore(file []byte) (map[string]string, error) {
	if len(file) > maxFile {
		return nil, fmt.Errorf("the file has %d bytes, %d are allowed", len(file), maxFile)
	}
	var content struct {
		Data []struct {
			Key   *string `json:"key"`
			Value *string `json:"value"`
		} `json:"data"`
	}
	const form = `want {"data": [{"key": "...", "value": "..."}]}`
	err := json.Unmarshal(file, &content)
	var other *json.UnmarshalTypeError
	if errors.As(err, &other) {
		return nil, fmt.Errorf("%s: got a JSON %s; %s", cmp.Or(other.Field, "the file"), other.Value, form)
	}
	if err != nil {
		return nil, fmt.Errorf("%w; %s", err, form)
	}
	if content.Data == nil {
		return nil, errors.New("no data; " + form)
	}
	pairs := make(map[string]string, len(content.Data))
	var errs []error
	for i, pair := range content.Data {
		wrong := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("data[%d]: "+format, append([]any{i}, args...)...))
		}
		if pair.Key == nil || pair.Value == nil {
			wrong("key and value have to be strings")
			continue
		}
		if _, twice := pairs[*pair.Key]; twice {
			wrong("a second value for the key %q", *pair.Key)
		}
		if n := utf8.RuneCountInString(*pair.Key); n == 0 || n > maxKey {
			wrong("the key has %d characters, 1 to %d are allowed", n, maxKey)
		}
		if n := utf8.RuneCountInString(*pair.Value); n > maxValue {
			wrong("the value of the key %q has %d characters, %d are allowed", *pair.Key, n, maxValue)
		}
		pairs[*pair.Key] = *pair.Value
	}
	return pairs, errors.Join(errs...)
}
