package awsconfig_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// A member is a row of a sweep: a setting that a configuration can have, a value for it, and what reading it must do.
// Behavior at the start of a path stands for the default behaviour and for the first of the others.
type member struct {
	path, value string // value in JSON
	proof       proof
	with        string // further settings in JSON, by path
}

// A proof says what shows that a member is not lost. The zero proof is for what is no setting.
type proof struct{ kind, at, want string }

// is: the distribution has the value at a path of its fields, and has it from this member.
func is(at, want string) proof { return proof{"is", at, want} }

// noted: a line says for the place in the configuration what differs.
func noted(at, words string) proof { return proof{"noted", at, words} }

// folded: the last line names the place among those without effect.
func folded(at string) proof { return proof{"folded", at, ""} }

// refused: with this value, which breaks a reference, the error has the words.
func refused(words string) proof { return proof{"refused", "", words} }

// members reads a generated list: path, type, and "computed" where no user sets the member.
func members(t *testing.T, name string) (paths []string, computed map[string]bool) {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	computed = map[string]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); fields[0] != "#" {
			paths = append(paths, fields[0])
			computed[fields[0]] = len(fields) > 2
		}
	}
	if len(paths) < 100 {
		t.Fatalf("%s has %d members", name, len(paths))
	}
	return paths, computed
}

// A sweep holds a table against a generated list of members.
type sweep struct {
	list      string
	base      string                    // a configuration in JSON, in which the paths begin
	whole     func(base map[string]any) // makes of it what is read
	behaviors map[string]behavior       // by the path that Behavior stands for
}

// A behavior is one in the distribution, and as notes spell it.
type behavior struct{ field, at string }

// run shows every row's proof. A member that no row has fails, as does a row for a member that is not in the list.
func (s *sweep) run(t *testing.T, rows []member) {
	paths, computed := members(t, s.list)
	table := map[string]member{}
	for _, row := range rows {
		for _, row := range s.expand(row) {
			table[row.path] = row
		}
	}
	for _, path := range paths {
		row, ok := table[path]
		delete(table, path)
		switch {
		case ok:
		case strings.HasSuffix(path, ".Quantity"):
			row = member{path, "7", noted(place(strings.TrimSuffix(path, ".Quantity")), "Quantity is 7"), ""}
		case computed[path]:
			row = member{path, `"x"`, proof{}, ""}
		default:
			t.Errorf("%s has %s, and the table has not: is it simulated, noted or without effect?", s.list, path)
			continue
		}
		t.Run(path, func(t *testing.T) { s.prove(t, row) })
	}
	for path := range table {
		t.Errorf("the table has %s, and %s has not", path, s.list)
	}
}

// expand gives the rows that a row stands for.
func (s *sweep) expand(row member) []member {
	rest, ok := strings.CutPrefix(row.path, "Behavior.")
	if !ok {
		return []member{row}
	}
	var rows []member
	for config, b := range s.behaviors {
		r := row
		r.path = config + "." + rest
		r.with = strings.ReplaceAll(row.with, "Behavior.", config+".")
		if row.proof.kind == "is" {
			r.proof.at = strings.Replace(row.proof.at, "Behavior", b.field, 1)
		} else {
			r.proof.at = strings.Replace(row.proof.at, "Behavior", b.at, 1)
		}
		rows = append(rows, r)
	}
	return rows
}

func (s *sweep) prove(t *testing.T, row member) {
	without, err := s.read(t, row, false)
	if err != nil {
		t.Fatal(err)
	}
	with, err := s.read(t, row, true)
	if row.proof.kind == "refused" {
		if err == nil || !strings.Contains(err.Error(), row.proof.want) {
			t.Errorf("got error %v, want one with %q", err, row.proof.want)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	switch row.proof.kind {
	case "is":
		before, after := field(without.Distribution, row.proof.at), field(with.Distribution, row.proof.at)
		if after != row.proof.want || before == after {
			t.Errorf("%s of the distribution is %q, and %q without the member; want %q by it", row.proof.at, after, before, row.proof.want)
		}
	case "noted":
		for _, line := range with.NotSimulated {
			if at, what, _ := strings.Cut(line, ": "); at == row.proof.at && strings.Contains(what, row.proof.want) {
				return
			}
		}
		t.Errorf("no note at %s with %q among\n%s", row.proof.at, row.proof.want, strings.Join(with.NotSimulated, "\n"))
	case "folded":
		last := with.NotSimulated[len(with.NotSimulated)-1]
		names, ok := strings.CutPrefix(last, "without effect on this machine: ")
		at := strings.ReplaceAll(row.proof.at, "[0]", "[]")
		if !ok || !strings.Contains(", "+names+",", ", "+at+",") {
			t.Errorf("got as the last line %q, want %s in it", last, at)
		}
	default:
		if diff := cmp.Diff(without, with, cmp.AllowUnexported(edgesim.Selection{}), cmpopts.IgnoreUnexported(edgesim.S3Origin{})); diff != "" {
			t.Errorf("the member changes what is read (-without +with):\n%s", diff)
		}
	}
}

// read reads the base with the row's further settings, and with its member or without.
func (s *sweep) read(t *testing.T, row member, with bool) (*awsconfig.Config, error) {
	t.Helper()
	var top map[string]any
	if err := json.Unmarshal([]byte(s.base), &top); err != nil {
		t.Fatal(err)
	}
	further := map[string]any{}
	if row.with != "" {
		if err := json.Unmarshal([]byte(row.with), &further); err != nil {
			t.Fatal(err)
		}
	}
	for path, value := range further {
		set(top, path, value)
	}
	if with {
		var value any
		if err := json.Unmarshal([]byte(row.value), &value); err != nil {
			t.Fatal(err)
		}
		set(top, row.path, value)
	}
	s.whole(top)
	file, err := json.Marshal(top)
	if err != nil {
		t.Fatal(err)
	}
	site, other := edgesim.Origin(site()), edgesim.Origin(&edgesim.CustomOrigin{Handler: http.NotFoundHandler()})
	if regexp.MustCompile(`(?i)(custom|vpc)_?origin_?config`).MatchString(row.path + row.with) {
		site = other
	}
	redirect, headers := functions()
	return awsconfig.Read(file, awsconfig.Bindings{
		Origins:   map[string]edgesim.Origin{"site": site, "other": other},
		Functions: map[string]edgesim.Function{"viewer-request": redirect, "origin-response": headers, "arn:aws:lambda:us-east-1:111122223333:function:f:1": redirect},
	})
}

// set puts a value at a path, in which [] is the first entry of a list. A Quantity beside it follows.
func set(object map[string]any, path string, value any) {
	name, rest, more := strings.Cut(path, ".")
	list, isList := strings.CutSuffix(name, "[]")
	switch {
	case isList:
		entries, _ := object[list].([]any)
		if len(entries) == 0 {
			entries = []any{map[string]any{}}
		}
		if more {
			set(entries[0].(map[string]any), rest, value)
		} else {
			entries = []any{value}
		}
		object[list] = entries
		if list == "Items" && object["Quantity"] == nil {
			object["Quantity"] = len(entries)
		}
	case !more:
		object[name] = value
	default:
		inner, ok := object[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			object[name] = inner
		}
		set(inner, rest, value)
	}
}

// place is how notes spell a path: CloudFront's Items are not in it, and the first entry is [0].
func place(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(path, ".Items[]", "[0]"), "[]", "[0]")
}
