package main

import (
	"crypto"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// A site is a distribution that was loaded from a project's files.
type site struct {
	project   *project
	read      *awsconfig.Config
	sim       *edgesim.Simulator
	origins   []boundOrigin
	functions []*function
	edge      []*edgeFunction
	builds    []originBuild
	renewals  renewals
	sources   []string // the files whose change makes another distribution
	problems  []string // what does not work as the configuration has it; the rest does
	open      []open
	signers   map[string]crypto.Signer // private keys that are bound to key groups, by Key-Pair-Id
}

// load reads a project's files and makes its distribution. The error is what keeps it from being served at all.
//
// run runs its builds and servers; nil runs none.
func load(o *options, run *commands, observe func(*edgesim.Trace), log io.Writer) (*site, error) {
	said, problems := readSettings()
	file, err := o.config, error(nil)
	if file == "" && said.Config != "" {
		file = said.Config
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			return nil, after(problems, fmt.Errorf("%s: config: there is no file %s", settings.FileName, file))
		}
	}
	if file == "" {
		if file, err = findProject("."); err != nil {
			return nil, after(problems, err)
		}
	}
	p, err := readProject(o, file)
	if err != nil {
		return nil, after(problems, err)
	}
	b := &binder{
		dir: filepath.Dir(file), project: p, env: o.env, keys: o.keys, stores: o.stores, settings: said, commands: run, log: log,
		used: map[string]bool{}, functions: map[boundCode]*function{}, edge: map[string]*edgeFunction{},
		problems: slices.Concat(problems, p.problems),
	}
	b.readPolicies()
	b.readKeys()
	unknowns, wrong := o.readUnknowns()
	b.problems = append(b.problems, wrong...)
	bindings := p.policies
	bindings.Address, bindings.Resolver = p.address, b
	bindings.KeyGroups = maps.Clone(p.policies.KeyGroups)
	if bindings.KeyGroups == nil {
		bindings.KeyGroups = map[string][]edgesim.PublicKey{}
	}
	maps.Copy(bindings.KeyGroups, b.bound)
	read, err := awsconfig.Read(p.config, bindings)
	s := &site{project: p, read: read, origins: b.origins, builds: b.builds, sources: append(b.files, p.file, settings.FileName)}
	for _, f := range b.edge {
		if f != nil {
			s.edge = append(s.edge, f)
		}
	}
	for _, f := range b.functions {
		s.functions = append(s.functions, f)
	}
	if err == nil {
		b.start(run != nil || o.check)
		slices.Sort(b.problems)
		b.trusted(read)
		b.unused()
		b.sayTwice(read.Distribution.Behaviors)
		s.sim, err = edgesim.New(edgesim.Config{
			Distribution: read.Distribution, Observe: observe, Unknowns: unknowns,
			Brotli: func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
		})
	}
	if err != nil {
		s.close()
		return nil, after(slices.Concat(p.notes, b.problems), inFile(file, err)) // which often come from what could not be resolved
	}
	s.problems, s.open, s.signers = b.problems, b.open, b.signers
	return s, nil
}

// readSettings reads the settings' file, if there is one, and says what is wrong with it.
func readSettings() (*settings.Settings, []string) {
	said, err := settings.Read(settings.FileName)
	problems := []string{}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		other := strings.TrimSuffix(settings.FileName, ".yaml") + ".yml"
		if _, err := os.Stat(other); err == nil {
			problems = append(problems, other+": not read: call it "+settings.FileName)
		}
	case err != nil:
		problems = strings.Split(err.Error(), "\n")
	}
	return said, problems
}

// after is what keeps a distribution from being served, after what else is wrong.
func after(problems []string, err error) error {
	if len(problems) == 0 {
		return err
	}
	return fmt.Errorf("%s\n%w", strings.Join(problems, "\n"), err)
}

// close ends the functions' processes.
func (s *site) close() {
	s.renewals.wait()
	for _, f := range s.functions {
		f.close()
	}
	for _, f := range s.edge {
		f.open.Close()
	}
}

// inFile is an error about a configuration, a line for each thing that is wrong, in the words of the command.
func inFile(file string, err error) error {
	var lines []error
	for line := range strings.SplitSeq(err.Error(), "\n") {
		lines = append(lines, errors.New(file+": "+words(strings.TrimPrefix(strings.TrimPrefix(line, "awsconfig: "), "edgesim: "))))
	}
	return errors.Join(lines...)
}

// words is a text of the library's, which names what a Go program sets, for the command's users.
func words(text string) string {
	return strings.NewReplacer(
		"awsconfig: ", "", "edgesim: ", "", "lambdahost: ", "",
		"Bindings.Address", "-distribution",
		"say in Bindings.CloudFrontFunctions what stands for it", "say which file it is, with -env NAME=FILE.js or in "+settings.FileName,
		"into Bindings.KeyGroups", "under keyGroups in "+settings.FileName,
		": bind an edgesim.WebsiteOrigin", "",
		"set Interpreter to one of that version", "put the folder of one of that version first in PATH",
		"bind an edgesim.S3Origin with one", "this folder cannot have several",
	).Replace(text)
}
