package originresponse

import "github.com/edgehelpers/lambdaedge/csp"

// Policy returns the pages' Content-Security-Policy: what they may load and ask, and nothing else.
//
// The site is named twice, as 'self' and by the distribution's domain. Where the site has a domain of its own, the
// redirect leads from there to the distribution's domain (browsers hold form-action to redirects, too), and on a
// developer's machine the pages come from localhost.
func Policy(distributionDomain string, githubAPI csp.Host) (csp.Policy, error) {
	distribution, err := csp.ParseHost("https://" + distributionDomain)
	if err != nil {
		return csp.Policy{}, err
	}
	return csp.New(
		csp.DefaultSrc(csp.None),
		csp.ScriptSrc(csp.Self, distribution),
		csp.StyleSrc(csp.Self, distribution),
		// GitHub has its users' avatars on a host of their own; the API that stands in for it has them at its own address.
		csp.ImgSrc(csp.Self, distribution, csp.HostOf("https://avatars.githubusercontent.com"), githubAPI),
		csp.ConnectSrc(githubAPI),
		csp.FormAction(csp.Self, distribution),
		csp.BaseURI(csp.None),
		csp.FrameAncestors(csp.None),
		// script.js writes text only; a later innerHTML would fail at once.
		csp.RequireTrustedTypesForScript(),
		csp.TrustedTypes(csp.None),
	)
}
