package site

import (
	"io/fs"
	"strings"
)

// pages is the embedded files with another config.js.
type pages struct{ config string }

func (p pages) Open(name string) (fs.File, error) {
	file, err := files.Open(name)
	if err != nil || name != "config.js" {
		return file, err
	}
	return configFile{strings.NewReader(p.config), file}, nil
}

// A configFile is config.js with other content; the rest it has from the embedded file.
type configFile struct {
	*strings.Reader
	embedded fs.File
}

func (f configFile) Close() error { return f.embedded.Close() }

func (f configFile) Stat() (fs.FileInfo, error) {
	info, err := f.embedded.Stat()
	return configInfo{info, f.Reader.Size()}, err
}

type configInfo struct {
	fs.FileInfo
	size int64
}

func (i configInfo) Size() int64 { return i.size }
