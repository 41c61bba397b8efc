package oracle_test

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"golang.org/x/net/html"
)

// pieces are what random pages are made of: what opens, closes and escapes
// things, in right places and wrong ones. Left out is what the two do not both
// follow the HTML Standard in: NUL and bytes that are not UTF-8, noscript and srcdoc (which
// HashHTML reads too), "&" in CDATA sections (where the tree builder takes it for a reference), elements that the tree builder drops or moves, and SVG
// that is misnested.
var pieces = []string{
	"<script>", "<SCRIPT type=module>", "<script type=text/x>", "<script src=a>", "</script>", "</Script >", "</script/x>", "</scriptx", "<script", "</script",
	"<!--", "-->", "--!>", "<!-->", "<!--->", "--", "-", ">", "<", "</", "<!", "<?", "/>",
	"<style>", "</style>", "</style\n", "<style type=text/css>", "<style type=x>",
	"<title>", "</title>", "<textarea>", "</textarea>", "<xmp>", "</xmp>", "<iframe>", "</iframe>", "<noembed>", "</noembed>",
	"<p onclick='a&lt;b'>", "<p ONCLICK=\"x&amp;y&notit;&not=1\" onclick=z>", "<b style='c:d'>", "<b style=e/f>", "<i onx=a onx=b>", "<i on-x=a onfocus>",
	"<p title='", "'", "\"", "=", "<a href=\"<script>\">", "<p onclick=a&#x41;&#128;&copy>",
	"<svg><script>a &lt; b</script></svg>", "<svg><style><![CDATA[x > y]]></style></svg>", "<svg><style>a<!-- b -->c</style><p><style>d</style>",
	"<svg><title><script>x&amp;y</script></title></svg>", "<svg><desc><style>&gt;</style></desc><script>&gt;</script></svg>", "<math><mi><script>&gt;</script></mi></math>",
	"<svg><g><path d=1 /><script/></g><foreignObject><div><script>&gt;</script></div></foreignObject></svg>",
	"<![CDATA[", "]]>", "a", "&amp;", "&gt", "\r\n", "\r", "\n", " ", "\t", "\u00e9", "x=1",
}

// tail closes whatever is open.
const tail = "\"'>-->]]></script></script></style></title></textarea></xmp></iframe></noembed><p>"

func page(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(20) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String() + tail
}

// code is the inline code of a page.
type code struct{ scripts, handlers, styles, styleAttrs []string }

// read takes the code from a tree.
func (c *code) read(n *html.Node) {
	if n.Type == html.ElementNode {
		seen := map[string]bool{}
		attr := func(name string) (string, bool) {
			for _, a := range n.Attr {
				if a.Key == name && a.Namespace == "" {
					return a.Val, true
				}
			}
			return "", false
		}
		for _, a := range n.Attr {
			if seen[a.Key] || a.Val == "" {
				seen[a.Key] = true
				continue
			}
			seen[a.Key] = true
			switch {
			case a.Key == "style":
				c.styleAttrs = append(c.styleAttrs, a.Val)
			case strings.HasPrefix(a.Key, "on") && len(a.Key) > 2 && strings.Trim(a.Key, "abcdefghijklmnopqrstuvwxyz") == "":
				c.handlers = append(c.handlers, a.Val)
			}
		}
		kind, _ := attr("type")
		_, src := attr("src")
		switch n.Data {
		case "script":
			if text := text(n); text != "" && !src && (kind == "" || kind == "module") {
				c.scripts = append(c.scripts, text)
			}
		case "style":
			if kind == "" || kind == "text/css" {
				c.styles = append(c.styles, text(n))
			}
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.read(child)
	}
}

// text gives the child text content.
func text(n *html.Node) string {
	s := ""
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.TextNode {
			s += child.Data
		}
	}
	return s
}

func hashes(texts []string) []string {
	var h []string
	for _, t := range texts {
		h = append(h, cspcrypto.SHA256(t).String())
	}
	slices.Sort(h)
	return slices.Compact(h)
}

func names(list []csp.Hash) []string {
	var h []string
	for _, x := range list {
		h = append(h, x.String())
	}
	slices.Sort(h)
	return h
}

func compare(t *testing.T, page string) {
	t.Helper()
	tree, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(true))
	if err != nil {
		t.Fatal(err)
	}
	var want code
	want.read(tree)
	got, err := csphtml.HashHTML(bytes.NewReader([]byte(page)))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name string
		want []string
		got  []csp.Hash
	}{{"scripts", want.scripts, got.Scripts}, {"handlers", want.handlers, got.Handlers}, {"styles", want.styles, got.Styles}, {"style attributes", want.styleAttrs, got.StyleAttrs}} {
		if !slices.Equal(hashes(x.want), names(x.got)) {
			t.Errorf("page %q\n%s: the tree has %q, whose hashes are %q; got %q", page, x.name, x.want, hashes(x.want), names(x.got))
		}
	}
}

// escapedLessThan finds pages in which the tree builder's tokenizer may leave the script
// data escaped state at a "<" that neither a letter nor "/" follows. The
// Standard stays in it (13.2.5.23).
var escapedLessThan = regexp.MustCompile(`(?is)<script.*<!--.*<[^a-z/]`)

func TestRandomPages(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	compared := 0
	for range 10000 {
		p := page(r)
		if escapedLessThan.MatchString(p) {
			continue
		}
		compared++
		if compare(t, p); t.Failed() {
			break
		}
	}
	if compared < 3000 {
		t.Errorf("compared %d pages; want 3000", compared)
	}
}
