// Package settings reads what a user says of a project besides its configuration: the file edgelocal.yaml, and bindings of the command
// line.
package settings

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// FileName is the name of the file in a project's folder.
const FileName = "edgelocal.yaml"

// Settings are bindings: what on this machine stands for the names in a configuration. The zero value has none.
type Settings struct {
	Config    string            // the configuration file; "" is not said
	Origins   map[string]Origin // by id or domain name
	Functions map[string]Code   // by ARN, name, Terraform address or trigger
	Policies  map[string]string // by id: a managed policy's name, or a file that AWS's command line printed

	KeyGroups      map[string]map[string]string // by id, account number or "self": files of public keys, or of private ones, by Key-Pair-Id
	KeyValueStores map[string]string            // by the name or ARN of the store, or of the CloudFront Function that has it: a JSON file
}

// An Origin is a folder or a URL.
type Origin struct {
	Folder, URL string
	Command     string // the server at URL, which is started and ended with ours; "" is one that runs
	Build       Build  // what writes the folder
}

// A Build is a command that writes what is served. The zero value is none.
type Build struct {
	Command string // for the shell
	Sources string // the file or folder of which it is made
	Dir     string // where the command runs: the folder of the settings
}

// A Code is a function's code.
type Code struct {
	Path    string // a folder, a zip, or one file of JavaScript or Python
	Inline  string // the text of index.js or index.py, where there is no path
	Handler string // "" is the runtime's custom
	Runtime string // as Lambda calls it; "" is that of the interpreter found
	Build   Build  // what writes it
}

// Read reads the file. Paths in it are relative to its folder. The error has everything that is wrong, each with its line; what could
// be read is in the settings all the same.
func Read(file string) (*Settings, error) {
	s := &Settings{
		Origins: map[string]Origin{}, Functions: map[string]Code{}, Policies: map[string]string{},
		KeyGroups: map[string]map[string]string{}, KeyValueStores: map[string]string{},
	}
	content, err := ReadFile(file)
	if err != nil {
		return s, err
	}
	var document yaml.Node
	if err := yaml.Unmarshal(content, &document); err != nil {
		return s, fmt.Errorf("%s: %s%s", file, strings.TrimPrefix(err.Error(), "yaml: "), Tabs(content))
	}
	if len(document.Content) == 0 {
		return s, nil
	}
	r := &reader{file: file, settings: s}
	r.read(document.Content[0])
	return s, errors.Join(r.errs...)
}

// A reader collects what is wrong.
type reader struct {
	file     string
	settings *Settings
	errs     []error
}

func (r *reader) wrong(n *yaml.Node, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: "+format, append([]any{r.file, n.Line}, args...)...))
}

// read reads the file's members.
func (r *reader) read(top *yaml.Node) {
	r.members(top, "the file", func(name string, v *yaml.Node) {
		switch name {
		case "config":
			r.settings.Config = r.path(r.text(v, name))
		case "origins":
			r.members(v, name, func(id string, v *yaml.Node) {
				if o := r.origin(id, v); o.String() != "" {
					r.settings.Origins[id] = o
				}
			})
		case "functions":
			r.members(v, name, func(id string, v *yaml.Node) { r.function(id, v) })
		case "policies":
			r.members(v, name, func(id string, v *yaml.Node) {
				where := r.text(v, "policies: "+id)
				if strings.HasSuffix(where, ".json") {
					where = r.path(where)
				}
				r.settings.Policies[id] = where
			})
		case "keyGroups":
			r.members(v, name, func(id string, v *yaml.Node) { r.keyGroup(id, v) })
		case "keyValueStores":
			r.members(v, name, func(id string, v *yaml.Node) {
				if file := r.text(v, "keyValueStores: "+id); file != "" {
					r.settings.KeyValueStores[id] = r.path(file)
				}
			})
		default:
			r.wrong(v, "%q is not known: want config, origins, functions, policies, keyGroups or keyValueStores", name)
		}
	})
}

// function reads the code of one function: a path, or code with handler and runtime.
func (r *reader) function(id string, v *yaml.Node) {
	if v.Kind == yaml.ScalarNode {
		if path := r.text(v, "functions: "+id); path != "" {
			r.settings.Functions[id] = Code{Path: r.path(path)}
		}
		return
	}
	var c Code
	r.members(v, "functions: "+id, func(name string, v *yaml.Node) {
		value := r.text(v, "functions: "+id+": "+name)
		switch name {
		case "code":
			c.Path = r.path(value)
		case "handler":
			c.Handler = value
		case "runtime":
			c.Runtime = value
		case "build":
			c.Build.Command, c.Build.Dir = value, r.dir()
		case "sources":
			c.Build.Sources = r.path(value)
		default:
			r.wrong(v, "functions: %s: %q is not known: want code, handler, runtime, build or sources", id, name)
		}
	})
	r.build(v, "functions: "+id, &c.Build)
	if c.Path == "" {
		r.wrong(v, "functions: %s: code is missing: want a folder, a zip, or a file of JavaScript or Python", id)
		return
	}
	r.settings.Functions[id] = c
}

// keyGroup reads the keys of a group: a file, or files by Key-Pair-Id.
func (r *reader) keyGroup(id string, v *yaml.Node) {
	if v.Kind == yaml.ScalarNode {
		if file := r.text(v, "keyGroups: "+id); file != "" {
			r.settings.KeyGroups[id] = map[string]string{KeyID(file): r.path(file)}
		}
		return
	}
	keys := map[string]string{}
	r.members(v, "keyGroups: "+id, func(key string, v *yaml.Node) {
		if file := r.text(v, "keyGroups: "+id+": "+key); file != "" {
			keys[key] = r.path(file)
		}
	})
	r.settings.KeyGroups[id] = keys
}

// KeyID is the Key-Pair-Id of a key that has no other: the letters and digits of its file's name, in upper case.
func KeyID(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	return strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, strings.ToUpper(name))
}

// members calls f for each member of a mapping; an empty one has none.
func (r *reader) members(n *yaml.Node, at string, f func(string, *yaml.Node)) {
	switch {
	case n.Kind == yaml.AliasNode:
		r.members(n.Alias, at, f)
	case n.Kind == yaml.MappingNode:
		lines := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i].Value
			if line := lines[name]; line > 0 {
				r.wrong(n.Content[i], "%s: %q is there already, in line %d: take one of them away", at, name, line)
			}
			lines[name] = n.Content[i].Line
			f(name, n.Content[i+1])
		}
	case n.Tag != "!!null":
		r.wrong(n, "%s: want names with their values, one a line", at)
	}
}

func (r *reader) text(n *yaml.Node, at string) string {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || n.Value == "" {
		r.wrong(n, "%s: want a text", at)
		return ""
	}
	return n.Value
}

// path is a path as the program finds it.
func (r *reader) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(filepath.Dir(r.file), p)
}

// dir is the folder of the file.
func (r *reader) dir() string { return filepath.Dir(r.file) }

// build checks what is made from what.
func (r *reader) build(v *yaml.Node, at string, b *Build) {
	if b.Sources != "" && b.Command == "" {
		r.wrong(v, "%s: sources without build: say which command makes something of them, for instance \"build: npm run build\"", at)
		*b = Build{}
	}
}

// origin reads what stands for an origin: a folder or a URL, or either with the command that makes or serves it.
func (r *reader) origin(id string, v *yaml.Node) Origin {
	if v.Kind == yaml.ScalarNode || v.Kind == yaml.AliasNode {
		return r.where(r.text(v, "origins: "+id))
	}
	var o, said Origin
	r.members(v, "origins: "+id, func(name string, v *yaml.Node) {
		value := r.text(v, "origins: "+id+": "+name)
		switch name {
		case "folder", "url":
			said = r.where(value)
		case "command":
			o.Command, o.Build.Dir = value, r.dir()
		case "build":
			o.Build.Command, o.Build.Dir = value, r.dir()
		case "sources":
			o.Build.Sources = r.path(value)
		default:
			r.wrong(v, "origins: %s: %q is not known: want folder or url, command, build or sources", id, name)
		}
	})
	r.build(v, "origins: "+id, &o.Build)
	o.Folder, o.URL = said.Folder, said.URL
	switch {
	case o.String() == "":
		r.wrong(v, "origins: %s: want folder or url", id)
	case o.Command != "" && o.URL == "":
		r.wrong(v, "origins: %s: command: say where its server answers, for instance \"url: http://localhost:3000\"", id)
		o.Command = ""
	case o.Build.Command != "" && o.Folder == "":
		r.wrong(v, "origins: %s: build: say which folder it writes, for instance \"folder: public\"; a server is a command", id)
		o.Build = Build{}
	}
	return o
}

// where tells a URL from a folder.
func (r *reader) where(text string) Origin {
	o := NewOrigin(text)
	o.Folder = r.path(o.Folder)
	return o
}

// NewOrigin tells a URL from a folder.
func NewOrigin(where string) Origin {
	if u, err := url.Parse(where); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		return Origin{URL: where}
	}
	return Origin{Folder: where}
}

// String is the folder or the URL.
func (o Origin) String() string { return o.Folder + o.URL }
