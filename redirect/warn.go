package redirect

import (
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// warn reports what in a single rule is most likely not meant.
func (k *compiler) warn(r *Rule, e *entry) {
	if message := e.unexpanded(r.To); message != "" {
		k.report(r, "placeholder", "To", message)
	}
	if needs := r.NeedsOriginRequest(); k.config.trigger() == edge.ViewerRequest && needs != nil {
		k.report(r, "trigger", "From", fmt.Sprintf("looks at %s, which CloudFront adds after viewer-request; run the table at origin-request, with that in the cache key",
			strings.Join(needs, " and ")))
	}
	for _, want := range append(r.When.Referer[:len(r.When.Referer):len(r.When.Referer)], r.Unless.Referer...) {
		if host, path := splitWant(want); host != "self" && k.isPageOnly(path) {
			k.report(r, "referer", "From", fmt.Sprintf("Referer %q: browsers tell another site the origin of a page and not its path (Referrer-Policy strict-origin-when-cross-origin is their default); write %q, or %q if the host is this site's own",
				shorten(want), host, path))
		}
	}
	if k.config.CacheKey != nil {
		if need := missing(r.CacheKey(), k.config.CacheKey); len(need) > 0 {
			k.report(r, "uncached", "From", fmt.Sprintf("depends on %s, which must be in the cache key", strings.Join(need, ", ")))
		}
	}
}

// isPageOnly reports whether a path of When.Referer asks for more than "/", which is
// all that a browser tells another site.
func (k *compiler) isPageOnly(path string) bool {
	if path == "" {
		return false
	}
	if prefix, open := strings.CutSuffix(path, "*"); open {
		return !strings.HasPrefix("/", prefix)
	}
	return k.site.canonical(path) != "/"
}

// unexpanded says what in a target looks like a name that is none, "" if nothing
// does. A colon that follows a letter or a digit, or that has another behind the
// name, is a colon, as in "/wiki/Special:Find" and "/sites/:b:/".
func (e *entry) unexpanded(to string) string {
	if strings.IndexByte(to, ':') < 0 && strings.IndexByte(to, '*') < 0 && strings.IndexByte(to, '$') < 0 && strings.IndexByte(to, '{') < 0 {
		return ""
	}
	names, _ := e.names()
	for i := 0; i < len(to); i++ {
		if to[i] == ':' {
			if found := names.longestPrefix(to[i+1:]); found >= 0 {
				i += len(names.list[found].name)
				continue
			}
		}
		name := Standard.nameAt(to, i)
		after := i + 1 + len(name)
		switch {
		case name != "" && (after == len(to) || to[after] != ':'):
			return fmt.Sprintf(":%s is not in From, so it stays as it is; write %%3A%s if the colon is a colon", name, name)
		case to[i] == '*' && strings.IndexByte(e.pattern, splatSign) >= 0:
			return "* stays a star; write :splat for what the * of From stands for, or %2A for a star"
		case to[i] == '$' && i+1 < len(to) && '0' < to[i+1] && to[i+1] <= '9' && names.n > 0:
			return fmt.Sprintf("$%c stays as it is; write the name that From captures, such as :%s", to[i+1], names.list[0].name)
		case to[i] == '{':
			if name := ascii.Word(to[i+1:]); name != "" && strings.HasPrefix(to[i+1+len(name):], "}") && names.has(name) {
				return fmt.Sprintf("{%s} stays as it is; write :%s", name, name)
			}
		}
	}
	return ""
}

func (c *captures) has(name string) bool {
	for _, have := range c.list[:c.n] {
		if have.name == name {
			return true
		}
	}
	return false
}
