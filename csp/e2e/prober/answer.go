package prober

import (
	"cmp"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"path"
)

// pixel is an image of one pixel.
const pixel = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`

// answerProbe sends what an element or a function of the kind expects. Where the kind does not tell, the path's end does.
func answerProbe(w http.ResponseWriter, p Probe, at string) {
	kind := p.Kind
	if kind == "html" || kind == "code" {
		kind = map[string]string{".png": "img", ".css": "style", ".html": "frame"}[path.Ext(at)]
		kind = cmp.Or(kind, "script")
	}
	media, body := "text/html; charset=utf-8", "<!doctype html><title>answer</title>"
	switch kind {
	case "img", "preload-img", "page":
		media, body = "image/svg+xml", pixel
	case "script", "module", "modulepreload":
		media, body = "text/javascript; charset=utf-8", cmp.Or(scriptText(p), ScriptBody)
	case "worker", "sharedworker":
		media, body = "text/javascript; charset=utf-8", "self.ran=1"
	case "style":
		media, body = "text/css; charset=utf-8", StyleBody
	case "es":
		media, body = "text/event-stream", "data: 1\n\n"
	case "track":
		media, body = "text/vtt", "WEBVTT\n"
	case "font":
		media, body = "font/woff2", ""
	case "media":
		media, body = "audio/wav", ""
	case "fetch", "xhr", "beacon", "ping", "report":
		media, body = "text/plain; charset=utf-8", "1"
	}
	w.Header().Set("Content-Type", media)
	io.WriteString(w, body)
}

// scriptText is the text of an external script that the probe wants.
func scriptText(p Probe) string {
	if p.Kind == "script" || p.Kind == "module" {
		return p.Text
	}
	return ""
}

// upgrade answers the opening handshake of a WebSocket (RFC 6455 section 4.2.2) and closes the connection.
func upgrade(w http.ResponseWriter, r *http.Request) {
	network, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer network.Close()
	digest := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	fmt.Fprintf(network, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		base64.StdEncoding.EncodeToString(digest[:]))
	network.Write([]byte{0x88, 0}) // a close frame
}
