package probe

import (
	"fmt"
	"net/http"
)

// limitQuestions are about sizes.
func limitQuestions() []Question {
	body := func(trigger string, low, high int) func(*asking) {
		return func(a *asking) {
			a.says("%d", a.largest(low, high, func(n int) bool {
				return a.get(a.path(askPath, trigger, fmt.Sprintf("body.text.%d", n))).Status == http.StatusOK
			}))
		}
	}
	return []Question{
		{ID: "viewer-request-body", Asks: "how many bytes may the body of an answer have that viewer-request makes, of which AWS says 40 KB?", ask: body("vr", 30_000, 60_000)},
		{ID: "origin-request-body", Asks: "how many bytes may the body of an answer have that origin-request makes, of which AWS says 1 MB?", ask: body("or", 900_000, 1_200_000)},
	}
}
