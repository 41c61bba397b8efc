package redirect

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A sample is a request made up for a rule: its path has a token for each of the
// pattern's placeholders, so that no other rule's literal text is there by
// accident, and its headers are what the conditions ask for, and no more.
type sample struct {
	request
	tokens captures // what the placeholders stand for
}

// sampleDomain is the distribution of made-up requests.
const sampleDomain = "distribution.invalid"

// A sampler makes the samples for a rule: with each query, with a splat that is a
// segment, nothing, and more segments than other rules would take one by one, and
// with all spellings of the path that are the same to the site.
type sampler struct {
	rule          *entry
	site          *site
	queries       []string
	splats        []string
	event         edge.Request
	sample        sample
	number        int      // of the sample's query and splat
	spellings     []string // that are still to come
	haveSpellings bool     // spellings are those of this number
	skipSpellings bool     // leave other spellings out
}

// begin begins with a rule.
func (g *sampler) begin(e *entry) {
	g.rule, g.number, g.spellings, g.haveSpellings, g.skipSpellings = e, -1, nil, true, false
	g.splats = []string{""}
	if strings.IndexByte(e.pattern, splatSign) >= 0 {
		g.splats = []string{token("splat"), "", deepSplat}
	}
	// There CloudFront's own headers are known.
	g.event.Config = edge.Config{Trigger: edge.OriginRequest, DistributionDomainName: sampleDomain}
	g.event.Header = headersFor(e, g.site)
}

// next makes the next sample, in the place of the last one; it returns nil after
// the last.
func (g *sampler) next() *sample {
	s := &g.sample
	if !g.haveSpellings && !g.skipSpellings {
		g.spellings, g.haveSpellings = g.site.spellings(s.path), true
	}
	spelling := ""
	if len(g.spellings) > 0 && !g.skipSpellings {
		spelling, g.spellings = g.spellings[0], g.spellings[1:]
	} else {
		g.haveSpellings = false
		if g.number++; g.number == len(g.queries)*len(g.splats) {
			return nil
		}
	}
	s.begin(g.rule, &g.event, g.splats[g.number%len(g.splats)], g.queries[g.number/len(g.splats)])
	if spelling != "" {
		s.path = spelling
	}
	return s
}

// spellings returns the paths that are the same as path to the site.
func (s *site) spellings(path string) []string {
	var all []string
	if s.index != "" && strings.HasSuffix(path, "/") {
		all = append(all, path+s.index[1:])
	}
	if s.ignoreSlash && !strings.HasSuffix(path, "/") {
		all = append(all, path+"/")
	}
	return all
}

func (s *sample) clone() *sample {
	other := *s
	return &other
}

// deepSplat is a splat of more segments than a shape looks at.
const deepSplat = "~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~splat~"

// token returns the token for a name. It is in normal form.
func token(name string) string { return "~" + name + "~" }

// begin makes s a sample for e.
func (s *sample) begin(e *entry, event *edge.Request, splat, query string) {
	s.tokens.n = 0
	s.request = request{
		event:  event,
		method: pick(e.when.Method, e.unless.Method, "GET", "POST", "OTHER"),
		query:  queryFor(e, query),
		path:   e.pattern,
	}
	if s.method == "" {
		s.method = "GET"
	}
	if !e.exact {
		s.setPath(e.pattern, splat)
	}
	for _, f := range e.when.Query {
		if name, ok := strings.CutPrefix(f.Value, ":"); ok {
			s.tokens.add(name, token(name))
		}
	}
}

// setPath makes the path of s from a pattern.
func (s *sample) setPath(pattern, splat string) {
	var path strings.Builder
	for rest := pattern; ; {
		before, name, after := cutName(rest)
		head, tail, ok := cutSplat(before)
		path.WriteString(head)
		if ok {
			path.WriteString(splat + tail)
		}
		if name == "" {
			break
		}
		path.WriteString(token(name))
		s.tokens.add(name, token(name))
		rest = after
	}
	s.path = path.String()
	if splat != "" && strings.IndexByte(pattern, splatSign) >= 0 {
		s.tokens.add("splat", splat)
	}
}

// queryFor returns the query of a sample: what e asks for, and extra.
func queryFor(e *entry, extra string) query {
	var pairs []string
	for _, f := range e.when.Query {
		value := sampleValue(f.Value)
		if name, ok := strings.CutPrefix(f.Value, ":"); ok {
			value = token(name)
		}
		pairs = append(pairs, encodeQuery(f.Name)+"="+encodeQuery(value))
	}
	if extra == "" && e.when.HasQuery && pairs == nil {
		extra = "~query~=1"
	}
	if extra != "" {
		pairs = append(pairs, extra)
	}
	return query{strings.Join(pairs, "&"), pairs != nil}
}

// encodeQuery returns s as a name or a value of a query.
func encodeQuery(s string) string {
	return string(appendValue(nil, replace(s, "%", "%25"), inQuery, false))
}

// sampleValue returns a value that a Field's Value asks for.
func sampleValue(value string) string {
	prefix, open := strings.CutSuffix(value, "*")
	if open || value == "" {
		return prefix + "~"
	}
	return value
}

// headersFor returns the headers that e asks for.
func headersFor(e *entry, s *site) edge.Header {
	var h edge.Header
	set := func(name, value string) {
		if value != "" {
			h.Set(name, value)
		}
	}
	set("host", e.host)
	set("cloudfront-forwarded-proto", e.scheme)
	for _, f := range e.when.Header {
		h.Add(f.Name, sampleValue(f.Value))
	}
	for _, f := range e.when.Cookie {
		h.Add("cookie", f.Name+"="+sampleValue(f.Value))
	}
	set("accept-language", pick(e.when.Language, e.unless.Language, s.languages...))
	set("cloudfront-viewer-country", pick(e.when.Country, e.unless.Country, "ZZ"))
	set("referer", refererFor(pick(e.when.Referer, e.unless.Referer, "referer.invalid")))
	return h
}

// pick returns the first of want that is not one of not. If there is nothing to
// want it returns the first such of others, and "" if there is nothing not to want
// either.
func pick(want, not []string, others ...string) string {
	if len(want) == 0 {
		if len(not) == 0 {
			return ""
		}
		want = others
	}
	for _, w := range want {
		if !slices.Contains(not, w) {
			return w
		}
	}
	return ""
}

// refererFor returns a Referer that an entry of When.Referer asks for, "" for none.
func refererFor(want string) string {
	switch want {
	case "", "none":
		return ""
	case "blocked":
		return "blocked"
	}
	host, path := splitWant(want)
	if host == "self" {
		host = sampleDomain
	}
	host = strings.TrimPrefix(host, "*.")
	if host != want && strings.HasPrefix(want, "*.") {
		host = "w." + host
	}
	host = strings.TrimPrefix(host, ".")
	if prefix, open := strings.CutSuffix(host, ".*"); open {
		host = prefix + ".invalid"
	}
	if path == "" {
		path = "/"
	}
	return "https://" + host + replace(path, "*", "~")
}

// rewrite returns location with the names in the place of their tokens, as it would
// stand in a rule.
func (s *sample) rewrite(location string) string {
	location = replace(location, "https://"+sampleDomain, distribution)
	for _, c := range s.tokens.list[:s.tokens.n] {
		location = replace(location, c.value, ":"+c.name)
	}
	return strings.TrimSuffix(location, "?"+s.query.raw)
}

// replace is strings.ReplaceAll of parts that a small function has anyway.
func replace(s, old, new string) string { return strings.Join(strings.Split(s, old), new) }
