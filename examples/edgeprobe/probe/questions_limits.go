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
		{"viewer-request-body", "how many bytes may the body of an answer have that viewer-request makes, of which AWS says 40 KB?", "", body("vr", 30_000, 60_000)},
		{"origin-request-body", "how many bytes may the body of an answer have that origin-request makes, of which AWS says 1 MB?", "", body("or", 900_000, 1_200_000)},
	}
}
