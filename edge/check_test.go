package edge_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// functionOf returns a function that makes the change, in every trigger that it is for.
func functionOf(change any) *edge.Function {
	request := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch change := change.(type) {
		case req:
			change(r)
			return r, nil
		case out:
			return change(), nil
		}
		panic("not for a request")
	}
	response := func(_ context.Context, r *edge.Response) error { change.(res)(r); return nil }
	return &edge.Function{ViewerRequest: request, OriginRequest: request, OriginResponse: response, ViewerResponse: response}
}

// run invokes a function that makes the change and returns the breaches of all
// rules, those that refuse and those that warn.
func run(t *testing.T, trigger edge.Trigger, change any) (refused, warned []*edge.FieldError) {
	t.Helper()
	f := functionOf(change)
	f.Warn = func(e *edge.FieldError) { warned = append(warned, e) }
	answer, err := f.Invoke(t.Context(), []byte(ruleEvents[trigger]))
	if (answer == nil) != (err != nil) {
		t.Fatalf("got %q with the error %v", answer, err)
	}
	for _, err := range flatten(err) {
		e, ok := err.(*edge.FieldError)
		if !ok {
			t.Fatalf("got %v; want only *edge.FieldError", err)
		}
		refused = append(refused, e)
	}
	return refused, warned
}

func flatten(err error) []error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

func TestRules(t *testing.T) {
	warns := map[string]bool{}
	for _, r := range rules.All() {
		warns[r.Name] = r.Severity == rules.Warned
	}
	for _, tt := range ruleCases {
		t.Run(tt.rule+"/"+string(tt.trigger), func(t *testing.T) {
			refused, warned := run(t, tt.trigger, tt.breaks)
			hit := refused
			if warns[tt.rule] {
				hit = warned
				if len(refused) > 0 {
					t.Errorf("a warning refused: %v", refused)
				}
			}
			i := slices.IndexFunc(hit, func(e *edge.FieldError) bool { return e.Rule == tt.rule && e.Field == tt.field })
			if i < 0 {
				t.Fatalf("got refused %v, warned %v; want a breach of %s at %q", refused, warned, tt.rule, tt.field)
			}
			if hit[i].Value != tt.value || hit[i].Trigger != tt.trigger {
				t.Errorf("got value %q, trigger %s; want %q, %s", hit[i].Value, hit[i].Trigger, tt.value, tt.trigger)
			}
			refused, warned = run(t, tt.trigger, tt.keeps)
			if len(refused) > 0 {
				t.Errorf("the change that keeps the rule: got %v; want none", refused)
			}
			for _, w := range warned {
				if w.Rule == tt.rule {
					t.Errorf("the change that keeps the rule: got %v; want none", w)
				}
			}
		})
	}
}

// TestRuleBook proves that no row is without a test in both directions, a name, a
// page and a date.
func TestRuleBook(t *testing.T) {
	tested := map[string]bool{}
	for _, tt := range ruleCases {
		tested[tt.rule] = true
	}
	names := map[string]bool{}
	for i, r := range rules.All() {
		if r.Name == "" || r.Reason == "" || r.Clause == "" || r.Read == "" || r.Triggers == 0 {
			t.Errorf("row %d, %q, is not complete: %+v", i, r.Name, r)
		}
		if names[r.Name] {
			t.Errorf("two rows are named %q", r.Name)
		}
		names[r.Name] = true
		if !tested[r.Name] {
			t.Errorf("no test breaks the rule %q", r.Name)
		}
	}
	for rule := range tested {
		if !names[rule] {
			t.Errorf("a test breaks the rule %q, which is in no row", rule)
		}
	}
}

// TestEveryListedHeader tries each name of AWS's lists, as the documents spell
// them.
func TestEveryListedHeader(t *testing.T) {
	disallowed := strings.Fields(`Connection Expect Keep-Alive Proxy-Authenticate Proxy-Authorization Proxy-Connection
		Trailer Upgrade X-Accel-Buffering X-Accel-Charset X-Accel-Limit-Rate X-Accel-Redirect X-Amz-Cf-Anything X-Amzn-Auth
		X-Amzn-Cf-Billing X-Amzn-Cf-Id X-Amzn-Cf-Xff X-Amzn-Errortype X-Amzn-Fle-Profile X-Amzn-Header-Count
		X-Amzn-Header-Order X-Amzn-Lambda-Integration-Tag X-Amzn-RequestId X-Cache X-Edge-Anything X-Forwarded-Proto
		X-Real-IP CloudFront-Viewer-Cert-PEM Client-Cert Client-Cert-Chain`)
	for trigger := range ruleEvents {
		for _, name := range disallowed {
			wantRule(t, trigger, name, "header-disallowed")
		}
		for _, name := range readOnlyHeaders[trigger] {
			wantRule(t, trigger, name, "read-only-added", "read-only-changed")
		}
	}
	for _, name := range strings.Fields(`Cache-Control Connection Content-Length Cookie Host If-Match If-Modified-Since
		If-None-Match If-Range If-Unmodified-Since Max-Forwards Pragma Proxy-Authenticate Proxy-Authorization
		Proxy-Connection Range Request-Range TE Trailer Transfer-Encoding Upgrade Via X-Real-Ip X-Amz-Anything X-Edge-Anything`) {
		refused, _ := run(t, edge.OriginRequest, custom(func(o *edge.CustomOrigin) { o.CustomHeaders.Set(name, "x") }))
		if len(refused) == 0 || refused[0].Rule != "custom-header" {
			t.Errorf("custom header %s: got %v; want custom-header", name, refused)
		}
	}
}

func wantRule(t *testing.T, trigger edge.Trigger, name string, rules ...string) {
	t.Helper()
	var change any = req(func(r *edge.Request) { r.Header.Set(name, "x") })
	if trigger == edge.OriginResponse || trigger == edge.ViewerResponse {
		change = res(func(r *edge.Response) { r.Header.Set(name, "x") })
	}
	refused, _ := run(t, trigger, change)
	if len(refused) != 1 || !slices.Contains(rules, refused[0].Rule) {
		t.Errorf("%s: header %s: got %v; want one of %v", trigger, name, refused, rules)
	}
}

// TestAllBreaches proves that nothing stops at the first breach.
func TestAllBreaches(t *testing.T) {
	refused, _ := run(t, edge.OriginRequest, req(func(r *edge.Request) {
		r.Method = "PUT"
		r.URI = "a b"
		r.Header.Set("via", "me")
		r.Header.Set("x-edge-a", "1\n")
		o := r.Origin.(*edge.CustomOrigin)
		o.DomainName, o.Port, o.Protocol = "", 1, "ftp"
	}))
	var rules []string
	for _, e := range refused {
		rules = append(rules, e.Rule)
	}
	want := []string{
		"member-read-only", "uri-slash", "uri-format", "header-disallowed", "header-value", "read-only-added",
		"origin-domain", "origin-port", "origin-protocol",
	}
	if diff := cmp.Diff(want, rules); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFieldErrorText(t *testing.T) {
	refused, _ := run(t, edge.ViewerRequest, req(func(r *edge.Request) { r.Header.Set("Host", "evil.example") }))
	want := `edge: viewer-request: headers.host[0].value: got "evil.example": this header is read-only in this trigger and must not be changed: CloudFront sent "d111111abcdef8.cloudfront.net"; leave it as it came`
	if len(refused) != 1 || refused[0].Error() != want {
		t.Fatalf("got %v; want %s", refused, want)
	}
	if got, want := refused[0].CloudFront, "The Lambda function result failed validation: The function tried to add, delete, or change a read-only header."; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
	if _, ok := errors.AsType[*edge.FieldError](errors.Join(refused[0])); !ok {
		t.Error("errors.AsType does not find a joined *edge.FieldError")
	}
}
