package probe

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A LogLine is a line that a function wrote, or Lambda of it.
type LogLine struct {
	Region string `json:"region,omitempty"` // where the function ran; "" in the simulator
	Text   string `json:"text"`             // without the number of an account
}

// account is a number of an AWS account, as ARNs and messages have it.
var account = regexp.MustCompile(`\b[0-9]{12}\b`)

// withoutAccounts is a text of AWS's without numbers of accounts, on one line.
func withoutAccounts(text string) string {
	return account.ReplaceAllString(strings.TrimSpace(text), "ACCOUNT")
}

// readLogs gives each answer the lines of the function of all four triggers that were written for its requests. That function writes
// what the query string says of the run, which each request has of its own.
func (r *Report) readLogs(ctx context.Context, t *Target, run string) error {
	if t.Logs == nil || ctx.Err() != nil {
		return nil
	}
	lines, err := t.Logs(ctx, askPath+"*", run)
	if err != nil {
		return fmt.Errorf("the functions' logs: %w", err)
	}
	for _, a := range r.Answers {
		if a == nil {
			continue
		}
		tokens := a.tokens()
		for _, line := range lines {
			if slices.ContainsFunc(tokens, func(token string) bool { return strings.Contains(line.Text, token) }) {
				a.Logs = append(a.Logs, LogLine{line.Region, withoutAccounts(line.Text)})
			}
		}
	}
	return nil
}

// tokens are what its requests have of their own.
func (a *Answer) tokens() (all []string) {
	for _, e := range a.Evidence {
		if _, token, found := strings.Cut(e.Request, "probe="); found {
			token, _, _ = strings.Cut(token, "&")
			all = append(all, token)
		}
	}
	return all
}

// logs are the lines of a function that its own question is about.
func (a *asking) logs(pattern string) []LogLine {
	if a.stopped() || a.target.Logs == nil {
		return nil
	}
	lines, err := a.target.Logs(a.ctx, pattern, "")
	if err != nil {
		a.answer.Unread = withoutAccounts(err.Error())
	}
	for i := range lines {
		lines[i].Text = withoutAccounts(lines[i].Text)
	}
	return lines
}
