package main

import (
	"cmp"
	"crypto"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// A binder finds on this machine what a configuration names. It has an answer for everything: what is not found is a problem, and what
// stands for it says so when it is asked.
type binder struct {
	dir      string // the project's folder
	project  *project
	env      map[string]string
	keys     map[string]string // files of keys, by key group; of the command line
	stores   map[string]string // files of key value stores; of the command line
	settings *settings.Settings
	policies awsconfig.Bindings
	commands *commands // nil runs none
	log      io.Writer

	used      map[string]bool // names of env and settings
	origins   []boundOrigin
	functions map[boundCode]*function
	edge      map[string]*edgeFunction // of CloudFront Functions, by ARN; nil is one that does not run
	builds    []originBuild
	files     []string                       // of CloudFront Functions, their stores, and keys
	bound     map[string][]edgesim.PublicKey // by key group
	signers   map[string]crypto.Signer       // private keys that were bound, by Key-Pair-Id
	groups    []string                       // key groups that behaviours trust
	said      []string                       // what the notes of awsconfig begin with for which there is a problem
	problems  []string
	open      []open
}

// A boundOrigin is an origin and what stands for it, in words.
type boundOrigin struct{ id, domain, is string }

// A boundCode is a function's name and its code: two functions may have the same code, and are two all the same.
type boundCode struct {
	name string
	settings.Code
}

// An originBuild is an origin whose folder or server a command makes.
type originBuild struct {
	id, at string
	settings.Origin
}

// An open is a name that nothing was found for, for "edgelocal init".
type open struct{ group, name, example, why string }

func (b *binder) problem(format string, args ...any) {
	b.problems = append(b.problems, b.project.file+": "+fmt.Sprintf(format, args...))
}

// A folder is a bucket's files; it knows its origin.
type folder struct {
	fs.FS
	id string
}

// Origin implements awsconfig.Resolver. Nil is a server that is asked over the network.
func (b *binder) Origin(n awsconfig.OriginName) edgesim.Origin {
	o, how := b.findOrigin(n)
	bucket, filled := b.project.buckets[n.ID]
	site, ours := b.project.websites[n.ID]
	ours = ours || b.project.own[n.ID]
	is, why := "", ""
	defer func() { b.origins = append(b.origins, boundOrigin{n.ID, n.DomainName, is + how}) }()
	switch {
	case o.URL != "":
		is = "asks " + o.URL
		if u, err := url.Parse(o.URL); err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			why = fmt.Sprintf("origin %q: %q is no address of a server: want one such as http://localhost:3000", n.ID, o.URL)
			break
		}
		if o.Command != "" {
			is += fmt.Sprintf(", which %q serves", o.Command)
			b.builds = append(b.builds, originBuild{n.ID, n.At, o})
		}
		return &edgesim.CustomOrigin{URL: strings.TrimSuffix(o.URL, "/")}
	case filled && (o.Folder == "" || how != ""):
		is, how = "plays what is put into the bucket: "+bucket.from, ""
		return b.bucket(n, bucket.FS)
	case o.Folder != "":
		is = "plays the folder " + o.Folder
		if o.Build.Command != "" {
			is += fmt.Sprintf(", which %q makes", o.Build.Command)
			b.builds = append(b.builds, originBuild{n.ID, n.At, o})
			return b.bucket(n, os.DirFS(o.Folder))
		}
		if why := noFolder(o.Folder); why != "" {
			b.problem("%s: origin %q: %s: it answers as an empty bucket", n.At, n.ID, why)
		}
		return b.bucket(n, os.DirFS(o.Folder))
	case site.RedirectAllRequestsTo != "":
		is = "redirects every request to " + site.RedirectAllRequestsTo
		return &site
	case b.project.later[n.ID] == "" && !ours && !n.Bucket && !n.Private && n.DomainName != "" && !strings.HasSuffix(n.DomainName, ".invalid"): // as a template's origin that is known later
		is = "is asked for real: " + n.DomainName
		return nil
	default:
		kind, example, form := cmp.Or(b.project.later[n.ID], "cannot be reached from here"), "http://localhost:3000", "http://localhost:3000"
		if n.Bucket || ours {
			kind, example, form = "is a bucket", "./public", "FOLDER"
		}
		why = fmt.Sprintf("origin %q %s: say which folder or server stands for it, with -env '%[1]s=%[3]s' or in %[4]s", n.ID, kind, form, settings.FileName)
		is = "has nothing that stands for it"
		b.open = append(b.open, open{"origins", n.ID, example, n.DomainName})
	}
	b.problem("%s: %s", n.At, why)
	if !n.Bucket {
		return &edgesim.CustomOrigin{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, why, http.StatusBadGateway) })}
	}
	return &edgesim.S3Origin{FS: folder{nothing(why), n.ID}}
}

// noFolder says why a path is none of a folder; "" when it is.
func noFolder(path string) string {
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return ""
	case err == nil:
		return path + " is a file, want the folder that it is in"
	case regexp.MustCompile(`^[\w.-]+:\d+`).MatchString(path):
		return "there is no folder " + path + ": a server is http://" + path
	case strings.HasPrefix(path, "~"):
		return "there is no folder " + path + ": the shell did not put your home folder in for ~: write $HOME"
	}
	return "there is no folder " + path
}

// nothing is the folder of an origin that nothing stands for.
type nothing string

func (n nothing) Open(string) (fs.File, error) { return nil, fmt.Errorf("%s", string(n)) }

// findOrigin looks where an origin can be said: on the command line, in the settings, in the configuration file, and for buckets in the
// folder. how is how it was found when nobody said it.
func (b *binder) findOrigin(n awsconfig.OriginName) (o settings.Origin, how string) {
	for _, key := range []string{n.ID, n.DomainName} {
		if where, ok := b.env[key]; ok {
			b.used[key] = true
			return settings.NewOrigin(where), ""
		}
		if o, ok := b.settings.Origins[key]; ok {
			b.used[key] = true
			return o, ""
		}
	}
	if !n.Bucket && !isWebsite(n) && !b.project.own[n.ID] {
		return o, ""
	}
	if b.project.folder != "" {
		return settings.Origin{Folder: b.project.folder}, ""
	}
	if path, ok := settings.GuessFolder(b.dir, n.ID); ok {
		return settings.Origin{Folder: path}, " (a guess)"
	}
	return o, ""
}

// Function implements awsconfig.Resolver.
func (b *binder) Function(n awsconfig.FunctionName) edgesim.Function {
	name := n.Name
	if name == "" && n.Address != "" {
		name = n.Address[strings.LastIndexByte(n.Address, '.')+1:]
	}
	code, ok := b.findCode(n)
	if !ok {
		code, ok = settings.GuessCode(b.dir, name)
	}
	if name == "" {
		name = n.Trigger
	}
	if !ok {
		why := fmt.Sprintf("%s: the code of function %s is not known: say where it is, with -env '%[2]s=FOLDER' or in %[3]s", n.Trigger, name, settings.FileName)
		b.problem("%s: %s", n.At, why)
		b.open = append(b.open, open{"functions", name, "./lambda/" + name, n.ARN})
		return absent{why}
	}
	if f := b.functions[boundCode{name, code}]; f != nil {
		return f
	}
	f := &function{name: name, code: code, at: n.At + ": " + n.Trigger, log: b.log}
	b.functions[boundCode{name, code}] = f
	return f
}

// findCode looks where a function's code can be said: on the command line, in the settings, in the configuration file.
func (b *binder) findCode(n awsconfig.FunctionName) (settings.Code, bool) {
	index := regexp.MustCompile(`\[[^\]]*\]`)
	keys := []string{n.ARN, unversioned(n.ARN), n.Address, index.ReplaceAllString(n.Address, ""), n.Name, n.Address[strings.LastIndexByte(n.Address, '.')+1:], n.Trigger}
	if c, ok := b.sayCode(keys...); ok {
		return c, true
	}
	for _, key := range keys {
		if c, ok := b.project.functions[key]; ok && key != "" {
			return c, true
		}
	}
	return settings.Code{}, false
}

// sayCode looks for code under one of the names on the command line, where an origin's address may have the same name, and in the settings.
func (b *binder) sayCode(names ...string) (settings.Code, bool) {
	for _, name := range names {
		if path, ok := b.env[name]; ok && name != "" && settings.NewOrigin(path).URL == "" {
			b.used[name] = true
			return settings.Code{Path: path}, true
		}
		if c, ok := b.settings.Functions[name]; ok {
			b.used[name] = true
			return c, true
		}
	}
	return settings.Code{}, false
}

// unversioned is a function's ARN without its version: arn:aws:lambda:us-east-1:123456789012:function:name:1 has eight parts.
func unversioned(arn string) string {
	if parts := strings.Split(arn, ":"); len(parts) == 8 {
		return strings.Join(parts[:7], ":")
	}
	return arn
}

// unused says which names of the command line and the settings nothing has.
func (b *binder) unused() {
	var names []string
	for _, o := range b.origins {
		names = append(names, o.id)
	}
	functions := []string{}
	for _, f := range b.functions {
		functions = append(functions, f.name)
	}
	slices.Sort(functions)
	all := slices.Concat(slices.Collect(maps.Keys(b.env)), slices.Collect(maps.Keys(b.settings.Origins)),
		slices.Collect(maps.Keys(b.settings.Functions)), slices.Collect(maps.Keys(b.settings.Policies)),
		slices.Collect(maps.Keys(b.stores)), slices.Collect(maps.Keys(b.settings.KeyValueStores)), slices.Collect(maps.Keys(b.bound)))
	slices.Sort(all)
	for _, name := range slices.Compact(all) {
		if !b.used[name] {
			b.problem("%q is said to stand for something, and nothing has that name or needs it: the origins are %s%s; functions are bound by ARN, name (%s) or trigger",
				name, strings.Join(names, ", "), b.groupNames(), cmp.Or(strings.Join(functions, ", "), "there is none here"))
		}
	}
}

// sayTwice says which behaviours serve nothing, as another one before them has their pattern.
func (b *binder) sayTwice(behaviors []edgesim.Behavior) {
	first := map[string]int{}
	for i, behavior := range behaviors {
		pattern := strings.TrimPrefix(behavior.PathPattern, "/")
		if at, twice := first[pattern]; twice {
			b.problem("CacheBehaviors[%d]: serves nothing: CacheBehaviors[%d] has the pattern %q too and comes before it: take one of them away", i, at, behavior.PathPattern)
			continue
		}
		first[pattern] = i
	}
}
