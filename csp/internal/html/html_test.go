package html_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/edgehelpers/lambdaedge/csp/internal/html"
	"github.com/google/go-cmp/cmp"
)

// pages are read in TestTokens and seed the fuzz test. What is expected is
// written as one line per token: T text, C CDATA, < start tag, > end tag, and M
// for markup; pieces of one text are joined.
var pages = []struct {
	name, reason string
	page         string
	want         []string
}{
	{"empty", "", "", nil},
	{"text", "13.2.5.1", "a &amp; b", []string{"T a &amp; b"}},
	{"tags", "13.2.5.8", "<P Class=X>a</P >", []string{"< p class=X", "T a", "> p"}},
	{"less-than-as-text", "13.2.5.6: not a letter", "1 < 2 <3 a<", []string{"T 1 < 2 <3 a<"}},
	{"empty-end-tag", "13.2.5.7", "a</>b", []string{"T a", "M </>", "T b"}},
	{"end-tag-of-nothing", "13.2.5.7: at the end", "a</", []string{"T a</"}},
	{"bogus-comments", "13.2.5.41", "<?php '>' ?></3><!x>", []string{"M <?php '>", "T ' ?>", "M </3><!x>"}},
	{"attributes", "13.2.5.32 to 40", `<a b c= d e='f>' g="h'" i=j"k l = m/n>`,
		[]string{`< a b= c=d e=f> g=h' i=j"k l=m/n`}},
	{"attribute-beginning-with-equals", "13.2.5.32", "<a =b=c>", []string{"< a =b=c"}},
	{"attribute-without-value", "13.2.5.35: missing-attribute-value", "<a b=>c", []string{"< a b=", "T c"}},
	{"duplicate-attribute", "13.2.5.33", "<a B=1 b=2>", []string{"< a b=1"}},
	{"many-attributes", "13.2.5.33", "<a" + manyAttrs(40) + " a3=x a39=y>", []string{"< a" + manyAttrs(40)}},
	{"no-space-between-attributes", "13.2.5.39", `<a b="c"d='e'f>`, []string{"< a b=c d=e f="}},
	{"self-closing", "13.2.5.40", "<br/><br / ><br /x/>", []string{"< br/", "< br", "< br/ x="}},
	{"slash-in-unquoted-value", "13.2.5.38", "<a b=c/>", []string{"< a b=c/"}},
	{"tag-cut-off", "eof-in-tag", "a<b c='", []string{"T a", "M <b c='"}},
	{"comment", "13.2.5.45", "a<!-- <b> -- > -->c", []string{"T a", "M <!-- <b> -- > -->", "T c"}},
	{"comment-empty", "13.2.5.43", "<!-->a<!--->b<!---->c", []string{"M <!-->", "T a", "M <!--->", "T b", "M <!---->", "T c"}},
	{"comment-end-bang", "13.2.5.52", "<!--a--!>b<!--!>c-->d", []string{"M <!--a--!>", "T b", "M <!--!>c-->", "T d"}},
	{"comment-with-dashes", "13.2.5.51", "<!------a---->b", []string{"M <!------a---->", "T b"}},
	{"comment-cut-off", "eof-in-comment", "<!-- a -", []string{"M <!-- a -"}},
	{"doctype", "13.2.5.53: > in quotes ends it", `<!DOCTYPE html PUBLIC "a>b">`, []string{`M <!DOCTYPE html PUBLIC "a>`, `T b">`}},

	{"script", "13.2.5.4", "<script>a<b</Script >c", []string{"< script", "T a<b", "> script", "T c"}},
	{"script-other-end-tags", "13.2.5.17: not an appropriate end tag", "<script></scriptx></style></script/>",
		[]string{"< script", "T </scriptx></style>", "> script/"}},
	{"script-escaped", "13.2.5.20", "<script><!-- </script>a", []string{"< script", "T <!-- ", "> script", "T a"}},
	{"script-double-escaped", "13.2.5.27", "<script><!--<script></script>--></script>a",
		[]string{"< script", "T <!--<script></script>-->", "> script", "T a"}},
	{"script-double-escaped-ends-with-comment", "13.2.5.29", "<script><!--<script>--></script>a",
		[]string{"< script", "T <!--<script>-->", "> script", "T a"}},
	{"script-double-escaped-twice", "13.2.5.31", "<script><!--<script></script><SCRIPT/</script </script>",
		[]string{"< script", "T <!--<script></script><SCRIPT/</script ", "> script"}},
	{"script-double-escape-needs-the-whole-name", "13.2.5.26", "<script><!--<scripty></script>",
		[]string{"< script", "T <!--<scripty>", "> script"}},
	{"script-comment-abrupt", "13.2.5.19: two dashes count already", "<script><!--><script></script>a",
		[]string{"< script", "T <!--><script>", "> script", "T a"}},
	{"script-comment-abrupt-dash", "13.2.5.22", "<script><!---><script></script>a",
		[]string{"< script", "T <!---><script>", "> script", "T a"}},
	{"script-dash-space", "13.2.5.20", "<script><!-- - -> -- > <script></script></script>",
		[]string{"< script", "T <!-- - -> -- > <script></script>", "> script"}},
	{"script-cut-off", "13.2.5.17: no end tag yet", "<script>a</script", []string{"< script", "T a</script"}},
	{"script-end-tag-cut-off", "eof-in-tag", "<script>a</script ", []string{"< script", "T a", "M </script "}},
	{"script-after-script", "the state starts anew", "<script><!--</script><script><script></script>",
		[]string{"< script", "T <!--", "> script", "< script", "T <script>", "> script"}},

	{"style", "13.2.5.3", "<style><!-- </style> -->", []string{"< style", "T <!-- ", "> style", "T  -->"}},
	{"title", "13.2.5.2", "<title><script></title>", []string{"< title", "T <script>", "> title"}},
	{"raw-text-elements", "13.2.6.4.7", "<xmp><b></xmp><iframe><b></iframe><noscript><b></noscript><textarea><b></textarea>",
		[]string{"< xmp", "T <b>", "> xmp", "< iframe", "T <b>", "> iframe", "< noscript", "T <b>", "> noscript",
			"< textarea", "T <b>", "> textarea"}},
	{"plaintext", "13.2.5.5", "<plaintext><b></plaintext>", []string{"< plaintext", "T <b></plaintext>"}},
	{"raw-self-closing", "13.2.6.4.4: the slash means nothing", "<script/>a</script>", []string{"< script/", "T a", "> script"}},

	{"svg-script-is-data", "13.2.6.5", "<svg><script>a<b>c</b></script></svg>",
		[]string{"< svg foreign", "< script foreign", "T a", "< b", "T c", "> b", "> script", "> svg"}},
	{"svg-cdata", "13.2.5.42", "<svg><style><![CDATA[a]]b]]></style><![CDATA[c",
		[]string{"< svg foreign", "< style foreign", "M <![CDATA[", "C a]]b", "M ]]>", "> style", "M <![CDATA[", "C c"}},
	{"cdata-in-html", "13.2.5.42: a bogus comment", "<![CDATA[a>b]]>", []string{"M <![CDATA[a>", "T b]]>"}},
	{"svg-ends", "13.2.6.5", "<svg/><style><b></style>", []string{"< svg/ foreign", "< style", "T <b>", "> style"}},
	{"svg-title-is-html-inside", "13.2.6.1", "<svg><title><style><b></style></title><style><b></style></svg>",
		[]string{"< svg foreign", "< title foreign", "< style", "T <b>", "> style", "> title", "< style foreign", "< b", "> style", "> svg"}},
	{"svg-foreign-object", "13.2.6.1", "<svg><foreignObject><script><b></script></foreignObject></svg>",
		[]string{"< svg foreign", "< foreignobject foreign", "< script", "T <b>", "> script", "> foreignobject", "> svg"}},
	{"svg-broken-out-of", "13.2.6.5", "<svg><p><style><b></style>", []string{"< svg foreign", "< p", "< style", "T <b>", "> style"}},
	{"font-breaks-out-with-color-only", "13.2.6.5", "<svg><font><script>&<b></svg><svg><font color=a><script><b></script>",
		[]string{"< svg foreign", "< font foreign", "< script foreign", "T &", "< b", "> svg", "< svg foreign", "< font color=a", "< script", "T <b>", "> script"}},
	{"svg-closed-by-a-parent", "13.2.6.5", "<div><svg><path></div><style><b></style>",
		[]string{"< div", "< svg foreign", "< path foreign", "> div", "< style", "T <b>", "> style"}},
	{"mathml", "13.2.6.1", "<math><mi><style><b></style></mi><annotation-xml><style></style></annotation-xml>" +
		"<annotation-xml encoding=TEXT/HTML><style><b></style></annotation-xml></math>",
		[]string{"< math foreign", "< mi foreign", "< style", "T <b>", "> style", "> mi",
			"< annotation-xml foreign", "< style foreign", "> style", "> annotation-xml",
			"< annotation-xml encoding=TEXT/HTML foreign", "< style", "T <b>", "> style", "> annotation-xml", "> math"}},
}

func manyAttrs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d=%d", i, i)
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, tt := range pages {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tokens(strings.NewReader(tt.page), tt.page)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s: %q (-want +got):\n%s", tt.reason, tt.page, diff)
			}
		})
	}
}

// tokens reads a page, checks that the tokens cover it, and describes them.
func tokens(r io.Reader, page string) ([]string, error) {
	return tokensOf(html.NewTokenizer(r), page)
}

func tokensInSmallBuffer(page string) ([]string, error) {
	return tokensOf(html.NewSmallTokenizer(strings.NewReader(page), 1), page)
}

func tokensOf(z *html.Tokenizer, page string) ([]string, error) {
	var lines []string
	end := int64(0)
	for {
		token, err := z.Next()
		if err == io.EOF && end == int64(len(page)) {
			return lines, nil
		}
		if err != nil {
			return lines, fmt.Errorf("at %d of %d bytes: %w", end, len(page), err)
		}
		if token.Offset != end || len(token.Raw) == 0 || page[end:end+int64(len(token.Raw))] != string(token.Raw) {
			return lines, fmt.Errorf("token %q at %d does not follow what ended at %d", token.Raw, token.Offset, end)
		}
		end += int64(len(token.Raw))
		line, joined := describe(token)
		if last := len(lines) - 1; joined && last >= 0 && lines[last][:2] == line[:2] {
			lines[last] += line[2:]
			continue
		}
		lines = append(lines, line)
	}
}

func describe(t *html.Token) (line string, joined bool) {
	switch t.Kind {
	case html.Text:
		return "T " + string(t.Raw), true
	case html.CDATA:
		return "C " + string(t.Raw), true
	case html.Markup:
		return "M " + string(t.Raw), true
	case html.EndTag:
		line = "> "
	case html.StartTag:
		line = "< "
	}
	line += string(t.Name)
	if t.SelfClosing {
		line += "/"
	}
	for _, a := range t.Attrs {
		line += " " + string(a.Name) + "=" + string(a.Raw)
	}
	if t.Foreign {
		line += " foreign"
	}
	return line, false
}

// TestMemory holds the promise that only tags are kept whole.
func TestMemory(t *testing.T) {
	t.Parallel()
	const size = 32 << 20
	page := io.MultiReader(strings.NewReader("<script>"), io.LimitReader(filler{}, size))
	z, largest, total := html.NewTokenizer(page), 0, 0
	for {
		token, err := z.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		largest, total = max(largest, len(token.Raw)), total+len(token.Raw)
	}
	if total != size+len("<script>") {
		t.Errorf("got tokens of %d bytes; want %d", total, size+len("<script>"))
	}
	if largest > 1<<20 {
		t.Errorf("got a token of %d bytes from a script; want pieces", largest)
	}
}

type filler struct{}

func (filler) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '-'
	}
	return len(b), nil
}

func TestReaderError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	_, err := tokens(io.MultiReader(strings.NewReader("<p>a"), iotest.ErrReader(broken)), "<p>a")
	if !errors.Is(err, broken) {
		t.Errorf("got %v; want the reader's error", err)
	}
	if _, err := tokens(idle{}, ""); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("reader that gives nothing: got %v; want an error", err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }
