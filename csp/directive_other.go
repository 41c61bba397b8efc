package csp

import (
	"errors"
	"strconv"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A SandboxFlag is a token of the sandbox attribute of HTML: what a sandbox allows again.
type SandboxFlag uint8

// What [Sandbox] may allow again; the names are those of HTML's sandbox
// attribute, allow-downloads to allow-top-navigation-to-custom-protocols.
const (
	AllowDownloads SandboxFlag = iota + 1
	AllowForms
	AllowModals
	AllowOrientationLock
	AllowPointerLock
	AllowPopups
	AllowPopupsToEscapeSandbox
	AllowPresentation
	AllowSameOrigin
	AllowScripts
	AllowTopNavigation
	AllowTopNavigationByUserActivation
	AllowTopNavigationToCustomProtocols
	sandboxEnd
)

// Sandbox shows the page as an iframe with a sandbox attribute would. Without
// arguments it forbids everything that a sandbox can. It works neither in a meta
// element nor in a report-only policy (draft 6.3.2).
func Sandbox(allow ...SandboxFlag) Directive {
	tokens := make([]string, len(allow))
	var errs []error
	for i, f := range allow {
		if f == 0 || f >= sandboxEnd {
			errs = append(errs, argumentError(i, errors.New("got number "+strconv.Itoa(int(f))+", which is no sandbox flag")))
			continue
		}
		tokens[i] = syntax.SandboxTokens[f-1]
	}
	return newDirective(syntax.DirSandbox, tokens, errors.Join(errs...))
}

// A WebRTCValue is what the webrtc directive takes.
type WebRTCValue uint8

// The two values of [WebRTC].
const (
	WebRTCAllow WebRTCValue = iota + 1
	WebRTCBlock
)

// WebRTC allows or blocks WebRTC connections (draft 6.2.1).
func WebRTC(value WebRTCValue) Directive {
	switch value {
	case WebRTCAllow:
		return newDirective(syntax.DirWebRTC, []string{"'allow'"}, nil)
	case WebRTCBlock:
		return newDirective(syntax.DirWebRTC, []string{"'block'"}, nil)
	}
	return newDirective(syntax.DirWebRTC, nil, errors.New("got number "+strconv.Itoa(int(value))+", want csp.WebRTCAllow or csp.WebRTCBlock"))
}

// UpgradeInsecureRequests makes the browser ask for https in place of http,
// for everything that the page loads from anywhere.
func UpgradeInsecureRequests() Directive {
	return newDirective(syntax.DirUpgradeInsecureRequests, nil, nil)
}

// RequireTrustedTypesForScript makes the DOM's dangerous sinks, innerHTML and
// its kin, refuse strings: the directive require-trusted-types-for with its only
// value, 'script' (Trusted Types, 4.3.1).
func RequireTrustedTypesForScript() Directive {
	return newDirective(syntax.DirRequireTrustedTypesFor, []string{"'script'"}, nil)
}

// A TrustedTypesSource is an argument of [TrustedTypes]: [None], a
// [PolicyNameOf], [AnyPolicyName] or [AllowDuplicates].
type TrustedTypesSource interface{ trustedTypesText() (string, error) }

// A TrustedTypesKeyword is [AnyPolicyName] or [AllowDuplicates].
type TrustedTypesKeyword uint8

type policyName struct{ text string }

const (
	// AnyPolicyName allows Trusted Types policies of every name.
	AnyPolicyName TrustedTypesKeyword = iota + 1

	// AllowDuplicates allows several Trusted Types policies of one name.
	AllowDuplicates
)

// PolicyNameOf allows the Trusted Types policy that scripts create under that
// name: letters, digits and any of -#=_/@.% (Trusted Types, 4.3.2).
func PolicyNameOf(name Constant) TrustedTypesSource { return policyName{string(name)} }

// TrustedTypes says which Trusted Types policies scripts may create.
func TrustedTypes(allow ...TrustedTypesSource) Directive {
	tokens := make([]string, len(allow))
	var errs []error
	none := false
	for i, a := range allow {
		var err error
		if a == nil {
			err = errors.New("got nil, want a policy name or a keyword")
		} else {
			tokens[i], err = a.trustedTypesText()
		}
		if err != nil {
			errs = append(errs, argumentError(i, err))
		}
		none = none || a == None
	}
	if none && len(allow) > 1 {
		errs = append(errs, errors.New("csp.None beside other arguments; leave one or the other out"))
	}
	return newDirective(syntax.DirTrustedTypes, tokens, errors.Join(errs...))
}

func (NoneKeyword) trustedTypesText() (string, error) { return "'none'", nil }

func (k TrustedTypesKeyword) trustedTypesText() (string, error) {
	switch k {
	case AnyPolicyName:
		return "*", nil
	case AllowDuplicates:
		return "'allow-duplicates'", nil
	}
	return "", errors.New("got number " + strconv.Itoa(int(k)) + ", which is no Trusted Types keyword")
}

func (n policyName) trustedTypesText() (string, error) {
	if !syntax.IsPolicyName(n.text) {
		return "", errors.New("policy name: got " + strconv.Quote(n.text) + ", want letters, digits and -#=_/@.%")
	}
	return n.text, nil
}

// ReportTo sends violation reports to the endpoint that the response's
// Reporting-Endpoints header gives that name. The name is a token, as in
// "csp-endpoint"; [New] refuses others.
func ReportTo(endpoint string) Directive {
	var err error
	if !syntax.IsToken(endpoint) {
		err = errors.New("got " + strconv.Quote(endpoint) + ", want the name of an endpoint: letters, digits and !#$%&'*+-.^_`|~")
	}
	return newDirective(syntax.DirReportTo, []string{endpoint}, err)
}

// ReportURI sends violation reports to URLs, absolute or relative to the page.
// It is deprecated in favour of [ReportTo], and ignored beside it by browsers
// that know ReportTo; give both to reach all browsers.
func ReportURI(urls ...string) Directive {
	var errs []error
	if len(urls) == 0 {
		errs = append(errs, errors.New("no URLs"))
	}
	for i, u := range urls {
		if err := syntax.CheckURIReference(u); err != nil {
			errs = append(errs, argumentError(i, err))
		}
	}
	return newDirective(syntax.DirReportURI, urls, errors.Join(errs...))
}
