package forms

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// Detect tells the format of a file by its name or its content, and why it is that.
// Where the name is _redirects, which says what the file is for and not always how
// it is written, the content decides; so it does for names that say nothing.
func Detect(name, text string) (f Format, why string) {
	base := strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	switch base {
	case "vercel.json", "now.json":
		return Vercel, "its name"
	case "netlify.toml":
		return Netlify, "its name"
	case ".htaccess", "htaccess":
		return Htaccess, "its name"
	case "_headers":
		return Headers, "its name"
	}
	if f, why = detectContent(strings.TrimPrefix(text, "\ufeff")); f != Unknown {
		return f, why
	}
	if base == "_redirects" {
		return Redirects, "its name"
	}
	switch path.Ext(base) {
	case ".csv", ".tsv":
		return CSV, "its name"
	case ".json":
		return JSON, "its name"
	case ".xml":
		return XML, "its name"
	case ".toml":
		return TOML, "its name"
	case ".yaml", ".yml":
		return YAML, "its name"
	case ".html", ".htm":
		return HTML, "its name"
	case ".conf":
		return Nginx, "its name"
	case ".js", ".mjs", ".cjs", ".ts":
		return JavaScript, "its name"
	}
	return Unknown, ""
}

// detectContent tells a format by the first lines that are no comment.
func detectContent(text string) (f Format, why string) {
	lines := significant(text, 2)
	if len(lines) == 0 {
		return Unknown, ""
	}
	first := lines[0].text
	why = fmt.Sprintf("line %d: %s", lines[0].number, shorten(first))
	switch begin := first[0]; {
	case isTOMLHeader(first):
		if strings.Contains(text, "[[redirects]]") {
			return Netlify, why
		}
		return TOML, why
	case begin == '{' || begin == '[':
		return detectJSON(text), why
	case begin == '<':
		return detectMarkup(first, text), why
	case isHeaders(lines):
		return Headers, fmt.Sprintf("line %d: %s", lines[1].number, shorten(lines[1].text))
	case isRedirectsLine(first):
		return Redirects, why
	case isApache(first):
		return Htaccess, why
	case isNginx(first):
		return Nginx, why
	case isJavaScript(first):
		return JavaScript, why
	case isYAML(first):
		return YAML, why
	case isCSV(first):
		return CSV, why
	case isTOMLKey(first):
		if strings.Contains(text, "[[redirects]]") {
			return Netlify, why
		}
		return TOML, why
	}
	return Unknown, ""
}

// A line is one that is no comment.
type line struct {
	number   int
	text     string // without blanks around it
	indented bool
}

// significant returns the first n lines that are neither blank nor a comment.
func significant(text string, n int) (list []line) {
	number := 0
	for raw := range strings.SplitSeq(text, "\n") {
		number++
		trimmed := strings.TrimSpace(raw)
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		list = append(list, line{number, trimmed, raw[0] == ' ' || raw[0] == '\t'})
		if len(list) == n {
			break
		}
	}
	return list
}

func shorten(s string) string {
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "..."
	}
	return fmt.Sprintf("%q", s)
}

// detectJSON tells formats by the names in them.
func detectJSON(text string) Format {
	n := (&fileBuilder{file: &File{}}).parseJSON(text)
	first := n
	if list := n.get("redirects"); list != nil {
		first = list
	}
	if first != nil && first.kind == list && len(first.items) > 0 {
		first = first.items[0]
	}
	switch {
	case n == nil:
		return JSON
	case n.has("RoutingRules", "RedirectAllRequestsTo"), first.has("Redirect", "RedirectRule"):
		return S3
	case n.kind == object && first.has("source") && first.has("destination"):
		if n.has("basePath", "i18n") {
			return Next
		}
		return Vercel
	case first.has("source") && first.has("destination"):
		return Next
	case n.has("rewrites", "cleanUrls", "trailingSlash", "routes", "bulkRedirectsPath"):
		return Vercel
	}
	return JSON
}

// detectMarkup tells what begins with an angle bracket.
func detectMarkup(first, text string) Format {
	tag := strings.ToLower(strings.TrimLeft(first, "<!"))
	for _, section := range []string{"ifmodule", "if ", "ifdefine", "ifversion", "files", "directory", "location", "limit", "virtualhost"} {
		if strings.HasPrefix(tag, section) {
			return Htaccess
		}
	}
	switch {
	case strings.HasPrefix(tag, "doctype html"), strings.HasPrefix(tag, "html"):
		return HTML
	case strings.Contains(text, "RoutingRule"), strings.Contains(text, "RedirectAllRequestsTo"):
		return S3
	}
	return XML
}

// matches reports whether s has the form of a regular expression.
func matches(expression, s string) bool {
	return regexp.MustCompile(expression).MatchString(s)
}

func isTOMLHeader(s string) bool {
	return matches(`^\[\[?\s*["'A-Za-z_][\w.\s"'-]*\]\]?\s*(#.*)?$`, s) && !matches(`^\[\s*"[^"]*"\s*\]$`, s)
}

func isTOMLKey(s string) bool { return matches(`^[A-Za-z_][\w.-]*\s*=\s`, s) }

func isApache(s string) bool {
	return matches(`(?i)^(Redirect(Match|Permanent|Temp)?|Rewrite(Engine|Base|Cond|Rule|Options)|ErrorDocument|DirectoryIndex|Options|AddType|AddDefaultCharset|AddHandler|AddEncoding|Header|ExpiresActive|FileETag|SetEnv|SetEnvIf|php_value|php_flag|Order|AuthType|Require|IndexIgnore|ServerSignature)\s`, s)
}

func isNginx(s string) bool {
	return matches(`^(map\s+\$|server\s*\{|location\s|rewrite\s|return\s+\d|if\s*\(|upstream\s|http\s*\{)`, s) || matches(`^~?\*?\S+\s+\S+;$`, s)
}

func isJavaScript(s string) bool {
	return matches(`^(module\.exports|export\s|import\s|const\s|let\s|var\s|async\s|function\s|/\*|//|"use strict"|'use strict'|\(\s*\)\s*=>)`, s) ||
		matches(`^[\[{]\s*(\{\s*)?[A-Za-z_]\w*\s*:`, s)
}

func isYAML(s string) bool { return s == "---" || matches(`^(- )?[A-Za-z_][\w-]*:(\s|$)`, s) }

// isHeaders reports whether a path stands alone and below it, indented, a header.
func isHeaders(lines []line) bool {
	return len(lines) == 2 && matches(`^(/|https?://)\S*$`, lines[0].text) && lines[1].indented && matches(`^!?\s*[A-Za-z][\w-]*:`, lines[1].text)
}

// isCSV reports whether the first of the fields between commas and the like is a
// path, a URL or a name of a column, and the second is one, too.
func isCSV(s string) bool {
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == rune(separator(s)) })
	if len(fields) < 2 || isRedirectsLine(s) {
		return false
	}
	for i, f := range fields[:2] {
		f = strings.Trim(f, "\" ")
		url := matches(`^(/|https?://|[\w.-]+\.[A-Za-z]{2,}(/|$))`, f)
		if !url && column(f) != []int{colFrom, colTo}[i] {
			return false
		}
	}
	return true
}

// isRedirectsLine reports whether a line is one of a _redirects file.
func isRedirectsLine(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && matches(`^(/|https?://)`, words[0]) && !matches(`[,;]($|/|http)`, words[0]) && matches(`^(/|https?://|\d{3}!?$|[^\s=/,]+=[^,]*$)`, words[1]) && !strings.HasSuffix(s, ";")
}
