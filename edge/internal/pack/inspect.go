package pack

import (
	"archive/zip"
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// unpackedLimit is the most bytes that a function may have unpacked ("Lambda quotas": 250 MB).
const unpackedLimit = 250 << 20

// A Report is what [Inspect] found out about a zip.
type Report struct {
	Size      int    // of the zip, in bytes
	SHA256    string // as Terraform and Lambda have it
	Files     []string
	GoVersion string   // that built the program; "" if it is none of Go's
	Package   string   // the program's import path; "" if it is none of Go's
	Settings  []string // with which Go built the program and which change its bytes, such as GOFIPS140=v1.0.0
	Warnings  []string // but for that of the size, see [CheckSize]
}

// Inspect holds a zip to what Lambda@Edge takes and to what a package needs to start there. It does not start it. The
// error has everything that is wrong; the report is valid as far as it goes even then.
func Inspect(data []byte) (Report, error) {
	report := Report{Size: len(data), SHA256: SHA256(data)}
	_, err := CheckSize(len(data))
	errs := []error{err}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return report, errors.Join(append(errs, fmt.Errorf("not a zip: %w", err))...)
	}
	found := map[string]*zip.File{}
	unpacked := uint64(0)
	for _, f := range archive.File {
		report.Files = append(report.Files, f.Name)
		unpacked += f.UncompressedSize64
		if err := checkEntry(f); err != nil {
			errs = append(errs, err)
		} else if found[f.Name] != nil {
			errs = append(errs, fmt.Errorf("%s: is in the zip twice", Shown(f.Name)))
		}
		found[f.Name] = f
	}
	if unpacked > unpackedLimit {
		errs = append(errs, fmt.Errorf("%d bytes unpacked, Lambda takes at most %d (250 MB)", unpacked, unpackedLimit))
		return report, errors.Join(errs...)
	}
	errs = append(errs, report.program(found[Bootstrap]), report.index(found, NodeIndex, nodeIndex), report.index(found, PythonIndex, pythonIndex))
	report.Warnings = append(report.Warnings, shadows(report.Files)...)
	return report, errors.Join(errs...)
}

// Shown is a file's name as a message has it: quoted where it would not print as it is, or could be taken for more than a name.
func Shown(name string) string {
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` || strings.Contains(name, " ") {
		return quoted
	}
	return name
}

// checkEntry refuses what does not unpack to a readable file below the function's directory.
func checkEntry(f *zip.File) error {
	name := strings.TrimSuffix(f.Name, "/")
	switch mode := f.Mode(); {
	case !fs.ValidPath(name) || strings.Contains(name, `\`):
		return fmt.Errorf("%q: not a relative path with slashes", f.Name)
	case mode.IsDir():
		return nil
	case f.Flags&1 != 0:
		return fmt.Errorf("%s: is encrypted, and Lambda has no password", Shown(f.Name))
	case !mode.IsRegular():
		return fmt.Errorf("%s: not a regular file: %v", Shown(f.Name), mode)
	case mode&0o444 != 0o444:
		// Lambda runs the function as a user of its own: what others may not read, it may not.
		return fmt.Errorf("%s: mode %#o, want it readable by all (0644 or 0755)", Shown(f.Name), mode.Perm())
	}
	return nil
}

// program checks the bootstrap file.
func (r *Report) program(f *zip.File) error {
	if f == nil {
		for _, name := range r.Files {
			if path.Base(name) == Bootstrap {
				return fmt.Errorf("%s: want it at the top of the zip, without a directory", Shown(name))
			}
		}
		return fmt.Errorf("no file %s, which is the program: build the zip with edgepack", Bootstrap)
	}
	data, err := read(f)
	if err != nil {
		return err
	}
	var errs []error
	if f.Mode()&0o111 != 0o111 {
		errs = append(errs, fmt.Errorf("%s: mode %#o, want 0755: it could not be started", Bootstrap, f.Mode().Perm()))
	}
	if info, err := buildinfo.Read(bytes.NewReader(data)); err == nil {
		r.GoVersion, r.Package, r.Settings = info.GoVersion, info.Path, settings(info)
	}
	return errors.Join(append(errs, checkELF(data))...)
}

// settings returns what the caller's environment alone decides of a build, where it is not Go's default: edgepack does not
// pin it, for a program may need it.
func settings(info *buildinfo.BuildInfo) []string {
	var all []string
	for _, s := range info.Settings {
		if s.Key == "GOEXPERIMENT" || s.Key == "GOFIPS140" && s.Value != "off" {
			all = append(all, s.Key+"="+s.Value)
		}
	}
	return all
}

// checkELF holds a program to linux/amd64, static.
func checkELF(data []byte) error {
	const want = "want a static linux/amd64 program: build it with edgepack"
	file, err := elf.NewFile(bytes.NewReader(data))
	switch {
	case err != nil:
		return fmt.Errorf("%s: not a Linux program (%v), %s", Bootstrap, err, want)
	case file.Machine != elf.EM_X86_64 || file.Class != elf.ELFCLASS64:
		return fmt.Errorf("%s: built for %v, and Lambda@Edge runs x86_64 only; %s", Bootstrap, file.Machine, want)
	case file.Type != elf.ET_EXEC && file.Type != elf.ET_DYN:
		return fmt.Errorf("%s: %v, not an executable; %s", Bootstrap, file.Type, want)
	case file.OSABI != elf.ELFOSABI_NONE && file.OSABI != elf.ELFOSABI_LINUX:
		return fmt.Errorf("%s: built for %v; %s", Bootstrap, file.OSABI, want)
	}
	for _, prog := range file.Progs {
		if prog.Type == elf.PT_INTERP && file.Type == elf.ET_DYN {
			return fmt.Errorf("%s: is a position-independent executable (PIE) that needs the dynamic linker of the system where it runs; %s", Bootstrap, want)
		}
		if prog.Type == elf.PT_INTERP {
			return fmt.Errorf("%s: needs the C library of the system where it runs (it was built with cgo); %s", Bootstrap, want)
		}
	}
	return nil
}

// index checks an index file, which must be ours, byte for byte, for the handler to lead to the program.
func (r *Report) index(found map[string]*zip.File, name, want string) error {
	f := found[name]
	if f == nil {
		r.Warnings = append(r.Warnings, fmt.Sprintf("no file %s: the function does not start on runtimes that import it", name))
		if found[NodeIndex] == nil && found[PythonIndex] == nil && name == PythonIndex {
			return fmt.Errorf("neither %s nor %s: no runtime finds the handler %s", NodeIndex, PythonIndex, Handler)
		}
		return nil
	}
	data, err := read(f)
	if err != nil {
		return err
	}
	if string(data) != want {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%s is not the one that edgepack writes: start it with -runtime to see what it does", name))
	}
	return nil
}

func read(f *zip.File) ([]byte, error) {
	body, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	defer body.Close()
	// No more than the zip says: a file that lies about its size ends there.
	data, err := io.ReadAll(io.LimitReader(body, unpackedLimit))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return data, nil
}
