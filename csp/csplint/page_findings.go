package main

import (
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp"
)

// mostAlike is how many findings of a code and a severity are kept of a page. What
// makes more is a template or a generator, and to be mended there.
const mostAlike = 1000

// pageFindings is the findings of a page. Its zero value has none.
type pageFindings struct {
	kept    []csp.Finding
	blocked map[int]bool // offsets of what policies block
	counts  map[alike]int
	more    []csp.Finding // for what is not kept, one of each kind
}

// alike is what findings have in common that are counted together.
type alike struct {
	code     string
	severity csp.Severity
}

// block adds a finding of a blockage.
func (p *pageFindings) block(b *blockage, offset int, value string, v verdict) {
	if p.blocked == nil {
		p.blocked = make(map[int]bool)
	}
	p.blocked[offset] = true
	p.add(b.at(offset, value, v))
}

func (p *pageFindings) add(f csp.Finding) {
	if p.counts == nil {
		p.counts = make(map[alike]int)
	}
	kind := alike{f.Code, f.Severity}
	p.counts[kind]++
	switch n := p.counts[kind]; {
	case n <= mostAlike:
		p.kept = append(p.kept, f)
	case n == mostAlike+1:
		p.more = append(p.more, csp.Finding{Code: f.Code, Severity: f.Severity, Position: f.Position})
	}
}

// all gives the findings, and for those that were not kept how many they are.
func (p *pageFindings) all() []csp.Finding {
	for _, f := range p.more {
		n := p.counts[alike{f.Code, f.Severity}] - mostAlike
		f.Reason = fmt.Sprintf("the page has %d more of these; %d are listed", n, mostAlike)
		f.Mend = "mend those that are listed, and look again"
		p.kept = append(p.kept, f)
	}
	return p.kept
}
