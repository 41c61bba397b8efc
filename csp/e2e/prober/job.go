package prober

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A job is a page and the probes that share it.
type job struct {
	id       string
	origin   string
	probes   []Probe
	patience time.Duration // how long a probe may take to be settled
	done     chan []Result // takes one value
}

// probeID names a probe of the job. Its end shows that it is one: none is the beginning of another.
func (j *job) probeID(i int) string { return fmt.Sprintf("%s-%d-", j.id, i) }

func (j *job) address(i int) string { return mark(j.probes[i].URL, j.probeID(i)) }

func (j *job) String() string { return fmt.Sprintf("%s under %q", j.origin, j.probes[0].Policies) }

// A task is a job as its runner gets it.
type task struct {
	Page     string      `json:"page"`
	ID       string      `json:"id"`
	Patience int64       `json:"patience"` // milliseconds
	Probes   []taskProbe `json:"probes"`
}

type taskProbe struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"`
	URL       string `json:"url"`
	Nonce     string `json:"nonce"`
	Integrity string `json:"integrity"`
	Text      string `json:"text"`
}

func (j *job) task() task {
	t := task{Page: pagePath + "?job=" + j.id, ID: j.id, Patience: j.patience.Milliseconds()}
	for i, p := range j.probes {
		text := cmp.Or(p.Text, map[string]string{"inlinestyle": StyleBody, "styleattr": StyleAttribute}[p.Kind], ScriptBody)
		t.Probes = append(t.Probes, taskProbe{j.probeID(i), p.Kind, j.address(i), p.Nonce, p.Integrity, strings.ReplaceAll(text, "{url}", j.address(i))})
	}
	return t
}

// notLoaded is what the runner notes when the page itself did not come.
const notLoaded = "the page did not load"

// results judges the probes by what the runner noted and the server saw.
func (j *job) results(notes map[string]string, seen map[string][]string) []Result {
	results := make([]Result, len(j.probes))
	for i, p := range j.probes {
		id := j.probeID(i)
		r := Result{Note: notes[id], Sure: notes[id] != "" && notes[id] != notLoaded}
		for _, address := range seen[id] {
			if strings.HasPrefix(address, p.As) {
				r.Allowed, r.Sure = true, true
			}
			r.Seen = address
		}
		if r.Note == "ran" || r.Note == "load" && !isSent(p.URL) {
			r.Allowed = true
		}
		results[i] = r
		delete(seen, id)
	}
	return results
}

// filler replaces what stands for the first probe's URL, and for the hash of its first script element's text.
func (j *job) filler() *strings.Replacer {
	address := j.address(0)
	text := strings.ReplaceAll(j.probes[0].Text, "{url}", address)
	_, text, _ = strings.Cut(text, "<script")
	_, text, _ = strings.Cut(text, ">")
	text, _, _ = strings.Cut(text, "</script>")
	sum := sha256.Sum256([]byte(text))
	return strings.NewReplacer("{url}", address, "{hash}", "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
}

const (
	probeParameter      = "probe"
	redirectedParameter = "redirected"
)

// mark adds the parameter that tells to which probe a request belongs.
func mark(address, id string) string {
	if !isSent(address) {
		return address
	}
	return withQuery(address, probeParameter+"="+id)
}

// withQuery adds to a URL's query.
func withQuery(address, added string) string {
	address, fragment, hasFragment := strings.Cut(address, "#")
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	address += separator + added
	if hasFragment {
		address += "#" + fragment
	}
	return address
}

// isSent reports whether a request for the URL goes to a server.
func isSent(address string) bool {
	scheme, _, _ := strings.Cut(address, ":")
	return slices.Contains([]string{"http", "https", "ws", "wss"}, strings.ToLower(scheme))
}
