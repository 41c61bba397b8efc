package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// describe says what a site is: which function serves which trigger of which behaviour, what stands for its origins, and what CloudFront
// does differently.
func (s *site) describe(out *output) {
	d := &s.read.Distribution
	out.print("%s: %s%s\n", s.project.file, s.project.form, s.project.of)
	out.print("\nbehaviours\n")
	for _, b := range append(slices.Clone(d.Behaviors), d.DefaultBehavior) {
		pattern := b.PathPattern
		if pattern == "" {
			pattern = "*"
		}
		out.print("  %-20s from %s\n", pattern, s.originName(b.Origin))
		for _, g := range b.TrustedKeyGroups {
			out.print("    %-18s %s: %s\n", "signed requests", g.Name, keyIDs(g))
		}
		for _, e := range []struct {
			trigger edge.Trigger
			*edgesim.OpenCloudFrontFunction
		}{{edge.ViewerRequest, b.CloudFrontFunctions.ViewerRequest}, {edge.ViewerResponse, b.CloudFrontFunctions.ViewerResponse}} {
			if e.OpenCloudFrontFunction != nil {
				out.print("    %-18s %s: a CloudFront Function\n", e.trigger, e.Name())
			}
		}
		f := &b.Functions
		for _, a := range []struct {
			trigger edge.Trigger
			edgesim.Association
		}{
			{edge.ViewerRequest, f.ViewerRequest}, {edge.OriginRequest, f.OriginRequest},
			{edge.OriginResponse, f.OriginResponse}, {edge.ViewerResponse, f.ViewerResponse},
		} {
			if a.Function != nil {
				out.print("    %-18s %s\n", a.trigger, functionName(a.Association))
			}
		}
	}
	out.print("\norigins\n")
	width := 20
	for _, o := range s.origins {
		width = min(max(width, utf8.RuneCountInString(o.id)), 40)
	}
	for _, o := range s.origins {
		out.print("  %-*s %s\n", width, o.id, o.is)
	}
	if notes := slices.Concat(s.project.notes, s.read.NotSimulated, s.interpreters()); len(notes) > 0 {
		out.print("\ndifferent from CloudFront\n")
		for _, line := range notes {
			out.print("  %s\n", words(line))
		}
	}
	out.print("\n")
}

// keyIDs are the ids of a group's keys.
func keyIDs(g edgesim.KeyGroup) string {
	var ids []string
	for _, k := range g.Keys {
		ids = append(ids, k.ID)
	}
	return strings.Join(ids, ", ")
}

// interpreters are the functions' notes on what runs them.
func (s *site) interpreters() (notes []string) {
	for _, f := range s.functions {
		f.mu.Lock()
		if f.note != "" {
			notes = append(notes, f.note)
		}
		f.mu.Unlock()
	}
	slices.Sort(notes)
	return notes
}

// originName is the id of an origin, or those of a group.
func (s *site) originName(o edgesim.Origin) string {
	domain := ""
	switch o := o.(type) {
	case *edgesim.OriginGroup:
		return s.originName(o.Primary) + ", then " + s.originName(o.Secondary)
	case *edgesim.S3Origin:
		if f, ok := o.FS.(folder); ok {
			return f.id
		}
	case *edgesim.WebsiteOrigin:
		if f, ok := o.FS.(folder); ok {
			return f.id
		}
		domain = o.DomainName
	case *edgesim.CustomOrigin:
		domain = o.DomainName
	}
	for _, bound := range s.origins {
		if bound.domain == domain {
			return bound.id
		}
	}
	return domain
}

func functionName(a edgesim.Association) string {
	switch f := a.Function.(type) {
	case *function:
		return fmt.Sprintf("%s: %s", f.name, f)
	case absent:
		return a.Name + ": no code, requests get a 503"
	}
	return a.Name
}

// complain says what does not work, and reports whether there was anything.
func (s *site) complain(out *output) bool {
	for _, p := range s.problems {
		out.print("edgelocal: %s\n", strings.TrimSpace(p))
	}
	return len(s.problems) > 0
}
