package redirect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A witness is a request made up for a rule: its path has a token for each of the
// pattern's placeholders, so that no other rule's literal text is there by
// accident, and its headers are what the conditions ask for, and no more.
type witness struct {
	visit
	tokens captures // what the placeholders stand for
}

// witnessDomain is the distribution of made-up requests.
const witnessDomain = "distribution.invalid"

// newWitnesses returns requests that d is for: with each query, with a splat that
// is a segment, nothing, and more segments than other rules would take one by one,
// and with all spellings of the path that are the same to the site.
func newWitnesses(d *draft, s *site, queries []string) []*witness {
	splats := []string{""}
	if strings.Contains(d.pattern, "*") {
		splats = []string{token("splat"), "", deepSplat}
	}
	var all []*witness
	for _, splat := range splats {
		for _, query := range queries {
			w := newWitness(d, s, splat, query)
			all = append(all, w)
			if s.index != "" && strings.HasSuffix(w.path, "/") {
				index := *w
				index.path += s.index[1:]
				all = append(all, &index)
			}
			if s.ignoreSlash && !strings.HasSuffix(w.path, "/") {
				slash := *w
				slash.path += "/"
				all = append(all, &slash)
			}
		}
	}
	return all
}

// deepSplat is a splat of more segments than a shape looks at.
const deepSplat = "~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~/~splat~"

// token returns the token for a name. It is in normal form.
func token(name string) string { return "~" + name + "~" }

// newWitness returns a witness for d.
func newWitness(d *draft, s *site, splat, query string) *witness {
	w := &witness{visit: visit{
		method: pick(d.when.Method, d.unless.Method, "GET", "POST", "OTHER"),
		query:  queryFor(d, query),
		request: &edge.Request{
			// There CloudFront's own headers are known.
			Config: edge.Config{Trigger: edge.OriginRequest, DistributionDomainName: witnessDomain},
			Header: headersFor(d, s),
		},
	}}
	if w.method == "" {
		w.method = "GET"
	}
	var path strings.Builder
	for rest := d.pattern; ; {
		before, name, after := cutName(rest)
		path.WriteString(replace(before, "*", splat))
		if name == "" {
			break
		}
		path.WriteString(token(name))
		w.tokens.add(name, token(name))
		rest = after
	}
	w.path = path.String()
	if splat != "" {
		w.tokens.add("splat", splat)
	}
	for _, f := range d.when.Query {
		if name, ok := strings.CutPrefix(f.Value, ":"); ok {
			w.tokens.add(name, token(name))
		}
	}
	return w
}

// queryFor returns the query of a witness: what d asks for, and extra.
func queryFor(d *draft, extra string) query {
	var pairs []string
	for _, f := range d.when.Query {
		value := witnessValue(f.Value)
		if name, ok := strings.CutPrefix(f.Value, ":"); ok {
			value = token(name)
		}
		pairs = append(pairs, encode(f.Name)+"="+encode(value))
	}
	if extra == "" && d.when.HasQuery && pairs == nil {
		extra = "~query~=1"
	}
	if extra != "" {
		pairs = append(pairs, extra)
	}
	return query{strings.Join(pairs, "&"), pairs != nil}
}

// encode returns s as a name or a value of a query.
func encode(s string) string {
	return string(appendValue(nil, replace(s, "%", "%25"), inQuery, false))
}

// witnessValue returns a value that a Field's Value asks for.
func witnessValue(value string) string {
	prefix, open := strings.CutSuffix(value, "*")
	if open || value == "" {
		return prefix + "~"
	}
	return value
}

// headersFor returns the headers that d asks for.
func headersFor(d *draft, s *site) edge.Header {
	var h edge.Header
	set := func(name, value string) {
		if value != "" {
			h.Set(name, value)
		}
	}
	set("host", d.host)
	set("cloudfront-forwarded-proto", d.scheme)
	for _, f := range d.when.Header {
		h.Add(f.Name, witnessValue(f.Value))
	}
	for _, f := range d.when.Cookie {
		h.Add("cookie", f.Name+"="+witnessValue(f.Value))
	}
	set("accept-language", pick(d.when.Language, d.unless.Language, s.languages...))
	set("cloudfront-viewer-country", pick(d.when.Country, d.unless.Country, "ZZ"))
	set("referer", refererFor(pick(d.when.Referer, d.unless.Referer, "referer.invalid")))
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
		host = witnessDomain
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
func (w *witness) rewrite(location string) string {
	location = replace(location, "https://"+witnessDomain, distribution)
	for _, c := range w.tokens.list[:w.tokens.n] {
		location = replace(location, c.value, ":"+c.name)
	}
	return strings.TrimSuffix(location, "?"+w.query.raw)
}

// replace is strings.ReplaceAll of parts that a small function has anyway.
func replace(s, old, new string) string { return strings.Join(strings.Split(s, old), new) }

// number returns "line 3" or "rule 3".
func number(r *Rule, i int) string {
	if r.Line > 0 {
		return "line " + strconv.Itoa(r.Line)
	}
	return "rule " + strconv.Itoa(i+1)
}
