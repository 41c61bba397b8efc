package e2e_test

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	gocmp "github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "make the picture of the documents anew")

// The documents' picture of the console, and what it shows as text.
const (
	documentPicture = "../../../docs/console.png"
	documentText    = "testdata/console.txt"
)

// TestDocumentPicture holds the picture in README.md and docs/edgelocal.md to what the console shows. When the console looks
// otherwise,
//
//	go -C examples/githubdemo/e2e test -run DocumentPicture -update
//
// makes it anew, for a person to look at.
func TestDocumentPicture(t *testing.T) {
	browser := startBrowser(t)
	site, console := startSite(t)
	b := newTab(t, browser)
	b.emulate(1440, "light")
	b.open(console)
	b.waitFor("#live", "Live")
	ask(t, site, "/")
	ask(t, site, "/")
	ask(t, site, "/nowhere.html")
	ask(t, site, "/broken/users")
	ask(t, site, "/shared/page")
	ask(t, site, "/api/users?page=2&debug=1", "Cookie", "session=eyJhbGciOiJIUzI1NiJ9; theme=dark", "X-Debug", "1", "X-Csrf-Token", "t0ken")
	b.waitFor("#total", "6")
	b.press("#list a", "/api/users")
	b.waitFor("#detail-title", "/api/users")
	b.do(chromedp.EmulateViewport(1440, 1000))
	b.waitUntil("what is lit for a moment goes out", func() bool { return b.evaluate(`String(document.querySelectorAll(".live").length)`) <= "1" })
	b.waitUntil("nothing fades any more", func() bool { return b.evaluate(`String(document.getAnimations().length)`) == "0" })
	b.evaluate(`(document.activeElement.blur(), scrollTo(0, 0), "")`)
	got := ofAnyRun(b.text("body"))
	if *update {
		b.writePicture(got)
	}
	want, err := os.ReadFile(filepath.FromSlash(documentText))
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the console shows something else than %s (-picture +console); -update makes it anew:\n%s", documentPicture, diff)
	}
	file, err := os.Open(filepath.FromSlash(documentPicture))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if c, err := png.DecodeConfig(file); err != nil || c.Width != 1440 || c.Height != 1000 {
		t.Errorf("%s: %d x %d, %v; want 1440 x 1000", documentPicture, c.Width, c.Height, err)
	}
	b.wantQuiet("")
}

// ofAnyRun is the page's text without what differs from run to run: times, durations, ports and ids.
func ofAnyRun(text string) string {
	for _, r := range []struct{ pattern, instead string }{
		{`[A-Z][a-z]{2} \d+, \d{4}, `, ""},
		{`\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} `, ""},
		{`\b\d\d:\d\d:\d\d\b`, "TIME"},
		{`\b[\d.]+ (µs|ms)`, "DURATION"},
		{`127\.0\.0\.1:\d+`, "HOST"},
		{`\b[0-9a-f]{32}\b`, "ID"},
		{`[\w-]{50,}=+`, "ID"},
		{`/\d{8}/`, "/DAY/"},
		{`[ \t]+\n|\n{2,}`, "\n"},
	} {
		text = regexp.MustCompile(r.pattern).ReplaceAllString(text, r.instead)
	}
	return text + "\n"
}

// writePicture writes the picture of the window, and its text.
func (b *tab) writePicture(text string) {
	b.t.Helper()
	data, err := chromedp.Run(b.context, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		b.t.Fatal(err)
	}
	var small bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&small, fewColors(full)); err != nil {
		b.t.Fatal(err)
	}
	for name, content := range map[string][]byte{documentPicture: small.Bytes(), documentText: []byte(text)} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.t.Fatal(err)
		}
		if err := os.WriteFile(filepath.FromSlash(name), content, 0o644); err != nil {
			b.t.Fatal(err)
		}
	}
}

// fewColors is the picture in its 256 most frequent colours, a third of the size: a page is made of few.
func fewColors(full image.Image) *image.Paletted {
	counts := map[color.RGBA]int{}
	bounds := full.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	var colors []color.RGBA
	for c := range counts {
		colors = append(colors, c)
	}
	slices.SortFunc(colors, func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var palette color.Palette
	for _, c := range colors[:min(len(colors), 256)] {
		palette = append(palette, c)
	}
	small := image.NewPaletted(bounds, palette)
	draw.Draw(small, bounds, full, bounds.Min, draw.Src)
	return small
}
