package githubapi

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
)

// serveAvatar draws a user's avatar: a symmetric pattern of squares taken from the name's hash, as GitHub's own
// default avatars are.
func serveAvatar(w http.ResponseWriter, r *http.Request) {
	login, isSVG := strings.CutSuffix(r.PathValue("file"), ".svg")
	guest, ok := guestNamed(login)
	if !ok || !isSVG {
		notFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write([]byte(identicon(guest.Login)))
}

func identicon(login string) string {
	sum := fnv.New32a()
	sum.Write([]byte(login))
	bits := sum.Sum32()
	hue := bits % 360

	var squares strings.Builder
	for row := range 5 {
		for column := range 3 {
			if bits>>(row*3+column)&1 == 0 {
				continue
			}
			fmt.Fprintf(&squares, "M%d %dh1v1h-1z", column+1, row+1)
			fmt.Fprintf(&squares, "M%d %dh1v1h-1z", 5-column, row+1)
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7" shape-rendering="crispEdges">`+
		`<rect width="7" height="7" fill="hsl(%d 45%% 90%%)"/><path fill="hsl(%d 55%% 40%%)" d="%s"/></svg>`, hue, hue, &squares)
}
