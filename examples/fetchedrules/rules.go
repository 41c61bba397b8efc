// Package fetchedrules is the recipe of docs/rules-at-run-time.md: redirects whose
// rules lie in a bucket and are fetched while the function runs, so that they change
// without a deployment. It is written to be copied.
package fetchedrules

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// Rules is a table of redirects that is fetched from a URL. Make one with [New]; the
// fields may be changed before it is used. It is safe for concurrent use.
type Rules struct {
	Client  *http.Client
	Keep    time.Duration // how long a table is used before its URL is asked again
	Wait    time.Duration // how long a viewer waits for that at most
	MaxSize int64         // of a compiled table, in bytes

	url   string
	table atomic.Pointer[redirect.Table]

	mu   sync.Mutex // held by the request that fetches
	etag string     // of the table
	due  time.Time  // when to ask again
}

// New returns rules from a URL, and first until they are fetched.
func New(url string, first *redirect.Table) *Rules {
	r := &Rules{
		// A connection would not outlive the time for which Lambda freezes the process, and
		// who is sent elsewhere would sign for elsewhere.
		Client: &http.Client{
			Transport:     &http.Transport{DisableKeepAlives: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		Keep: time.Minute, Wait: time.Second, MaxSize: 8 << 20, url: url,
	}
	r.table.Store(first)
	return r
}

// Handle is an [edge.RequestHandler]. Lambda freezes the process when it has answered,
// and a goroutine with it, so the request that finds the rules old waits for new ones;
// all others, and this one if they do not come in time, get the old rules.
func (r *Rules) Handle(ctx context.Context, request *edge.Request) (edge.Outcome, error) {
	r.refresh(ctx)
	return r.table.Load().Handle(ctx, request)
}

func (r *Rules) refresh(ctx context.Context) {
	if !r.mu.TryLock() {
		return // another request is at it
	}
	defer r.mu.Unlock()
	if time.Now().Before(r.due) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, r.Wait)
	defer cancel()
	if err := r.fetch(ctx); err != nil {
		log.Printf("the rules stay as they are: %v", err)
	}
}

// Fetch fetches the rules, for the time before the first request.
func (r *Rules) Fetch(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fetch(ctx)
}

func (r *Rules) fetch(ctx context.Context) error {
	// Round: by the wall clock, since the other one may stand still in a frozen process.
	// What fails is not tried again before it is due, so that few viewers wait in vain.
	r.due = time.Now().Round(0).Add(r.Keep)
	request, err := http.NewRequestWithContext(ctx, "GET", r.url, nil)
	if err != nil {
		return err
	}
	if r.etag != "" {
		request.Header.Set("If-None-Match", r.etag)
	}
	response, err := r.Client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusNotModified:
		return nil
	default:
		return fmt.Errorf("%s: %s", r.url, response.Status)
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, r.MaxSize+1))
	if err != nil {
		return err
	}
	if int64(len(text)) > r.MaxSize {
		return fmt.Errorf("%s: has more than %d bytes", r.url, r.MaxSize)
	}
	table, err := redirect.Load(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", r.url, err)
	}
	r.table.Store(table)
	r.etag = response.Header.Get("ETag")
	return nil
}
