package csphtml

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csptable"
)

// NewTable gives the table of pages, as [HashFS] gives them, with the policies that
// preset, [StaticSite] for example, makes of them. Everything that is wrong is in the
// error: the errors of preset, and those of [csptable.New].
func NewTable(pages map[string]Page, preset func(Page) (csp.Policy, error)) (csptable.Table, error) {
	policies := make(map[string]csp.Policy, len(pages))
	var errs []error
	for _, path := range slices.Sorted(maps.Keys(pages)) {
		p, err := preset(pages[path])
		if err != nil {
			errs = append(errs, fmt.Errorf("csp: table: %s: %w", path, err))
			continue
		}
		policies[path] = p
	}
	table, err := csptable.New(policies)
	if err := errors.Join(append(errs, err)...); err != nil {
		return csptable.Table{}, err
	}
	return table, nil
}
