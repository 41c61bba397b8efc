package endpoints

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Left returns what is in the account, sorted: a kind and a name for each.
func (s *Server) Left() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[string]bool{}
	add(all, "role", s.roles)
	add(all, "function", s.functions)
	add(all, "log group", s.groups)
	add(all, "edge function", s.edgeFunctions)
	for kind := range kinds {
		add(all, strings.ReplaceAll(kind, "-", " "), s.documents[kinds[kind]])
	}
	for name, f := range s.functions {
		if f.url != nil {
			all["function url "+name] = true
		}
	}
	add(all, "bucket", s.buckets)
	return sorted(all)
}

func add[V any](all map[string]bool, kind string, things map[string]V) {
	for name := range things {
		all[kind+" "+name] = true
	}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

var (
	associated = regexp.MustCompile(`<LambdaFunctionARN>([^<]+)</LambdaFunctionARN>`)
	originHost = regexp.MustCompile(`<DomainName>([^.<]+)\.s3\.[^<]+</DomainName>`)
	originID   = regexp.MustCompile(`<OriginAccessControlId>([^<]+)</OriginAccessControlId>`)
)

// watch notes why viewers are not served after a call, if it is asked to.
func (s *Server) watch(action string) {
	if !s.watching {
		return
	}
	for _, id := range sorted(s.documents["Distribution"]) {
		if why := s.down(s.documents["Distribution"][id]); why != "" {
			s.outages = append(s.outages, fmt.Sprintf("after %s: distribution %s: %s", action, id, why))
		}
	}
}

// down returns what a distribution lacks to serve its pages, or "".
func (s *Server) down(d *document) string {
	for _, arn := range associated.FindAllStringSubmatch(d.config, -1) {
		if f, version := s.version(arn[1]); f == nil || version > f.versions {
			return "no function " + arn[1]
		} else if s.roles[lastElement(fmt.Sprint(f.config["Role"]))] == nil {
			return "no role for " + arn[1]
		}
	}
	for _, id := range originID.FindAllStringSubmatch(d.config, -1) {
		if s.documents["OriginAccessControl"][id[1]] == nil {
			return "no origin access control " + id[1]
		}
	}
	for _, host := range originHost.FindAllStringSubmatch(d.config, -1) {
		b := s.buckets[host[1]]
		switch {
		case b == nil:
			return "no bucket " + host[1]
		case !strings.Contains(b.settings["policy"], d.arn):
			return "the bucket " + host[1] + " does not let it read"
		case b.objects["index.html"] == nil:
			return "no index.html in " + host[1]
		}
	}
	return ""
}

// lastElement returns what follows the last slash.
func lastElement(name string) string { return name[strings.LastIndex(name, "/")+1:] }
