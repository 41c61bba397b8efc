package edge

import (
	"errors"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// A checker compares what a function returns with what came and collects every
// breach of a rule. What a handler did not touch is CloudFront's own and is not
// checked.
type checker struct {
	trigger  Trigger
	breaches []error       // of rules that refuse
	warnings []*FieldError // of rules that warn
}

// breach records that the value of field breaks a rule, if the rule holds for the
// trigger. detail is added to the reason.
func (c *checker) breach(id rules.ID, field, value, detail string) {
	r := rules.Of(id)
	if !r.Triggers.Has(string(c.trigger)) {
		return
	}
	e := &FieldError{
		Trigger: c.trigger, Field: field, Value: shorten(value), Rule: r.Name,
		Reason: r.Reason, Cure: r.Cure, CloudFront: r.CloudFront,
	}
	if detail != "" {
		e.Reason += ": " + detail
	}
	if r.Severity == rules.Warned {
		c.warnings = append(c.warnings, e)
		return
	}
	c.breaches = append(c.breaches, e)
}

// err returns the breaches as one error, nil if there are none.
func (c *checker) err() error {
	if len(c.breaches) == 1 {
		return c.breaches[0]
	}
	return errors.Join(c.breaches...)
}

// byStage returns the limit of the viewer triggers or of the origin triggers.
func byStage(t Trigger, viewer, origin rules.Limit) rules.Limit {
	if t == ViewerRequest || t == ViewerResponse {
		return viewer
	}
	return origin
}

// sizes says by how much something is too large.
func sizes(got, most int) string {
	return "it has " + strconv.Itoa(got) + " bytes, allowed are " + strconv.Itoa(most)
}
